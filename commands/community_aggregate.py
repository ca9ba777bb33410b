"""``sharewise community aggregate``: an edge table and its counts, from files of any size."""

from pathlib import Path

import click

from .engine_options import engine_options
from .options import config_option, quiet_option, settings_from
from .progress import Progress

BAD_INPUT = 2


@click.command()
@click.argument(
    "sources",
    nargs=-1,
    required=True,
    metavar="FILE...",
    help="Interactions: Parquet, JSON Lines or CSV files, folders of them, or addresses.",
)
@click.option(
    "--output",
    "-o",
    "out",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    metavar="DIR",
    help="Folder of the run: edges/, rejects/, manifest.json.",
)
@click.option("--resume", is_flag=True, help="Go on with the run in DIR.")
@engine_options
@config_option
@click.option("--timezone", metavar="ZONE", help="Zone of times that name none.  [default: UTC]")
@click.option("--encoding", metavar="NAME", help="Encoding of text files, if not detected.")
@quiet_option
@click.pass_context
def aggregate(
    context: click.Context,
    /,
    sources: tuple[str, ...],
    out: Path,
    resume: bool,
    engine: str,
    scheduler: str | None,
    insecure: bool,
    jobs: int | None,
    config: Path | None,
    timezone: str | None,
    encoding: str | None,
    quiet: bool,
) -> None:
    """Count who acts on whom, in files larger than memory.

    One row a pair of people and kind of act: how often, on how many days, first and last. Acts on
    oneself and doubles are set aside, as in sharewise ambassadors.

    \b
    Example:
      sharewise community aggregate interactions/ -o edges/
    """
    from ..engine.advice.reports.plain_text import printable
    from ..engine.batch.edge_run import EdgeRequest, aggregate
    from ..engine.batch.engines import Engine

    zone = settings_from(config, timezone).timezone
    where = Engine(engine, jobs, scheduler, insecure)
    request = EdgeRequest(sources, out, zone, encoding, where, resume=resume)
    with Progress("looking at the files …", quiet=quiet) as progress:
        outcome = aggregate(request, progress.say)
    reasons = [reason for _, reason in outcome.plan.failures]
    reasons += [entry.failed or "" for _, entry in outcome.failed]
    for reason in reasons:
        click.echo(f"not read: {printable(reason)[:500]}", err=True)
    if not quiet:
        counts = outcome.counts
        click.echo(
            f"{counts['acts']:,} acts, {counts['people']:,} people, {counts['pairs']:,} pairs"
        )
        aside = [("self_loops", "on oneself"), ("doubles", "doubles"), ("rejected", "rejected")]
        told = ", ".join(f"{counts[name]:,} {words}" for name, words in aside if counts[name])
        if told:
            click.echo(f"set aside: {told}")
        click.echo(f"written to {out}: edges/, manifest.json")
    context.exit(BAD_INPUT if reasons else 0)
