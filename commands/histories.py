"""What the commands that take a history have in common: their options, and reading it."""

import sys
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .advising import write_rejects
from .options import (
    config_option,
    day_first,
    gathered,
    quiet_option,
    reading_options,
    settings_from,
)
from .told_reading import tell_reading

if TYPE_CHECKING:
    from ..engine.content.reading import PostFiles
    from ..engine.ranking.history import History
    from ..engine.settings import Settings

BAD_INPUT = 2

weights_option = click.option(
    "--weights",
    metavar="NAME",
    help="What counts as engagement, instead of the setting: all, sharing, applause, conversation "
    "or shares.  [default: all]",
)


@dataclass(frozen=True)
class HistoryAsked:
    """What the options ask for when a history is read."""

    history: tuple[str, ...]
    config: Path | None = None
    timezone: str | None = None
    dates: str | None = None
    encoding: str | None = None
    strict: bool = False
    rejects: Path | None = None
    quiet: bool = False

    def code(self, files: "PostFiles", code: int = 0) -> int:
        """Return ``code``, or that of bad input where rows were rejected and none may be."""
        return BAD_INPUT if self.strict and files.rejects.height else code


history_options = gathered(
    HistoryAsked,
    click.argument(
        "history",
        nargs=-1,
        required=True,
        metavar="HISTORY...",
        help="Published posts with outcomes: a platform's own export, or any posts file.",
    ),
    config_option,
    reading_options,
    quiet_option,
)
"""Adds all these; the command is called with ``asked``, a `HistoryAsked`."""

history_platform_option = click.option(
    "--platform",
    "-p",
    metavar="NAME",
    help="Platform of posts that name none.",
)


def read_history(
    asked: HistoryAsked, used: Collection[str] = (), template: str = ""
) -> tuple["PostFiles", "Settings"]:
    """Return the posts of a history and the settings in force; say how it was read.

    ``used`` and ``template`` as `tell_reading` takes them.

    Raises
    ------
    ReadError
        There is not one post in all the sources.
    """
    from ..engine.content.platform_names import platform_names
    from ..engine.content.reading import read_posts
    from ..engine.errors import ReadError

    settings = settings_from(asked.config, asked.timezone)
    files = read_posts(
        asked.history,
        timezone=settings.timezone,
        encoding=asked.encoding,
        day_first=day_first(asked.dates),
        platform_names=platform_names(),
    )
    write_rejects(files.rejects, asked.rejects)
    if not asked.quiet or files.posts.height == 0:
        tell_reading(files, used, template)
    if files.posts.height == 0:
        raise ReadError(f"no post to learn from in {', '.join(asked.history)}")
    return files, settings


def tell_left_out(history: "History") -> None:
    """Say on standard error how many posts are not learned from, reason by reason."""
    from ..engine.advice.reports.plain_text import hanging
    from ..engine.advice.reports.style import style_of

    width = style_of(sys.stderr).width
    for reason, count in history.reasons().items():
        told = f"  left out    {count:,} {'post' if count == 1 else 'posts'}: {reason}"
        for line in hanging(told, width):
            click.echo(line, err=True)


def platform_of(name: str | None) -> str | None:
    """Return the id of the platform named, None for none."""
    if name is None:
        return None
    from ..engine.content.platform_names import platform_named

    return platform_named(name)
