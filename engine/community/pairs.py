"""Who acted on whom: each pair of people once, with the last time and whether it is mutual."""

import polars as pl

from .packed_pairs import packed_pairs, packing_of

PART_ROWS = 12_000_000


def pairs_of(acts: pl.DataFrame) -> pl.DataFrame:
    """Return ``from, to, last, mutual``, a row a pair; ``last`` is null where no act has a time.

    Large tables are worked through in parts, so that memory stays bounded: both directions of a
    pair are in one part.
    """
    aimed = acts.select("from", "to", "at")
    aimed = aimed.filter(pl.col("to").is_not_null()) if aimed["to"].null_count() else aimed
    packing = packing_of(aimed)
    if packing:
        return packed_pairs(aimed, packing)
    parts = max(1, -(-acts.height // PART_ROWS))
    return pl.concat([_part(acts, part, parts) for part in range(parts)], rechunk=True)


def _part(acts: pl.DataFrame, part: int, parts: int) -> pl.DataFrame:
    low = pl.min_horizontal("from", "to").cast(pl.UInt64)
    high = pl.max_horizontal("from", "to").cast(pl.UInt64)
    upward = pl.col("from") < pl.col("to")
    rows = acts.lazy().filter(pl.col("to").is_not_null()).select("from", "to", "at")
    if parts > 1:
        rows = rows.filter((pl.col("from") ^ pl.col("to")) % parts == part)
    time = pl.col("at").fill_null(-(2**62))
    both = (
        rows.select(
            (low * 2**32 + high).alias("key"),
            pl.when(upward).then(time).alias("up"),
            pl.when(~upward).then(time).alias("down"),
        )
        .group_by("key")
        .agg(pl.col("up").max(), pl.col("down").max())
        .collect(engine="streaming")
    )
    mutual = pl.col("up").is_not_null() & pl.col("down").is_not_null()
    low, high = (pl.col("key") // 2**32).cast(pl.UInt32), (pl.col("key") % 2**32).cast(pl.UInt32)
    ways = [("up", low, high), ("down", high, low)]
    found = [
        both.lazy()
        .filter(pl.col(way).is_not_null())
        .select(
            first.alias("from"),
            second.alias("to"),
            pl.when(pl.col(way) > -(2**62)).then(pl.col(way)).alias("last"),
            mutual.alias("mutual"),
        )
        for way, first, second in ways
    ]
    return pl.concat(found).collect()
