"""``sharewise model evaluate``: models and baselines on the newest posts of a history."""

import sys
from typing import TYPE_CHECKING, Any

import click

from .histories import (
    HistoryAsked,
    history_options,
    history_platform_option,
    platform_of,
    read_history,
    weights_option,
)
from .options import format_option
from .progress import Progress

if TYPE_CHECKING:
    from ..engine.ranking.evaluating import Evaluation


@click.command()
@history_options
@click.option(
    "--refit",
    is_flag=True,
    help="Also fit anew before each block of about 100 posts, on posts 48 hours old.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    metavar="N",
    help="Processes that share the accounts.",
)
@history_platform_option
@weights_option
@format_option("text", "json", "csv", default="text")
@click.pass_context
def evaluate(
    context: click.Context,
    /,
    asked: HistoryAsked,
    refit: bool,
    jobs: int,
    platform: str | None,
    weights: str | None,
    form: str,
) -> None:
    """Measure how well posts not learned from are ordered.

    Each account is split by time as for rank and train: the oldest seven tenths are learned from,
    the newest three are ordered in blocks of about 100 posts, by each model and by orders that
    need none. Intervals are 95 %, over accounts, or over blocks where there is one account; none
    over fewer than five.

    \b
    Example:
      sharewise model evaluate fixtures/history.csv --refit
    """
    from ..engine.ranking.evaluating import evaluate_history

    with Progress("reading …", quiet=asked.quiet) as progress:
        where = platform_of(platform)
        files, settings = read_history(asked)
        found = evaluate_history(
            files.posts,
            weights=weights or settings.engagement,
            platform=where,
            refit=refit,
            jobs=jobs,
            tell=progress.say,
        )
    _print(found, form)
    context.exit(asked.code(files))


def _print(found: "Evaluation", form: str) -> None:
    from ..engine.advice.reports.cells import guarded
    from ..engine.advice.reports.json_text import json_text
    from ..engine.advice.reports.style import style_of
    from ..engine.ranking.evaluating import evaluation_document
    from ..engine.ranking.evaluation_report import evaluation_lines

    told: Any
    if form == "json":
        told = json_text(evaluation_document(found), indent=2)
    elif form == "csv":
        told = guarded(found.results).write_csv().rstrip("\n")
    else:
        told = "\n".join(evaluation_lines(found, style_of(sys.stdout)))
    click.echo(told)
