"""``sharewise community``: how well the ranking does on your own past, and under attack."""

import sys
from collections.abc import Iterable

import click

from .community_aggregate import aggregate
from .community_graph import export, show
from .interacting import read_asked, span
from .interaction_options import Asked, half_life_option, interaction_options, seed_option
from .options import format_option
from .progress import Progress


@click.group()
def community() -> None:
    """Check the ranking on your own data, count who acts on whom.

    \b
    Example:
      sharewise community evaluate interactions.csv --brand @harborroast
    """


community.add_command(show)
community.add_command(export)

community.add_command(aggregate)


@community.command()
@interaction_options
@half_life_option
@click.option(
    "--horizon",
    metavar="SPAN",
    help="How far ahead is foretold.  [default: the half-life, at most a seventh of the data]",
)
@click.option(
    "--windows", type=click.IntRange(1, 200), default=9, show_default=True, help="How many times."
)
@click.option(
    "--top",
    type=click.IntRange(1),
    default=100,
    show_default=True,
    help="How many ranks count, at most a quarter of the people.",
)
@seed_option
@format_option("text", "json", default="text")
@click.pass_context
def evaluate(
    context: click.Context,
    /,
    asked: Asked,
    half_life: str | None,
    horizon: str | None,
    windows: int,
    top: int,
    seed: int,
    form: str,
) -> None:
    """Rank from the past, and score against what people did next.

    At several times, people are ranked from what came before; then the score is held against
    degree, PageRank, k-core, Orbit, RFM and chance, on the same windows.

    \b
    Example:
      sharewise community evaluate interactions.csv --brand @harborroast
    """
    from ..engine.advice.reports.json_text import json_text
    from ..engine.community.cleaning import cleaned
    from ..engine.community.evaluation import evaluate as evaluated
    from ..engine.community.evaluation_report import as_data, lines
    from ..engine.settings_community import days

    with Progress("reading …", quiet=asked.quiet) as progress:
        read = read_asked(asked, progress, edges_only=True)
        progress.say(f"ranking at {windows} times …")
        result = evaluated(
            cleaned(read.files.edges, read.end).edges,
            brand=read.brand,
            half_life=span(half_life) or read.settings.community.half_life,
            horizon=None if horizon is None else days(horizon, "--horizon"),
            windows=windows,
            top=top,
            seed=seed,
        )
    if form == "json":
        click.echo(json_text(as_data(result), indent=2))
    else:
        _print(lines(result))
    context.exit(asked.code(read.rejected))


@community.command()
@interaction_options
@half_life_option
@seed_option
@format_option("text", "json", default="text")
@click.pass_context
def attack(
    context: click.Context,
    /,
    asked: Asked,
    half_life: str | None,
    seed: int,
    form: str,
) -> None:
    """Inject fake accounts into a copy; report their ranks.

    Farms, rings, self-spam and camouflaged farms: what they do is fixed and documented. The files
    are not changed.

    \b
    Example:
      sharewise community attack interactions.csv
    """
    from ..engine.advice.reports.json_text import json_text
    from ..engine.community.attacking import attack_community
    from ..engine.community.evaluation_report import attack_data, attack_lines

    with Progress("reading …", quiet=asked.quiet) as progress:
        read = read_asked(asked, progress, edges_only=True)
        progress.say("attacking …")
        attacks, cost, people = attack_community(
            read.files.edges,
            brand=read.brand,
            as_of=read.end,
            half_life=span(half_life) or read.settings.community.half_life,
            settings=read.settings.community,
            seed=seed,
        )
    if form == "json":
        click.echo(json_text(attack_data(attacks, cost, people), indent=2))
    else:
        _print(attack_lines(attacks, cost, people))
    context.exit(asked.code(read.rejected))


def _print(told: Iterable[str]) -> None:
    """Print lines no wider than the terminal; those of a table are."""
    from ..engine.advice.reports.plain_text import hanging
    from ..engine.advice.reports.style import style_of

    width = style_of(sys.stdout).width
    for line in told:
        for one in hanging(line, width):
            click.echo(one)
