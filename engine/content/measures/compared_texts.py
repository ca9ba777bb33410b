"""Texts as they are compared with one another: what two posts must share to say the same."""

from collections.abc import Callable

import polars as pl

_COMPOSED = r"[\p{M}\x{1100}-\x{11ff}\x{2126}\x{212a}\x{212b}]"
_LINK = r"(?:https?://|www\.)\S+"
_SPACES = r"\s\s+|[^\S ]"


def compared_texts(bodies: pl.DataFrame) -> pl.DataFrame:
    """Return how the text of each post is compared, in the order of ``bodies``.

    Reads ``index``, ``body``, ``links.list``.

    Returns
    -------
    pl.DataFrame
        ``index``; ``text`` as `normalised`; ``words``: its key (UInt64); ``exact``: the key of
        the text as written with its links; both null where no words are left; ``linked``:
        whether there is a link.
    """
    text = normalised(bodies["body"])
    keyed = bodies.select(
        "index",
        text.alias("text"),
        pl.struct(pl.col("body").str.strip_chars(), "links.list").hash().alias("exact"),
        (pl.col("links.list").list.len() > 0).fill_null(False).alias("linked"),
    )
    said = pl.col("text") != ""
    return keyed.with_columns(
        pl.when(said).then(pl.col("text").hash()).alias("words"),
        pl.when(said).then("exact").alias("exact"),
    )


def normalised(texts: pl.Series) -> pl.Series:
    """Return texts in normal form C, lower case, without links, spaces made one; null is empty."""
    composed = _where(texts.fill_null(""), _COMPOSED, lambda some: some.str.normalize("NFC"))
    plain = composed.str.to_lowercase().str.replace_all(_LINK, " ").str.strip_chars()
    return _where(plain, _SPACES, lambda some: some.str.replace_all(_SPACES, " "))


def _where(texts: pl.Series, pattern: str, change: Callable[[pl.Series], pl.Series]) -> pl.Series:
    """Return ``texts`` with those changed that have the pattern; to look costs less."""
    found = texts.str.contains(pattern)
    return texts.scatter(found.arg_true(), change(texts.filter(found))) if found.any() else texts
