"""Small accounts among their like: audience sizes, ranks within them, and selection rates."""

from itertools import pairwise
from typing import Any

import polars as pl

_STEPS = (100, 1_000, 10_000, 100_000)
_FEW = (1, 10, 100)


def with_audience(frame: pl.DataFrame, interactions: pl.DataFrame | None) -> pl.DataFrame:
    """Return the frame with ``followers``, ``audience`` and ``rank_in_audience``.

    ``audience`` is a range of followers where any are known, of people reached otherwise; the rank
    counts the ranked of the same range.
    """
    known = (
        interactions is not None and interactions["followers"].null_count() < interactions.height
    )
    if known and interactions is not None:
        counts = (
            interactions.lazy()
            .filter(pl.col("followers").is_not_null())
            .sort("at", nulls_last=False)
            .group_by("from")
            .agg(pl.col("followers").last())
            .collect()
        )
        frame = frame.join(
            counts, left_on="person", right_on="from", how="left", maintain_order="left"
        )
        size = _range(pl.col("followers"), _STEPS, "followers")
    else:
        frame = frame.with_columns(pl.lit(None, dtype=pl.Int64).alias("followers"))
        size = _range(pl.col("people_reached"), _FEW, "reached")
    among = pl.when(pl.col("rank").is_not_null()).then(
        pl.col("rank").rank("ordinal").over("audience").cast(pl.Int64)
    )
    return frame.with_columns(size.alias("audience")).with_columns(among.alias("rank_in_audience"))


def selection_rates(frame: pl.DataFrame, top: int) -> pl.DataFrame:
    """Return ``audience, people, chosen, rate``: of the people of a size, the part in the top."""
    return (
        frame.filter(pl.col("audience").is_not_null() & (pl.col("acts") > 0))
        .group_by("audience")
        .agg(
            pl.len().alias("people"),
            (pl.col("rank") <= top).fill_null(False).sum().cast(pl.Int64).alias("chosen"),
            pl.col("followers").min().alias("least"),
            pl.col("people_reached").min().alias("fewest"),
        )
        .with_columns((pl.col("chosen") / pl.col("people")).alias("rate"))
        .sort("least", "fewest", "audience")
        .select("audience", "people", "chosen", "rate")
    )


def _range(size: pl.Expr, steps: tuple[int, ...], unit: str) -> pl.Expr:
    """Return the range a size is in, as text; null where it is not known."""
    label: Any = pl.when(size >= steps[-1]).then(pl.lit(f"{steps[-1]:,} or more {unit}"))
    for low, high in reversed(list(pairwise(steps))):
        label = label.when(size >= low).then(pl.lit(f"{low:,} to {high - 1:,} {unit}"))
    named: pl.Expr = label.when(size < steps[0]).then(pl.lit(f"under {steps[0]:,} {unit}"))
    return named
