"""Small accounts among their like: audience sizes, ranks within them, and selection rates."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import polars as pl

from .listing import Listing

_STEPS = (100, 1_000, 10_000, 100_000)
_FEW = (1, 10, 100)


@dataclass(frozen=True)
class Audience:
    """How many each person speaks to: followers where any are known, people reached otherwise.

    Attributes
    ----------
    sizes : ranges, the smallest first
    size : by code, the place among ``sizes``; their number where it is not known
    rank : of each ranked place of the list, the rank among the ranked of the same size
    followers : Int64 by code; None where none are known
    """

    sizes: tuple[str, ...]
    size: npt.NDArray[np.uint8]
    rank: npt.NDArray[np.int32]
    followers: pl.Series | None


def audience_of(listing: Listing, interactions: pl.DataFrame) -> Audience:
    """Return the audiences of a list; the newest ``followers`` of ``interactions`` are taken."""
    followers = _followers(listing.names, interactions)
    if followers is None:
        reached = listing.told.counts["people_reached"]
        sizes, size = _ranges(_FEW, "reached"), np.searchsorted(_FEW, reached, side="right")
    else:
        sizes = _ranges(_STEPS, "followers")
        size = np.searchsorted(_STEPS, followers.fill_null(0).to_numpy(), side="right")
        size[followers.is_null().to_numpy()] = len(sizes)
    of_code = size.astype(np.uint8)
    ordered = of_code[listing.order[: listing.ranked]]
    rank = np.empty(len(ordered), dtype=np.int32)
    for one in range(len(sizes) + 1):
        own = np.flatnonzero(ordered == one)
        rank[own] = np.arange(1, len(own) + 1)
    return Audience(sizes, of_code, rank, followers)


def with_audience(frame: pl.DataFrame, audience: Audience) -> pl.DataFrame:
    """Return the frame with ``followers``, ``audience`` and ``rank_in_audience``.

    Parameters
    ----------
    frame
        ``code, place``: a row a person, by place.
    audience
        That of the whole list.
    """
    codes, places = frame["code"], frame["place"].to_numpy()
    size = pl.Series([*audience.sizes, None], dtype=pl.String)
    rank = pl.Series(audience.rank[places[: np.searchsorted(places, len(audience.rank))]])
    known = audience.followers
    return frame.with_columns(
        pl.lit(None if known is None else known.gather(codes), pl.Int64).alias("followers"),
        size.gather(pl.Series(audience.size[codes.to_numpy()])).alias("audience"),
        rank.cast(pl.Int64)
        .extend_constant(None, len(places) - len(rank))
        .alias("rank_in_audience"),
    )


def selection_rates(audience: Audience, listing: Listing, top: int) -> pl.DataFrame:
    """Return ``audience, people, chosen, rate``: of those of a size who act, the part in the top.

    Sizes that nobody has are left out.
    """
    order = listing.order
    acting = listing.told.counts["acts"][order] > 0
    size = audience.size[order]
    count = len(audience.sizes)
    people = np.bincount(size[acting], minlength=count)[:count]
    first = slice(min(top, listing.ranked))
    chosen = np.bincount(size[first][acting[first]], minlength=count)[:count]
    rates = pl.DataFrame({"audience": audience.sizes, "people": people, "chosen": chosen})
    return rates.filter(pl.col("people") > 0).with_columns(
        (pl.col("chosen") / pl.col("people")).alias("rate")
    )


def _followers(names: pl.Series, interactions: pl.DataFrame) -> pl.Series | None:
    """Return the newest count of followers of each person; None where not one is known."""
    known = interactions.lazy().filter(pl.col("followers").is_not_null())
    counts = (
        known.sort("at", nulls_last=False)
        .group_by("from")
        .agg(pl.col("followers").last())
        .collect()
    )
    if counts.is_empty():
        return None
    named = pl.DataFrame({"from": names})
    return named.join(counts, on="from", how="left", maintain_order="left")["followers"]


def _ranges(steps: tuple[int, ...], unit: str) -> tuple[str, ...]:
    between = (f"{low:,} to {high - 1:,} {unit}" for low, high in pairwise(steps))
    return (f"under {steps[0]:,} {unit}", *between, f"{steps[-1]:,} or more {unit}")
