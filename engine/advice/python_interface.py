"""What Python code asks for besides `recommend`: posts read, posts measured."""

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from ..content.platforms import platform_names
from ..content.reading import PostFiles, from_frame
from ..content.reading import read_posts as read_sources
from ..settings import Settings
from .recommending import adviser

Posts = pl.DataFrame | str | Path | Sequence[str | Path]


def read_posts(posts: Posts, *, timezone: str = "UTC", encoding: str | None = None) -> PostFiles:
    """Return posts as sharewise reads them, with what was rejected and how columns were mapped.

    Parameters
    ----------
    posts
        A Polars frame, a file, a folder of Markdown files, ``-`` for standard input, or several
        of these paths.
    timezone
        IANA name of the zone of times that are written without one.
    encoding
        Of text files; None: found out.

    Raises
    ------
    ReadError
        A source that can't be read at all; rows that can't be are in ``rejects``.
    """
    if isinstance(posts, pl.DataFrame):
        return from_frame(posts, timezone=timezone, platform_names=platform_names())
    sources = [posts] if isinstance(posts, str | Path) else posts
    return read_sources(
        sources, timezone=timezone, encoding=encoding, platform_names=platform_names()
    )


def measure(
    posts: Posts, platforms: Sequence[str] | None = None, settings: Settings | None = None
) -> pl.DataFrame:
    """Return what each platform counts in each post, a row a post × platform.

    Parameters
    ----------
    posts
        A Polars frame, a file, a folder of Markdown files, or several of these paths.
    platforms
        Platform names; None: the settings', else each post's own, else all.
    settings
        The brand's settings; None: none.

    Returns
    -------
    pl.DataFrame
        ``index``, ``post``, ``platform``, then every measure of `catalogue.MEASURES`; null is
        what is not known.

    Examples
    --------
    >>> import polars as pl
    >>> from sharewise import measure
    >>> posts = pl.DataFrame({"id": ["a"], "text": ["Fresh https://example.com/a-long-path"]})
    >>> measure(posts, ["x", "bluesky"]).select("platform", "text.length", "limit.text").rows()
    [('x', 29, 280.0), ('bluesky', 37, 300.0)]
    """
    using = adviser(platforms, settings)
    files = read_posts(posts, timezone=using.settings.timezone)
    return using.measure(files.posts, all_measures=True)
