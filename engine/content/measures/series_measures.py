"""Measures of a part among the parts of its series, and of what it says of itself."""

import polars as pl

from .calendar_measures import days_between

_SERIES = ("calendar", "series")
_WORDS = {
    word: str(number)
    for number, words in enumerate(
        ("one i", "two ii", "three iii", "four iv", "five v", "six vi", "seven vii", "eight viii",
         "nine ix", "ten x"),
        start=1,
    )
    for word in words.split()
}  # fmt: skip
_NUMBER = rf"(\d+|\b(?:{'|'.join(_WORDS)})\b)"
_SAYS_PART = (
    r"(?i)\b(?:part|pt|episode|ep|chapter|lesson|day|week|no|nr|vol|teil|folge|kapitel|partie"
    rf"|épisode|chapitre|parte|capítulo|deel|del|część|часть)\b\.?\s*#?{_NUMBER}"
    r"|#\d+\b|第\s*\d+|\b\d+\s*(?:/|of|von|de|di|sur|van)\s*\d+\b"
)


def series_frame(parts: pl.DataFrame) -> pl.DataFrame:
    """Return ``index`` and the ``series.*`` measures that the other parts decide.

    Parameters
    ----------
    parts
        A row a post that is a part: ``index`` (unique), ``at`` (null where it has no time),
        ``calendar`` (whose posts they are), ``series``, ``part`` (Int64), ``links`` (List).

    Returns
    -------
    pl.DataFrame
        In the order of ``parts``. Null: no lower part is known, or no time, or no link.
    """
    joined = parts.join(_lower(parts), on=[*_SERIES, "part"], maintain_order="left").join(
        _links_before(parts), on=[*_SERIES, "part"], how="left", maintain_order="left"
    )
    places = ("at", "index")
    again = joined.sort(*places, nulls_last=True).select(
        "index", pl.int_range(pl.len()).over(*_SERIES, "part").alias("copies")
    )
    address = pl.col("links").list.eval(_address(pl.element()))
    overlap = address.list.set_intersection("links_before").list.len() > 0
    return joined.join(again, on="index", maintain_order="left").select(
        "index",
        (pl.col("before") == pl.col("part") - 1).alias("series.previous_known"),
        (pl.col("part") - pl.col("first") > pl.col("place")).alias("series.missing_part"),
        (pl.col("copies") > 0).alias("series.repeated_part"),
        (pl.col("at") > pl.col("latest_at")).alias("series.order_ok"),
        days_between(pl.col("at"), pl.col("before_at")).alias("series.gap_days"),
        pl.when(pl.col("links_before").is_not_null())
        .then(overlap.fill_null(False))
        .alias("series.links_previous"),
    )


def part_frame(posts: pl.DataFrame) -> pl.DataFrame:
    """Return ``index`` and the ``series.*`` measures that a post shows by itself.

    Reads ``index``, ``part`` (null where it is no part) and ``said``, title and text; the part
    may be written in digits, as a word in English up to ten, or in Roman numerals.
    """
    number = pl.element().str.to_lowercase().str.extract(_NUMBER, 1).str.strip_chars_start("0")
    said = pl.col("said").str.extract_all(_SAYS_PART).list.eval(number.replace(_WORDS))
    return posts.drop_nulls("part").select(
        "index",
        pl.when(pl.col("part") > 1).then(pl.col("part") - 1).alias("series.part_before"),
        said.list.contains(pl.col("part").cast(pl.String))
        .fill_null(False)
        .alias("series.names_part"),
    )


def _lower(parts: pl.DataFrame) -> pl.DataFrame:
    """Return what is known below each part: a row a part of a series."""
    known = parts.group_by(*_SERIES, "part").agg(pl.col("at").min()).sort(*_SERIES, "part")
    return known.select(
        *_SERIES,
        "part",
        pl.col("part").shift(1).over(*_SERIES).alias("before"),
        pl.col("part").first().over(*_SERIES).alias("first"),
        pl.int_range(pl.len()).over(*_SERIES).alias("place"),
        pl.col("at").forward_fill().shift(1).over(*_SERIES).alias("before_at"),
        pl.col("at").cum_max().forward_fill().shift(1).over(*_SERIES).alias("latest_at"),
    )


def _links_before(parts: pl.DataFrame) -> pl.DataFrame:
    """Return the addresses that the part before links, where it links any."""
    return (
        parts.select(*_SERIES, pl.col("part") + 1, "links")
        .explode("links", empty_as_null=True)
        .drop_nulls("links")
        .group_by(*_SERIES, "part")
        .agg(_address(pl.col("links")).unique().alias("links_before"))
    )


def _address(link: pl.Expr) -> pl.Expr:
    """Return a link as it is compared: no scheme, www., query, fragment or closing slash."""
    return (
        link.str.to_lowercase()
        .str.replace(r"^(?:https?://)?(?:www\.)?", "")
        .str.replace(r"[?#].*$", "")
        .str.strip_chars_end("/")
    )
