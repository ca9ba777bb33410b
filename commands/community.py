"""``sharewise community``: how well the ranking does on your own past, and under attack."""

from pathlib import Path

import click

from .community_aggregate import aggregate
from .community_graph import export, show
from .options import (
    config_option,
    format_option,
    list_option,
    quiet_option,
    reading_options,
    settings_from,
    sources_argument,
)
from .progress import Progress

BAD_INPUT = 2


@click.group()
def community() -> None:
    """Check the ranking on your own data, count who acts on whom.

    \b
    Example:
      sharewise community evaluate interactions.csv --brand @harborroast
    """


community.add_command(show)
community.add_command(export)

_brand = list_option(
    "--brand", metavar="HANDLE[,HANDLE...]", help="The brand's own handles. Repeatable."
)
_half_life = click.option(
    "--half-life", metavar="SPAN", help="After which an act counts half.  [default: 14d]"
)
_seed = click.option("--seed", type=int, default=0, show_default=True, help="Of what is random.")


@community.command()
@sources_argument
@_brand
@_half_life
@click.option(
    "--horizon",
    metavar="SPAN",
    help="How far ahead is foretold.  [default: the half-life, at most a seventh of the data]",
)
@click.option(
    "--windows", type=click.IntRange(1, 200), default=9, show_default=True, help="How many times."
)
@click.option(
    "--top", type=click.IntRange(1), default=100, show_default=True, help="How many ranks count."
)
@_seed
@format_option("text", "json", default="text")
@config_option
@reading_options
@quiet_option
@click.pass_context
def evaluate(
    context: click.Context,
    /,
    sources: tuple[str, ...],
    brand: tuple[str, ...],
    half_life: str | None,
    horizon: str | None,
    windows: int,
    top: int,
    seed: int,
    form: str,
    config: Path | None,
    timezone: str | None,
    encoding: str | None,
    strict: bool,
    rejects: Path | None,
    quiet: bool,
) -> None:
    """Rank from the past, and score against what people did next.

    At several times, people are ranked from what came before; then the score is held against
    degree, PageRank, k-core, Orbit, RFM and chance, on the same windows.

    \b
    Example:
      sharewise community evaluate interactions.csv --brand @harborroast
    """
    from ..engine.advice.reports.json_text import json_text
    from ..engine.community.evaluation import evaluate as evaluated
    from ..engine.community.evaluation_report import as_data, lines
    from ..engine.settings_community import days
    from .community_run import read, span, tell_reading

    settings = settings_from(config, timezone)
    with Progress("reading …", quiet=quiet) as progress:
        files = read(sources, settings, encoding, rejects, progress, edges_only=True)
        progress.say(f"ranking at {windows} times …")
        result = evaluated(
            files.edges,
            brand=brand or settings.brand.handles,
            half_life=span(half_life) or settings.community.half_life,
            horizon=None if horizon is None else days(horizon, "--horizon"),
            windows=windows,
            top=top,
            seed=seed,
        )
    if not quiet:
        tell_reading(files)
    if form == "json":
        click.echo(json_text(as_data(result), indent=2))
    else:
        for line in lines(result):
            click.echo(line)
    context.exit(BAD_INPUT if strict and files.rejects.height else 0)


@community.command()
@sources_argument
@_brand
@_half_life
@click.option("--as-of", metavar="TIME", help="Measure age from here.  [default: the newest act]")
@_seed
@format_option("text", "json", default="text")
@config_option
@reading_options
@quiet_option
@click.pass_context
def attack(
    context: click.Context,
    /,
    sources: tuple[str, ...],
    brand: tuple[str, ...],
    half_life: str | None,
    as_of: str | None,
    seed: int,
    form: str,
    config: Path | None,
    timezone: str | None,
    encoding: str | None,
    strict: bool,
    rejects: Path | None,
    quiet: bool,
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
    from .community_run import moment, read, span, tell_reading

    settings = settings_from(config, timezone)
    with Progress("reading …", quiet=quiet) as progress:
        files = read(sources, settings, encoding, rejects, progress, edges_only=True)
        progress.say("attacking …")
        at = moment(as_of, settings.timezone)
        attacks, cost = attack_community(
            files.edges,
            brand=brand or settings.brand.handles,
            as_of=None if at is None else int(at.timestamp() * 1_000_000),
            half_life=span(half_life) or settings.community.half_life,
            settings=settings.community,
            seed=seed,
        )
    if not quiet:
        tell_reading(files)
    if form == "json":
        click.echo(json_text(attack_data(attacks, cost), indent=2))
    else:
        for line in attack_lines(attacks, cost):
            click.echo(line)
    context.exit(BAD_INPUT if strict and files.rejects.height else 0)


community.add_command(aggregate)
