"""``sharewise compare``: which wording of one post, and how far that can be trusted."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .histories import HistoryAsked, platform_of, read_history
from .options import config_option, format_option, quiet_option, reading_options
from .progress import Progress

if TYPE_CHECKING:
    from ..engine.ranking.wording import Comparison, Judge
    from ..engine.settings import Settings


@click.command()
@click.argument(
    "wordings",
    nargs=-1,
    required=True,
    metavar="A B...",
    help="The wordings, each a text, or a file whose posts are the wordings.",
)
@click.option(
    "--tests",
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="FILE",
    help="Randomised tests to learn from: columns test, text, impressions, clicks and, where not "
    "all of a test were shown alike, group.",
)
@click.option(
    "--history",
    multiple=True,
    metavar="FILE",
    help="Where there are no tests: past posts with outcomes to learn from. Repeatable.",
)
@click.option("--platform", "-p", metavar="NAME", help="Platform the post is for.")
@format_option("text", "json", default="text")
@config_option
@reading_options
@quiet_option
@click.pass_context
def compare(
    context: click.Context,
    /,
    wordings: tuple[str, ...],
    tests: Path | None,
    history: tuple[str, ...],
    platform: str | None,
    form: str,
    **reading: Any,
) -> None:
    """Say which wording of one post does better.

    Learns from randomised tests, in which only the wording differed, or from past posts, and says
    which of the two. How often it was right on tests or posts it had not seen stands beside the
    answer; no wording is named the better where that is no better than a coin.

    \b
    Example:
      sharewise compare "Fresh beans today" "Why our beans are late" --tests tests.csv
    """
    from ..engine.ranking.wording import compare as compared
    from ..engine.ranking.wording_tests import columns_of_tests

    if (tests is None) == (not history):
        raise click.UsageError("name what to learn from: --tests FILE or --history FILE")
    texts = _texts(wordings)
    asked = HistoryAsked(history if tests is None else (str(tests),), **reading)
    with Progress("reading …", quiet=asked.quiet) as progress:
        read_too = () if tests is None else columns_of_tests()
        files, settings = read_history(asked, read_too, "" if tests is None else "tests")
        progress.say(f"learning from {files.posts.height:,} rows …")
        where = platform_of(platform)
        judge = _judge(files.posts, where, settings, randomised=tests is not None)
        answer = compared(judge, texts)
    if form == "json":
        _print_json(judge, answer)
    else:
        for line in _lines(judge, answer):
            click.echo(line)
    context.exit(asked.code(files))


def _texts(wordings: tuple[str, ...]) -> Any:
    """Return the wordings: an argument that names a file stands for the posts in it."""
    import polars as pl

    from ..engine.content.reading import read_posts

    texts: list[str] = []
    for wording in wordings:
        if _is_file(wording):
            posts = read_posts([wording]).posts
            texts += posts.select(pl.coalesce("text", "title")).to_series().drop_nulls().to_list()
        else:
            texts.append(wording)
    return pl.Series("text", [text.strip() for text in texts if text.strip()], dtype=pl.String)


def _is_file(name: str) -> bool:
    try:
        return Path(name).is_file()
    except OSError:
        return False


def _judge(posts: Any, platform: str | None, settings: "Settings", *, randomised: bool) -> "Judge":
    from ..engine.ranking.history import prepare_history
    from ..engine.ranking.wording import judge_from_history, judge_from_tests

    if randomised:
        return judge_from_tests(posts, platform)
    history = prepare_history(posts, weights=settings.engagement, platform=platform)
    return judge_from_history(history, posts, platform)


def _print_json(judge: "Judge", answer: "Comparison") -> None:
    from dataclasses import asdict

    from ..engine.advice.reports.json_text import json_text

    document = {
        "learned_from": "randomised tests" if judge.randomised else "past posts",
        "randomised": judge.randomised,
        "units": judge.units,
        "accuracy": asdict(judge.accuracy),
        "accuracy_on_significant": asdict(judge.on_significant),
        "accuracy_as_close": asdict(answer.as_close),
        "refused": bool(answer.reason),
        "reason": answer.reason,
        "wordings": [
            {"rank": rank, "number": one.number, "text": one.text, "score": one.score}
            for rank, one in enumerate(answer.ranked, start=1)
        ],
    }
    click.echo(json_text(document, indent=2))


def _lines(judge: "Judge", answer: "Comparison") -> Iterator[str]:
    from ..engine.advice.reports.plain_text import printable, shorten
    from ..engine.advice.reports.style import style_of

    style = style_of(sys.stdout)
    for rank, one in enumerate(answer.ranked, start=1):
        place = f"{rank}" if not answer.reason else "–"
        text = shorten(printable(one.text), max(20, style.width - 24))
        better = not answer.reason and rank == 1
        yield f"{place:>2}  {chr(64 + one.number) if one.number <= 26 else one.number}  " + (
            style.paint(f"“{text}”", "bold") if better else f"“{text}”"
        )
    if answer.reason:
        yield f"no wording is named the better: {answer.reason}"
    yield from _evidence(judge, answer)


def _evidence(judge: "Judge", answer: "Comparison") -> Iterator[str]:
    unit = "randomised tests" if judge.randomised else "past posts"
    yield f"learned from {judge.units:,} {unit}; on held-out pairs {_share(judge.accuracy)}"
    if judge.randomised and judge.on_significant.pairs:
        yield f"where the outcomes differ by more than chance: {_share(judge.on_significant)}"
    if answer.as_close.pairs:
        yield f"on pairs about as far apart as the first two here: {_share(answer.as_close)}"
    if not judge.randomised:
        yield (
            "observational, not randomised: these posts differed in more than their words; "
            "tests of two wordings of one post tell more (--tests)"
        )


def _share(accuracy: Any) -> str:
    if accuracy.share is None:
        return "nothing can be said"
    interval = f" [{accuracy.low:.0%}, {accuracy.high:.0%}]" if accuracy.low is not None else ""
    return f"{accuracy.share:.1%} right{interval} of {accuracy.pairs:,} (a coin: 50%)"
