"""``sharewise ambassadors``: whom to thank and reward, with reasons."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .interaction_options import Asked, half_life_option, interaction_options, ledger_option
from .options import format_option, list_option, output_option, settings_from
from .progress import Progress

if TYPE_CHECKING:
    from ..engine.community.ranked_people import Ambassadors

MOST_CHECKED = 2_000_000


@click.command()
@interaction_options
@click.option("--top", type=click.IntRange(1), default=20, show_default=True, help="How many.")
@click.option("--gated", is_flag=True, help="Show who is held back, and why.")
@click.option(
    "--cards/--no-cards",
    "wanted",
    default=None,
    help="Find communities reached, confidence and the check on your own past however large the "
    "file is, or leave the first two out.  "
    "[default: up to 100,000 interactions]",
)
@list_option(
    "--allow", metavar="CODE[,CODE...]", help="Gates that shall hold nobody back. Repeatable."
)
@half_life_option
@click.option(
    "--by",
    type=click.Choice(("score", "reach", "loyal", "pagerank", "orbit")),
    default="score",
    show_default=True,
    help="What to rank by.",
)
@click.option(
    "--previous",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="An earlier list (JSONL, CSV, Parquet), to show who moved.",
)
@ledger_option
@format_option("text", "json", "jsonl", "csv", "parquet")
@output_option
@click.pass_context
def ambassadors(
    context: click.Context,
    /,
    asked: Asked,
    form: str | None,
    output: Path | None,
    top: int,
    gated: bool,
    wanted: bool | None,
    **ranking: Any,
) -> None:
    """Find the people to thank, with reasons you can check.

    The score is ln(1+B) · ln(1+L) · (½ + ln(1+R)): acts on you, active days, and trusted reach,
    each counting less with age. Who is held back (a bot, a ring, an employee, too new …) is listed
    with the gate and what shows it. Machine formats list everyone.

    \b
    Example:
      sharewise ambassadors interactions.csv --brand @harborroast
    """
    from ..engine.advice.reports.style import style_of
    from ..engine.community.cards import with_cards
    from ..engine.community.report import lines
    from .ambassador_list import RankingAsked, found_people, write_people
    from .rewarding import remember_written

    result = found_people(asked, RankingAsked(**ranking))
    form = form or (_form_of(output) if output else "text")
    plain = form == "text" and output is None
    with Progress("telling of the best …", quiet=asked.quiet):
        cards = with_cards(result, top=top, wanted=False if plain and gated else wanted)
        check = _check(result, top, whole=bool(wanted)) if plain and not gated else None
    rejected = result.files.rejects.height
    del result  # The list needs the memory that the community took.
    if plain:
        for line in lines(cards, style_of(sys.stdout), top=top, gated=gated, check=check):
            click.echo(line)
    else:
        write_people(cards, form, output)
        if output is not None:
            remember_written(output, settings_from(asked.config))
        for note in cards.left_out if not asked.quiet else ():
            click.echo(f"note: {note}", err=True)
    context.exit(asked.code(rejected))


def _check(result: "Ambassadors", top: int, *, whole: bool) -> str | None:
    """Return the sentence of the back-test; of very large files only where they are ``whole``."""
    from ..engine.community.back_test import back_test

    seen = result.found.seen
    if seen.edges.acts.height > MOST_CHECKED and not whole:
        return (
            f"Not checked on your own past: that is left out of more than {MOST_CHECKED:,} "
            "interactions; --cards does it."
        )
    return back_test(seen.edges, result.brand, seen.clock.half_life, top)


def _form_of(output: Path) -> str:
    forms = {".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json", ".csv": "csv"}
    forms[".parquet"] = "parquet"
    if str(output) == "-":
        return "jsonl"
    form = forms.get(output.suffix.lower())
    if form is None:
        raise click.UsageError(f"{output}: people can be written as {', '.join(forms)}")
    return form
