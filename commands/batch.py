"""``sharewise batch``: rules and scores over a whole backlog, in parts that are done once."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .engine_options import RunAsked, running_options
from .options import platform_option, rules_option

if TYPE_CHECKING:
    from ..engine.batch.run import Outcome


@click.command()
@running_options(
    "BACKLOG...", "Parquet, JSON Lines or CSV files, folders of them, or addresses such as s3://…."
)
@click.option(
    "--output",
    "-o",
    "out",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    metavar="DIR",
    help="Folder of the run: posts/, rejects/, manifest.json.",
)
@platform_option
@click.option(
    "--model",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Score and rank with this model; without one, score, rank and band are null.",
)
@click.option(
    "--top",
    type=click.IntRange(min=1),
    metavar="N",
    help="Write the N best of each platform to top.FORMAT too.",
)
@click.option(
    "--format",
    "-f",
    "form",
    type=click.Choice(("parquet", "csv", "jsonl")),
    default="parquet",
    show_default=True,
    help="Format of the rows.",
)
@click.option("--restart", is_flag=True, help="Begin anew; what the run in DIR wrote is removed.")
@click.option(
    "--shard",
    metavar="K/N",
    help="Do the K-th of N shares of the parts, for job arrays; a run with --resume then finishes.",
)
@click.option(
    "--part-rows",
    type=click.IntRange(min=1),
    default=50_000,
    show_default=True,
    metavar="N",
    help="Rows a part: what is lost at most when a worker dies.",
)
@rules_option
@click.option("--strict", is_flag=True, help="Exit with 2 when any row is rejected.")
@click.pass_context
def batch(
    context: click.Context,
    /,
    asked: RunAsked,
    platforms: tuple[str, ...],
    packs: tuple[Path, ...],
    strict: bool,
    restart: bool,
    shard: str | None,
    **wanted: Any,
) -> None:
    """Run rules and scores over a whole backlog, of any size.

    What is done is done: after Ctrl-C or a crash, the same command with --resume goes on, and ends
    in the same bytes. This exits with 2 when a file or part could not be read; the others are done.

    \b
    Example:
      sharewise batch backlog/ -o run/ --platform x,linkedin --model ranking.model
      sharewise batch backlog/ -o run/ --platform x,linkedin --model ranking.model --resume
    """
    from ..engine.advice.recommending import adviser
    from ..engine.batch.run import Request, run_batch
    from ..engine.batch.shard import shard_named
    from .batch_report import BatchProgress, tell
    from .options import settings_from

    if asked.resume and restart:
        raise click.UsageError("--resume goes on, --restart begins anew: name one")
    share = None if shard is None else shard_named(shard)
    request = Request(
        sources=asked.sources,
        encoding=asked.encoding,
        engine=asked.engine,
        scheduler=asked.scheduler,
        insecure=asked.insecure,
        jobs=asked.jobs,
        shard=share,
        resume=asked.resume,
        restart=restart,
        **wanted,
    )
    using = adviser(platforms or None, settings_from(asked.config, asked.timezone), packs)
    with BatchProgress(quiet=asked.quiet) as progress:
        outcome = run_batch(request, using, progress.watch)
    tell(outcome, request, quiet=asked.quiet)
    context.exit(_code(outcome, strict=strict))


def _code(outcome: "Outcome", *, strict: bool) -> int:
    rejected = sum(entry.rejected for _, entry in outcome.done)
    return 2 if outcome.failed or outcome.plan.failures or (strict and rejected) else 0
