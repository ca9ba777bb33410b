"""``sharewise model check``: whether a model still fits today's posts, or is to be fitted anew."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .histories import (
    HistoryAsked,
    history_options,
    history_platform_option,
    platform_of,
    read_history,
)
from .options import format_option
from .progress import Progress

if TYPE_CHECKING:
    from ..engine.ranking.model_check import AccountCheck

REFIT = 1
SHOWN = 5


@click.command()
@click.argument("model_file", metavar="MODEL", type=click.Path(path_type=Path), help="A model.")
@history_options
@history_platform_option
@format_option("text", "json", default="text")
@click.pass_context
def check(
    context: click.Context,
    /,
    model_file: Path,
    asked: HistoryAsked,
    platform: str | None,
    form: str,
) -> None:
    """Compare today's posts with those a model learned from.

    Says how far each measure has moved (population stability index), which outcomes are counted
    otherwise than before, how old the model is, and whether to fit it anew. The exit code is 1
    when it is.

    \b
    Example:
      sharewise model check harbor.model fixtures/history.csv
    """
    from ..engine.advice.reports.json_text import json_text
    from ..engine.ranking.model_check import check_model
    from ..engine.ranking.scoring import load_scorer

    with Progress("reading …", quiet=asked.quiet) as progress:
        scorer = load_scorer(model_file)
        where = platform_of(platform)
        files, _ = read_history(asked)
        progress.say(f"comparing {files.posts.height:,} posts …")
        checks = check_model(scorer, files.posts, where)
    if form == "json":
        from dataclasses import asdict

        click.echo(json_text({"accounts": [asdict(one) for one in checks]}, indent=2))
    else:
        for line in _lines(checks, model_file):
            click.echo(line)
    refit = any(one.verdict.refit for one in checks)
    context.exit(asked.code(files, REFIT if refit else 0))


def _lines(checks: "list[AccountCheck]", path: Path) -> Iterator[str]:
    from ..engine.advice.reports.plain_text import hanging, printable
    from ..engine.advice.reports.style import style_of
    from ..engine.community.counted import plural

    style = style_of(sys.stdout)
    for one in checks:
        name = style.paint(printable(f"{one.platform} {one.account}".strip()), "bold")
        new = plural(one.new, "new post", "new posts")
        if one.refusal is not None:
            told = f"no model to check: {one.refusal}; {new} since"
            yield from hanging(f"{name}  {printable(told)}", style.width)
            continue
        yield f"{name}  {new}, {_compared(one)}"
        moved = [drift for drift in one.drifts if drift.level != "none"]
        for drift in moved[:SHOWN]:
            yield f"  {drift.level:<8}  {printable(drift.name)}  PSI {drift.psi:.2f}"
        if moved:
            yield "  PSI: how far the shares of values moved; moderate from 0.1, large from 0.25"
        if len(moved) > SHOWN:
            yield f"  … {len(moved) - SHOWN} more measures moved"
        for change in one.changes:
            yield f"  outcome   {change.name} {change.found}"
        reasons = "; ".join(one.verdict.reasons) or "nothing moved"
        advice = "fit it anew" if one.verdict.refit else "keep it"
        yield from hanging(f"  {style.paint(advice, 'bold')}: {printable(reasons)}", style.width)
    if any(one.verdict.refit for one in checks):
        yield f"→ sharewise model train HISTORY -o {path} --update"


def _compared(one: "AccountCheck") -> str:
    if not one.compared:
        return "nothing to compare"
    if one.compared > one.new:
        return f"the newest {one.compared:,} compared, since fewer show nothing"
    return "all compared"
