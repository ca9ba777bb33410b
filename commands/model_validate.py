"""``sharewise model validate``: whether a history can be learned from, check by check."""

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
)
from .options import format_option
from .progress import Progress

if TYPE_CHECKING:
    from ..engine.ranking.checks import Check

FAILED = 1


@click.command()
@history_options
@history_platform_option
@format_option("text", "json", default="text")
@click.pass_context
def validate(
    context: click.Context,
    asked: HistoryAsked,
    platform: str | None,
    form: str,
) -> None:
    """Check whether a history can be learned from.

    Times, platforms, duplicates, posts whose counts still grow, outcomes, columns that give the
    outcome away, texts, and enough posts an account and platform: PASS or FAIL, with counts and
    example rows. The exit code is 1 when a check fails.

    \b
    Example:
      sharewise model validate tweet_activity.csv
    """
    from ..engine.ranking.checks import all_passed
    from ..engine.ranking.validation import validate_history

    with Progress("reading …", quiet=asked.quiet) as progress:
        where = platform_of(platform)
        files, settings = read_history(asked)
        progress.say(f"checking {files.posts.height:,} posts …")
        checks = validate_history(files, weights=settings.engagement, platform=where)
    if form == "json":
        _print_json(asked.history, files.posts.height, checks)
    else:
        _print_text(checks)
    context.exit(asked.code(files, 0 if all_passed(checks) else FAILED))


def _print_json(history: tuple[str, ...], posts: int, checks: tuple["Check", ...]) -> None:
    from dataclasses import asdict

    from ..engine.advice.reports.json_text import json_text
    from ..engine.ranking.checks import all_passed

    told = [
        {"check": check.name, **{key: one for key, one in asdict(check).items() if key != "name"}}
        for check in checks
    ]
    document = {"history": list(history), "posts": posts, "passed": all_passed(checks)}
    click.echo(json_text({**document, "checks": told}, indent=2))


def _print_text(checks: tuple["Check", ...]) -> None:
    from ..engine.advice.reports.plain_text import pad, printable, wrap
    from ..engine.advice.reports.style import style_of

    style = style_of(sys.stdout)
    names = max(len(check.name) for check in checks)
    for check in checks:
        mark = "PASS" if check.passed else style.paint("FAIL", "error")
        first, *more = wrap(printable(check.found), max(20, style.width - names - 8))
        click.echo(f"{mark}  {pad(check.name, names)}  {first}")
        for line in (*more, *_examples(check, style.width - names - 8)):
            click.echo(" " * (names + 8) + line)
        if check.advice:
            click.echo(" " * (names + 8) + style.paint(f"→ {check.advice}", "dim"))
    failed = sum(not check.passed for check in checks)
    click.echo(f"{len(checks) - failed} checks passed, {failed} failed")


def _examples(check: "Check", columns: int) -> list[str]:
    from ..engine.advice.reports.plain_text import printable, shorten

    lines = []
    for one in check.examples:
        parts = (
            f"{Path(one.file).name} row {one.row}",
            shorten(printable(one.post), 40),
            one.value,
        )
        lines.append(shorten("  ".join(printable(part) for part in parts if part), columns + 40))
    return lines
