"""What the commands that take a history have in common: read it, and say how it was read."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .advising import write_rejects
from .options import settings_from

if TYPE_CHECKING:
    from ..engine.content.reading import PostFiles
    from ..engine.settings import Settings

history_argument = click.argument(
    "history",
    nargs=-1,
    required=True,
    metavar="HISTORY...",
    help="Published posts with outcomes: a platform's own export, or any posts file.",
)

history_platform_option = click.option(
    "--platform",
    "-p",
    metavar="NAME",
    help="Platform of posts that name none.",
)

weights_option = click.option(
    "--weights",
    metavar="NAME",
    help="What counts as engagement, instead of the setting: all, sharing, applause, conversation "
    "or shares.  [default: all]",
)


def read_history(
    sources: tuple[str, ...],
    *,
    config: Path | None,
    timezone: str | None,
    encoding: str | None,
    rejects: Path | None,
) -> tuple["PostFiles", "Settings"]:
    """Return the posts of a history and the settings in force.

    Raises
    ------
    ReadError
        There is not one post in all the sources.
    """
    from ..engine.content.platform_names import platform_names
    from ..engine.content.reading import read_posts
    from ..engine.errors import ReadError

    settings = settings_from(config, timezone)
    files = read_posts(
        sources, timezone=settings.timezone, encoding=encoding, platform_names=platform_names()
    )
    write_rejects(files.rejects, rejects)
    if files.posts.height == 0:
        tell_reading(files)
        raise ReadError(f"no post to learn from in {', '.join(sources)}")
    return files, settings


def tell_reading(files: "PostFiles") -> None:
    """Say on standard error what was read, mapped, rejected and assumed, file by file."""
    from ..engine.advice.reports.notes import file_lines

    for line in file_lines(files.files, files.rejects):
        click.echo(line, err=True)


def platform_of(name: str | None) -> str | None:
    """Return the id of the platform named, None for none."""
    if name is None:
        return None
    from ..engine.content.platform_names import platform_named

    return platform_named(name)
