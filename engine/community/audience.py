"""Small accounts among their like: audience sizes, ranks within them, and selection rates."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import polars as pl

from .listing import Listing

_STEPS = (100, 1_000, 10_000, 100_000)
_FEW = (1, 10, 100)
_NEVER = np.iinfo(np.int64).min


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


def audience_of(listing: Listing, acts: pl.DataFrame, followers: pl.Series) -> Audience:
    """Return the audiences of a list, by the newest known ``followers``.

    These are told with each of ``acts``; none where none were kept.
    """
    known = _newest(followers, acts, len(listing.names))
    if known is None:
        reached = listing.told.counts["people_reached"]
        sizes, size = _ranges(_FEW, "reached"), np.searchsorted(_FEW, reached, side="right")
    else:
        sizes = _ranges(_STEPS, "followers")
        size = np.searchsorted(_STEPS, known.fill_null(0).to_numpy(), side="right")
        size[known.is_null().to_numpy()] = len(sizes)
    of_code = size.astype(np.uint8)
    ordered = of_code[listing.order[: listing.ranked]]
    rank = np.empty(len(ordered), dtype=np.int32)
    for one in range(len(sizes) + 1):
        own = np.flatnonzero(ordered == one)
        rank[own] = np.arange(1, len(own) + 1)
    return Audience(sizes, of_code, rank, known)


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


def _newest(followers: pl.Series, acts: pl.DataFrame, people: int) -> pl.Series | None:
    """Return the newest count of each person, the last of several; None where not one is known."""
    rows = np.flatnonzero(followers.is_not_null().to_numpy())
    if not len(rows):
        return None
    known = pl.Series(rows)
    codes = acts["from"].gather(known).to_numpy()
    times = acts["at"].gather(known).fill_null(_NEVER).to_numpy()
    newest = np.full(people, _NEVER, dtype=np.int64)
    np.maximum.at(newest, codes, times)
    last = np.flatnonzero(times == newest[codes])
    place = np.full(people, -1, dtype=np.int64)
    place[codes[last]] = rows[last]
    asked = pl.Series(place)
    return followers.gather(asked.set(asked < 0, None))


def _ranges(steps: tuple[int, ...], unit: str) -> tuple[str, ...]:
    between = (f"{low:,} to {high - 1:,} {unit}" for low, high in pairwise(steps))
    return (f"under {steps[0]:,} {unit}", *between, f"{steps[-1]:,} or more {unit}")
