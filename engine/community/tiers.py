"""Tiers: how far up among the ranked somebody is, and what would reach the next."""

from collections.abc import Mapping

import numpy as np
import polars as pl

TOLD = 10_000


def with_tiers(frame: pl.DataFrame, tiers: Mapping[str, float]) -> pl.DataFrame:
    """Return the frame with ``tier`` and ``next_tier``, null for those not ranked.

    ``next_tier`` is told of the first `TOLD`.

    Parameters
    ----------
    frame
        ``rank, raw, activity``, a row a person, the best first.
    tiers
        Tier → the best part of the ranked that reaches it.
    """
    ranked = int(frame["rank"].count())
    last = {
        name: min(ranked, max(1, round(part * ranked)))
        for name, part in sorted(tiers.items(), key=lambda tier: tier[1])
    }
    ahead = pl.lit(None, dtype=pl.String)
    places = frame["rank"].fill_null(frame.height + 1)
    ends = np.maximum.accumulate(np.array([*last.values(), ranked]))
    reached = np.searchsorted(ends[:-1], places.to_numpy()).astype(np.uint8)
    tier = pl.Series("tier", [*last, None], dtype=pl.String).gather(pl.Series(reached))
    for name, end in last.items() if ranked else ():
        inside = pl.col("rank") > end
        days = _days_to(float(frame["raw"][end - 1]))
        said = (
            pl.when(days == 1)
            .then(pl.lit(f"1 more active day → {name}"))
            .otherwise(pl.format(f"{{}} more active days → {name}", days))
        )
        said = (
            pl.when(days <= 366)
            .then(said)
            .otherwise(pl.lit(f"more people who act on theirs → {name}"))
        )
        ahead = pl.when(inside).then(said).otherwise(ahead)
    return frame.with_columns(tier).pipe(
        lambda whole: pl.concat(
            [
                whole.head(TOLD).with_columns(ahead.alias("next_tier")),
                whole.slice(TOLD).with_columns(pl.lit(None, dtype=pl.String).alias("next_tier")),
            ]
        )
    )


def _days_to(raw: float) -> pl.Expr:
    """Return how many more days with one act each bring a score to ``raw``, all else the same.

    Each adds ln 2 to L, and the score grows with ln(1 + L).
    """
    rest = pl.col("raw") / pl.col("activity").log1p()
    needed = (raw / rest).clip(0, 50).exp() - 1 - pl.col("activity")
    days = (needed / np.log(2)).ceil().clip(1, 1_000)
    return pl.when(days.is_finite()).then(days).otherwise(1_000).cast(pl.Int64)
