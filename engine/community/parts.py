"""The three parts of the score, each an array over the codes of people.

Age is in days before ``as_of``; an act that is a half-life old counts half. In a file without
times nothing decays; where some acts have none, these are as old as the oldest.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import polars as pl

from .kinds import kinds
from .people_codes import grouped

DAY = 86_400_000_000
MUTUAL = 0.25
PART_ROWS = 12_000_000
Floats = npt.NDArray[np.float64]
Hashes = npt.NDArray[np.uint64]
Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Days = tuple[Ints, Ints, Ints]


@dataclass(frozen=True)
class Clock:
    """``as_of`` and ``oldest`` in microseconds, ``half_life`` in days."""

    as_of: int
    oldest: int
    half_life: float

    def ages(self, times: pl.Series) -> Floats:
        """Return how many days before ``as_of`` each time is."""
        known = times.fill_null(self.oldest).to_numpy()
        return (self.as_of - known) / DAY

    def decay(self, ages: Floats) -> Floats:
        """Return what an act of each age counts."""
        return np.exp2(-ages / self.half_life)


@dataclass(frozen=True)
class Groups:
    """Those who act on the very same people have the same ``number``.

    ``shared`` says of each person whether anyone else has theirs.
    """

    number: Hashes
    shared: Mask


def clock_of(acts: pl.DataFrame, as_of: int | None, half_life: float) -> Clock:
    """Return the clock of acts: from the oldest time to ``as_of``, by default the newest."""
    oldest, newest = acts.select(
        pl.col("at").min().alias("oldest"), pl.col("at").max().alias("newest")
    ).row(0)
    end = as_of if as_of is not None else newest
    if end is None:
        return Clock(0, 0, half_life)
    return Clock(end, min(end, oldest if oldest is not None else end), half_life)


def loyalty(acts: pl.DataFrame, people: int, brand: Sequence[int], clock: Clock) -> Floats:
    """Return B: a person's acts on the brand, weighted by kind and age."""
    weights = np.array([kind.weight for kind in kinds().values()])
    on = acts.lazy().filter(pl.col("to").is_in(list(brand))).select("from", "kind", "at").collect()
    worth = weights[on["kind"].to_numpy()] * clock.decay(clock.ages(on["at"]))
    return summed(on["from"].to_numpy(), worth, people)


def activity(by_day: Days, people: int, clock: Clock) -> Floats:
    """Return L: for each day ln(1 + acts), by age: many acts on one day count little more."""
    person, day, count = by_day
    return summed(person, np.log1p(count) * clock.decay(day.astype(np.float64)), people)


def daily(acts: pl.DataFrame, clock: Clock) -> Days:
    """Return person, whole days before ``as_of``, and acts: a row a person and day with any.

    The rows are in the order of person, then day.
    """
    keys = acts["from"].to_numpy().astype(np.uint64) << np.uint64(20)
    keys |= ((clock.as_of - acts["at"].fill_null(clock.oldest).to_numpy()) // DAY).view(np.uint64)
    keys.sort()
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1]))[: len(keys)])
    firsts = keys[starts]
    counts = np.diff(np.append(starts, len(keys)))
    day = (firsts & np.uint64((1 << 20) - 1)).astype(np.int64)
    return (firsts >> np.uint64(20)).astype(np.int64), day, counts


def reach(pairs: pl.DataFrame, people: int, clock: Clock, groups: Groups) -> Floats:
    """Return R: whom a person moved to act, each once, by the age of the last time.

    Accounts that act on the very same people count as the root of their number, and one on whom
    the person acted in turn as a quarter: farms and mutual praise are cheap to make.
    """
    moved = np.zeros(people)
    parts = max(1, -(-pairs.height // PART_ROWS))
    for part in range(parts):
        some = pairs if parts == 1 else pairs.filter(pl.col("to") % parts == part)
        moved += _reach_of(some, people, clock, groups)
    # The order of summing differs from run to run; what it changes is far below a nano.
    return np.round(moved, 9)


def _reach_of(pairs: pl.DataFrame, people: int, clock: Clock, groups: Groups) -> Floats:
    """Return R, unrounded."""
    from_, to = pairs["from"].to_numpy(), pairs["to"].to_numpy()
    worth = clock.decay(clock.ages(pairs["last"]))
    worth[pairs["mutual"].to_numpy()] *= MUTUAL
    several = groups.shared[from_]
    moved = summed(to[~several], np.sqrt(worth[~several]), people)
    some = {"to": to[several], "group": groups.number[from_[several]], "worth": worth[several]}
    together = (
        pl.LazyFrame(some)
        .group_by((pl.col("to").cast(pl.UInt64).hash(5) ^ pl.col("group")).alias("both"))
        .agg(pl.col("to").first(), pl.col("worth").sum().sqrt())
        .collect(engine="streaming")
    )
    return moved + summed(together["to"].to_numpy(), together["worth"].to_numpy(), people)


def groups_of(pairs: pl.DataFrame, people: int) -> Groups:
    """Return who acts on the very same people."""
    sums = np.zeros(people, dtype=np.uint64)
    marks: Hashes = pl.int_range(people, dtype=pl.UInt32, eager=True).hash(11).to_numpy()
    np.add.at(sums, pairs["from"].to_numpy(), marks[pairs["to"].to_numpy()])
    each = grouped(sums)[2]
    return Groups(sums, (np.bincount(each) > 1)[each])


def summed(codes: npt.NDArray[Any], worth: Floats, people: int) -> Floats:
    """Return the sum of ``worth`` of each code."""
    return cast(Floats, np.bincount(codes, worth, people))


def combined(loyalty: Floats | None, activity: Floats, reach: Floats) -> Floats:
    """Return ``ln(1+B) · ln(1+L) · (½ + ln(1+R))``, without the first where there is no brand."""
    score = np.log1p(activity) * (0.5 + np.log1p(reach))
    return score if loyalty is None else np.log1p(loyalty) * score
