"""What Python code asks for besides `recommend`: posts read, posts measured."""

from collections.abc import Sequence

import polars as pl

from ..content.reading import PostFiles
from ..settings import Settings
from .recommending import Posts, adviser


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
    return adviser(settings=Settings(timezone=timezone)).read(posts, encoding=encoding)


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
    return using.measure(using.read(posts).posts, all_measures=True)
