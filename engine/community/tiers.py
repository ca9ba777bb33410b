"""Tiers: how far up among the ranked somebody is, and what would reach the next."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from .arrays import Floats

TOLD = 10_000


@dataclass(frozen=True)
class Tiers:
    """The tiers of a list, the highest first: ``last`` is the last rank of each tier, and
    ``least`` the raw score there; ``ranked`` is how many have a rank.
    """

    names: tuple[str, ...]
    last: tuple[int, ...]
    least: tuple[float, ...]
    ranked: int


def tiers_of(raw: Floats, tiers: Mapping[str, float]) -> Tiers:
    """Return where the tiers end.

    Parameters
    ----------
    raw
        The raw scores of the ranked, the best first.
    tiers
        Tier → the best part of the ranked that reaches it.
    """
    ranked = len(raw)
    parts = dict(sorted(tiers.items(), key=lambda tier: tier[1])) if ranked else {}
    last = [min(ranked, max(1, round(part * ranked))) for part in parts.values()]
    return Tiers(tuple(parts), tuple(last), tuple(float(raw[end - 1]) for end in last), ranked)


def with_tiers(frame: pl.DataFrame, tiers: Tiers) -> pl.DataFrame:
    """Return the frame with ``tier`` and ``next_tier``, null for those not ranked.

    ``next_tier`` is told of the first `TOLD`.

    Parameters
    ----------
    frame
        ``rank, raw, activity``, a row a person, the best first.
    tiers
        Those of the whole list.
    """
    places = frame["rank"].fill_null(tiers.ranked + 1)
    ends = np.maximum.accumulate(np.array(tiers.last, dtype=np.int64))
    reached = np.searchsorted(ends, places.to_numpy()).astype(np.uint8)
    tier = pl.Series("tier", [*tiers.names, None], dtype=pl.String).gather(pl.Series(reached))
    told = int((places <= TOLD).sum())
    first, rest = frame.head(told), frame.slice(told)
    return pl.concat(
        [
            first.with_columns(tier.head(told), _ahead(tiers).alias("next_tier")),
            rest.with_columns(tier.slice(told), pl.lit(None, dtype=pl.String).alias("next_tier")),
        ]
    )


def _ahead(tiers: Tiers) -> pl.Expr:
    """Return what would reach the tier above."""
    ahead = pl.lit(None, dtype=pl.String)
    for name, end, least in zip(tiers.names, tiers.last, tiers.least, strict=True):
        days = _days_to(least)
        said = (
            pl.when(days == 1)
            .then(pl.lit(f"1 more active day → {name}"))
            .when(days <= 366)
            .then(pl.format(f"{{}} more active days → {name}", days))
            .otherwise(pl.lit(f"more people who act on theirs → {name}"))
        )
        ahead = pl.when(pl.col("rank") > end).then(said).otherwise(ahead)
    return ahead


def _days_to(raw: float) -> pl.Expr:
    """Return how many more days with one act each bring a score to ``raw``, all else the same.

    Each adds ln 2 to L, and the score grows with ln(1 + L).
    """
    rest = pl.col("raw") / pl.col("activity").log1p()
    needed = (raw / rest).clip(0, 50).exp() - 1 - pl.col("activity")
    days = (needed / np.log(2)).ceil().clip(1, 1_000)
    return pl.when(days.is_finite()).then(days).otherwise(1_000).cast(pl.Int64)
