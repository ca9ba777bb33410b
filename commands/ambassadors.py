"""``sharewise ambassadors``: whom to thank and reward, with reasons."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .interacting import key_options
from .options import (
    config_option,
    format_option,
    list_option,
    output_option,
    quiet_option,
    reading_options,
    settings_from,
    sources_argument,
)

if TYPE_CHECKING:
    from ..engine.community.python_interface import Ambassadors

BAD_INPUT = 2
LARGE_BYTES = 1_500_000_000


@click.command()
@sources_argument
@list_option("--brand", metavar="HANDLE[,HANDLE...]", help="The brand's own handles. Repeatable.")
@click.option("--top", type=click.IntRange(1), default=20, show_default=True, help="How many.")
@click.option("--gated", is_flag=True, help="Show who is held back, and why.")
@list_option(
    "--allow", metavar="CODE[,CODE...]", help="Gates that shall hold nobody back. Repeatable."
)
@click.option(
    "--half-life",
    metavar="SPAN",
    help="After which an act counts half: 14d, 36h, 2w.  [default: 14d]",
)
@click.option("--as-of", metavar="TIME", help="Measure age from here.  [default: the newest act]")
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
@click.option(
    "--ledger",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Earlier rewards, for the cool-down.  [default: the ledger of the settings]",
)
@key_options[0]
@key_options[1]
@format_option("text", "json", "jsonl", "csv", "parquet")
@output_option
@config_option
@reading_options
@quiet_option
@click.pass_context
def ambassadors(
    context: click.Context,
    /,
    form: str | None,
    output: Path | None,
    top: int,
    gated: bool,
    strict: bool,
    quiet: bool,
    **asked: Any,
) -> None:
    """Find the people to thank, with reasons you can check.

    The score is ln(1+B) · ln(1+L) · (½ + ln(1+R)): acts on you, active days, and trusted reach,
    each counting less with age. Who is held back (a bot, a ring, an employee, too new …) is listed
    with the gate and what shows it. Machine formats list everyone.

    \b
    Example:
      sharewise ambassadors interactions.csv --brand @harborroast
    """
    from .community_run import found_people, tell_reading, write_people
    from .rewarding import remember_written

    result = found_people(quiet=quiet, **asked)
    form = form or (_form_of(output) if output else "text")
    if form == "text" and output is None:
        _print(result, top=top, gated=gated, quiet=quiet)
    else:
        write_people(result.people, form, output)
        if output is not None:
            remember_written(output, settings_from(asked["config"]))
        if not quiet:
            tell_reading(result.files)
    context.exit(BAD_INPUT if strict and result.files.rejects.height else 0)


def _print(result: "Ambassadors", *, top: int, gated: bool, quiet: bool) -> None:
    from ..engine.advice.reports.style import style_of
    from ..engine.community.back_test import back_test
    from ..engine.community.report import lines
    from .community_run import tell_reading

    if not quiet:
        tell_reading(result.files)
    seen = result.found.seen
    check = None if gated else back_test(seen.edges, result.brand, seen.clock.half_life, top)
    for line in lines(result, style_of(sys.stdout), top=top, gated=gated, check=check):
        click.echo(line)


def _form_of(output: Path) -> str:
    forms = {".jsonl": "jsonl", ".ndjson": "jsonl", ".json": "json", ".csv": "csv"}
    forms[".parquet"] = "parquet"
    if str(output) == "-":
        return "jsonl"
    form = forms.get(output.suffix.lower())
    if form is None:
        raise click.UsageError(f"{output}: people can be written as {', '.join(forms)}")
    return form
