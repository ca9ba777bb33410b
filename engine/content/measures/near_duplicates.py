"""Posts that say nearly the same as an earlier one of their calendar.

Two texts are nearly the same when, of the runs of three characters that occur in either, at least
`SIMILAR` occur in both. Which to compare is decided by blocks: texts that share one of their first
or last pieces of some characters stand in one block, and a post is held against the few before it
in each of its blocks; so the work grows with the number of posts, not with its square. Each pair
found so is compared exactly, the latest few: none is made up. One can be missed where both ends
were changed, or where many other posts in between begin or end in the same words.
"""

import polars as pl

SIMILAR = 0.9
_RUN = 3
_PIECE, _PIECES, _SHORT_PIECE = 20, 3, 8
_LOOK_BACK = 5
_TRIES = 3
_LONG = 60
_LEAST_LENGTH = 0.8
_PAIRS_AT_ONCE = 20_000
_DAY = 86_400_000_000
_ODD = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)


def near_text_days(slots: pl.DataFrame) -> pl.DataFrame:
    """Return ``index`` and ``days`` since the last post there with nearly the same words.

    Reads ``index``, ``at``, ``calendar``, ``text`` and its key ``words`` (null where there is no
    text) of ``slots``. The very same words are no near duplicate; a text of fewer than eight
    characters has none. Only posts that have one are returned.
    """
    cut = _in_pieces(slots.sort("at", "index"))
    texts = cut.select("words", "text").unique("words")
    waiting = _candidates(cut)
    found = [pl.DataFrame(schema={"index": slots.schema["index"], "days": pl.Float64()})]
    for _ in range(_TRIES):
        latest = waiting["index"].is_first_distinct()
        tried = waiting.filter(latest)
        found.append(tried.filter(_are_similar(tried, texts)).select("index", "days"))
        waiting = waiting.filter(~latest).join(
            found[-1], on="index", how="anti", maintain_order="left"
        )
    return pl.concat(found)


def _in_pieces(slots: pl.DataFrame) -> pl.DataFrame:
    """Add ``length`` and the pieces of each text as hashes; null for a piece beyond its end."""
    text, length = pl.col("text"), pl.col("length")
    pieces = [
        pl.when(length >= _PIECE * (number + 1)).then(text.str.slice(start, _PIECE).hash())
        for number in range(_PIECES)
        for start in (_PIECE * number, -_PIECE * (number + 1))
    ]
    pieces += [
        pl.when(length < _PIECE + _SHORT_PIECE).then(text.str.slice(start, _SHORT_PIECE).hash())
        for start in (0, -_SHORT_PIECE)
    ]
    return (
        slots.select("index", "at", "calendar", "words", "text")
        .drop_nulls("words")
        .with_columns(text.str.len_chars().cast(pl.Int64).alias("length"))
        .filter(length >= _SHORT_PIECE)
        .with_columns(piece.alias(f"piece{number}") for number, piece in enumerate(pieces))
    )


def _candidates(cut: pl.DataFrame) -> pl.DataFrame:
    """Return ``index``, ``words``, ``other`` (words of an earlier post), ``days``; latest first."""
    pieces = [name for name in cut.columns if name.startswith("piece")]
    pairs = [pair for piece in pieces for pair in _sharing(cut, piece)]
    sketch = cut.unique("words").select("words", "length", *pieces)
    shared = pl.sum_horizontal(
        (pl.col(piece) == pl.col(f"{piece}_other")).fill_null(False) for piece in pieces
    )
    shorter, longer = (
        function("length", "length_other") for function in (pl.min_horizontal, pl.max_horizontal)
    )
    return (
        pl.concat(pairs)
        .group_by("index", "words", "other")
        .agg(pl.col("days").min())
        .join(sketch, on="words")
        .join(sketch, left_on="other", right_on="words", suffix="_other")
        .filter(shorter >= _LEAST_LENGTH * longer, (shorter < _LONG) | (shared > 1))
        .select("index", "words", "other", "days")
        .sort("index", "days")
    )


def _sharing(cut: pl.DataFrame, piece: str) -> list[pl.DataFrame]:
    """Return the pairs of a post and one before it that share a piece; ``cut`` is in order."""
    blocks = (
        cut.select("index", "at", "words", block=pl.col(piece) + pl.col("calendar").hash())
        .drop_nulls("block")
        .filter(pl.col("block").is_duplicated())
        .sort("block", maintain_order=True)
    )
    return [
        blocks.select(
            "index",
            "words",
            pl.col("words").shift(back).alias("other"),
            days=(pl.col("at") - pl.col("at").shift(back)).dt.total_microseconds() / _DAY,
            kept=(pl.col("block") == pl.col("block").shift(back))
            & (pl.col("words") != pl.col("words").shift(back)),
        )
        .filter("kept")
        .drop("kept")
        for back in range(1, _LOOK_BACK + 1)
    ]


def _are_similar(pairs: pl.DataFrame, texts: pl.DataFrame) -> pl.Series:
    parts = (pairs.slice(first, _PAIRS_AT_ONCE) for first in range(0, pairs.height, _PAIRS_AT_ONCE))
    none = pl.Series(dtype=pl.Boolean)
    return pl.concat([none, *(_similarity(part, texts) >= SIMILAR for part in parts)])


def _similarity(pairs: pl.DataFrame, texts: pl.DataFrame) -> pl.Series:
    """Return the share of runs of characters in both texts among those in either."""
    named = pl.concat([pairs["words"], pairs["other"].alias("words")]).unique().to_frame()
    runs = _runs(texts.join(named, on="words", how="semi"))
    both = pairs.join(runs, on="words", maintain_order="left").join(
        runs, left_on="other", right_on="words", maintain_order="left", suffix="_other"
    )
    common = pl.col("runs").list.set_intersection("runs_other").list.len()
    either = pl.col("runs").list.len() + pl.col("runs_other").list.len() - common
    return both.select(common / either).to_series()


def _runs(texts: pl.DataFrame) -> pl.DataFrame:
    """Return ``words`` and ``runs``: the different runs of `_RUN` characters, as hashes."""
    characters = (
        texts.select("words", pl.col("text").str.split(""))
        .explode("text", empty_as_null=True)
        .select("words", pl.col("text").hash().alias("character"))
    )
    run = pl.sum_horizontal(
        pl.col("character").shift(-ahead) * pl.lit(odd, pl.UInt64) for ahead, odd in enumerate(_ODD)
    )
    return (
        characters.select("words", run.alias("run"), last=pl.col("words").shift(1 - _RUN))
        .filter(pl.col("words") == pl.col("last"))
        .group_by("words")
        .agg(pl.col("run").unique().alias("runs"))
    )
