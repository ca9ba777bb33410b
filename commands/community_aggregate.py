"""``sharewise community aggregate``: a table of interactions by day, from files of any size."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .engine_options import RunAsked, running_options
from .options import dates_option, day_first, settings_from
from .progress import Progress

if TYPE_CHECKING:
    from ..engine.batch.edge_run import EdgeOutcome
    from ..engine.settings import Settings

BAD_INPUT = 2
SHOWN_DAYS = 5


@click.command()
@running_options(
    "FILE...", "Interactions: Parquet, JSON Lines or CSV files, folders of them, or addresses."
)
@click.option(
    "--output",
    "-o",
    "out",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Folder of the table: days/, edges/, rejects/, manifest.json.",
)
@click.option(
    "--update",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Add the files to the table in this folder, in place unless --output names another.",
)
@click.option(
    "--known-days",
    type=click.Choice(("keep", "replace")),
    default="keep",
    show_default=True,
    help="Of a day that the table holds: set new acts aside, or let them replace what it holds.",
)
@dates_option
@click.pass_context
def aggregate(
    context: click.Context,
    /,
    asked: RunAsked,
    out: Path | None,
    update: Path | None,
    known_days: str,
    dates: str | None,
) -> None:
    """Count who acts on whom by day, in files larger than memory.

    Acts on oneself and doubles are set aside, as in sharewise ambassadors, which takes the table
    as well as the files. --update adds new days to it; a day that the table holds is closed, so
    that a file given twice counts once. What comes late for a day is told and not counted: give
    that day whole, with --known-days replace.

    \b
    Example:
      sharewise community aggregate interactions/ -o table/
      sharewise community aggregate today.csv --update table/
      sharewise ambassadors table/ --brand @harborroast
    """
    from ..engine.advice.reports.plain_text import printable
    from ..engine.batch.edge_run import EdgeRequest, aggregate
    from ..engine.batch.engines import Engine

    target = out or update
    if target is None:
        raise click.UsageError("name a folder: --output DIR for a new table, or --update DIR")
    settings = settings_from(asked.config, asked.timezone)
    request = EdgeRequest(
        asked.sources,
        target,
        settings.timezone,
        asked.encoding,
        Engine(asked.engine, asked.jobs, asked.scheduler, asked.insecure),
        resume=asked.resume,
        day_first=day_first(dates),
        update=update,
        known_days=known_days,
    )
    with Progress("looking at the files …", quiet=asked.quiet) as progress:
        outcome = aggregate(request, progress.say)
    _remember(target, settings)
    reasons = [reason for _, reason in outcome.plan.failures]
    reasons += [entry.failed or "" for _, entry in outcome.failed]
    for reason in reasons:
        click.echo(f"not read: {printable(reason)[:500]}", err=True)
    _tell_known_days(outcome)
    if not outcome.taken:
        click.echo(
            f"{target}: left as it was, since not all could be read; mend that, then --resume goes "
            "on with it",
            err=True,
        )
    elif not asked.quiet:
        _tell(outcome, target, updated=update is not None)
    context.exit(BAD_INPUT if reasons else 0)


def _tell(outcome: "EdgeOutcome", out: Path, *, updated: bool) -> None:
    counts = outcome.counts
    added = f" ({outcome.added:,} of them new)" if updated else ""
    click.echo(
        f"{counts['acts']:,} acts{added}, {counts['people']:,} people, {counts['pairs']:,} pairs"
    )
    aside = [("self_loops", "on oneself"), ("doubles", "doubles"), ("rejected", "rejected")]
    told = ", ".join(f"{counts[name]:,} {words}" for name, words in aside if counts[name])
    if told:
        click.echo(f"set aside: {told}")
    click.echo(f"written to {out}: days/, edges/, manifest.json")


def _tell_known_days(outcome: "EdgeOutcome") -> None:
    """Say what of days that the table holds was not counted, or took its place."""
    if outcome.closed:
        named = [f"{day} ({count:,})" for day, count in outcome.closed.items()]
        click.echo(
            f"not counted: {sum(outcome.closed.values()):,} acts of days that the table holds: "
            f"{_some(named)}; --known-days replace takes such days from the new files, which must "
            "then hold them whole",
            err=True,
        )
    if outcome.replaced:
        click.echo(f"replaced: {_some(list(outcome.replaced))}", err=True)


def _some(names: list[str]) -> str:
    more = len(names) - SHOWN_DAYS
    return ", ".join(names[:SHOWN_DAYS]) + (f" and {more:,} more" if more > 0 else "")


def _remember(folder: Path, settings: "Settings") -> None:
    """Remember the files with people in them, so that ``forget`` finds them."""
    from .rewarding import remember_written

    for path in sorted(folder.glob("*/*.parquet")):
        remember_written(path, settings)
