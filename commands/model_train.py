"""``sharewise model train``: learn from a history, and store what was learned."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .histories import (
    HistoryAsked,
    history_options,
    history_platform_option,
    platform_of,
    read_history,
    tell_left_out,
    weights_option,
)
from .progress import Progress

if TYPE_CHECKING:
    from ..engine.ranking.history import History
    from ..engine.ranking.scoring import Scorer


@click.command()
@history_options
@click.option(
    "--output",
    "-o",
    "model_file",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="MODEL",
    help="Write the model to this file.",
)
@click.option(
    "--update",
    is_flag=True,
    help="Fit the model in MODEL anew, with its own settings, and replace it.",
)
@history_platform_option
@weights_option
@click.option("--fast", is_flag=True, help="Learn from words and measures only: twice as fast.")
@click.option(
    "--jobs",
    type=click.IntRange(1),
    default=1,
    show_default=True,
    metavar="N",
    help="Processes that share the accounts.",
)
@click.pass_context
def train(
    context: click.Context,
    /,
    asked: HistoryAsked,
    model_file: Path,
    update: bool,
    platform: str | None,
    weights: str | None,
    fast: bool,
    jobs: int,
) -> None:
    """Learn from published posts, and store the model.

    The file holds plain numbers and a model card, and can't run code. What was learned wears off
    within about two months: --update on the newest history, weekly or before each batch of posts.

    \b
    Example:
      sharewise model train fixtures/history.csv -o harbor.model
    """
    from ..engine.errors import WriteError
    from ..engine.ranking.from_history import model_from_history
    from ..engine.ranking.model_files import save_model
    from ..engine.ranking.scoring import Scorer, load_scorer

    before = load_scorer(model_file) if update else None
    if before is None and model_file.exists():
        raise WriteError(f"{model_file}: is there already; --update fits it anew")
    where = platform_of(platform)
    with Progress("reading …", quiet=asked.quiet) as progress:
        files, settings = read_history(asked)
        counted = weights or settings.engagement
        if before is not None:
            own = before.model.about["settings"]
            where, fast = own["platform"], own["fast"]
            counted = before.model.about["data"]["weights"]
        model, prepared = model_from_history(
            files.posts, weights=counted, platform=where, fast=fast, jobs=jobs, tell=progress.say
        )
        digest = save_model(model, model_file)
    if not asked.quiet:
        tell_left_out(prepared)
        _tell(Scorer(model, digest), before, model_file, prepared)
    context.exit(asked.code(files))


def _tell(now: "Scorer", before: "Scorer | None", path: Path, history: "History") -> None:
    from ..engine.advice.reports.plain_text import hanging, printable
    from ..engine.advice.reports.style import style_of
    from ..engine.ranking.report import model_line

    wide = style_of(sys.stdout).width
    for (platform, account), model in now.accounts.items():
        earlier = None if before is None else before.accounts.get((platform, account))
        name = printable(f"{platform} {account}".strip())
        told = [f"{name}  {printable(model_line(model))}"]
        if earlier is not None:
            told.append(f"  before    {printable(model_line(earlier))}")
        for line in (line for one in told for line in hanging(one, wide)):
            click.echo(line)
    click.echo(f"{_days_of(now, history)} · written to {path}")


def _days_of(now: "Scorer", history: "History") -> str:
    """Return from when to when the posts are that the models in use learned from."""
    used = [key for key, model in now.accounts.items() if model.evidence.refusal is None]
    frame = history.frame
    days = [
        row["published_at"]
        for row in frame.select("platform", "account", "published_at").iter_rows(named=True)
        if (row["platform"], row["account"]) in used
    ]
    if not days:
        return "no model can be used"
    return f"learned from posts of {min(days):%Y-%m-%d} to {max(days):%Y-%m-%d}"
