"""The three parts of the score, each an array over the codes of people.

Age is in days before ``as_of``; an act that is a half-life old counts half. In a file without
times nothing decays; where some acts have none, these are as old as the oldest.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from .arrays import Floats, Mask, blocks, summed
from .hash_codes import Codes, Hashes
from .kinds import kinds

DAY = 86_400_000_000
MUTUAL = 0.25
PART_ROWS = 12_000_000
_MOST_DAY_PARTS, _DAY_ROWS_BITS = 2, 25
_Alike = tuple[Codes, Hashes, Floats]
Days = tuple[Codes, Codes, Codes]


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


def activity(by_day: Iterable[Days], people: int, clock: Clock) -> Floats:
    """Return L: for each day ln(1 + acts), by age: many acts on one day count little more."""
    active = np.zeros(people)
    for person, day, count in by_day:
        damped = np.log1p(np.arange(int(count.max(initial=0)) + 1))
        aged = clock.decay(np.arange(int(day.max(initial=0)) + 1, dtype=np.float64))
        for block in blocks(len(person)):
            np.add.at(active, person[block], damped[count[block]] * aged[day[block]])
    return active


def daily(acts: pl.DataFrame, clock: Clock) -> Iterator[Days]:
    """Yield person, whole days before ``as_of``, and acts: a row a person and day with any.

    The rows of a person stand together, in the order of days. Person and day are sorted as one
    whole number: of 32 bits where that is enough for a half or a quarter of the people at a time.
    """
    from_, at = acts["from"].to_numpy(), acts["at"]
    bits = ((clock.as_of - clock.oldest) // DAY).bit_length()
    over = int(from_.max(initial=0)).bit_length() + bits - 32
    parts = max(over if over <= _MOST_DAY_PARTS else 0, (len(from_) >> _DAY_ROWS_BITS).bit_length())
    keys: npt.NDArray[Any] = np.empty(len(from_), dtype=np.uint32 if over <= parts else np.uint64)
    number = keys.dtype.type
    for part in range(1 << parts):
        done = 0
        for block in blocks(len(from_)):
            known = at[block].fill_null(clock.oldest).to_numpy()
            days = ((clock.as_of - known) // DAY).astype(np.uint32)
            person = from_[block]
            if parts:
                own = np.flatnonzero((person & np.uint32((1 << parts) - 1)) == part)
                person, days = person[own] >> np.uint32(parts), days[own]
            here = slice(done, done := done + len(person))
            keys[here] = person
            keys[here] <<= number(bits)
            keys[here] |= days
        keys[:done].sort()
        person, days, count = _runs(keys[:done], bits)
        person <<= np.uint32(parts)
        person |= np.uint32(part)
        yield person, days, count


def _runs(keys: npt.NDArray[Any], bits: int) -> Days:
    """Return the upper and the lower part of the distinct of sorted numbers, and how many each."""
    upper, lower, starts = (np.empty(len(keys), dtype=np.uint32) for _ in range(3))
    done = 0
    for block in blocks(len(keys)):
        some = keys[block]
        new = np.ones(len(some), dtype=bool)
        np.not_equal(some[1:], some[:-1], out=new[1:])
        if block.start:
            new[0] = some[0] != keys[block.start - 1]
        rows = np.flatnonzero(new)
        firsts = some[rows]
        here = slice(done, done := done + len(rows))
        starts[here] = rows + block.start
        upper[here] = firsts >> keys.dtype.type(bits)
        lower[here] = firsts & keys.dtype.type((1 << bits) - 1)
    counts = np.diff(starts[:done], append=np.uint32(len(keys)))
    return upper[:done], lower[:done], counts


def reach(pairs: pl.DataFrame, people: int, clock: Clock, groups: Groups) -> Floats:
    """Return R: whom a person moved to act, each once, by the age of the last time.

    Accounts that act on the very same people count as the root of their number, and one on whom
    the person acted in turn as a quarter: farms and mutual praise are cheap to make.
    """
    moved = np.zeros(people)
    parts = max(1, -(-pairs.height // PART_ROWS))
    alike: list[list[_Alike]] = [[] for _ in range(parts)]
    for block in blocks(pairs.height):
        some = pairs[block]
        from_, to = some["from"].to_numpy(), some["to"].to_numpy()
        worth = clock.decay(clock.ages(some["last"]))
        worth[some["mutual"].to_numpy()] *= MUTUAL
        several = groups.shared[from_]
        single = ~several
        np.add.at(moved, to[single], np.sqrt(worth[single]))
        rows = np.flatnonzero(several)
        for part in range(parts):
            own = rows[to[rows] % np.uint32(parts) == part] if parts > 1 else rows
            alike[part].append((to[own], groups.number[from_[own]], worth[own]))
    while alike:
        _add_together(moved, alike.pop())
    # The order of summing differs from run to run; what it changes is far below a nano.
    return np.round(moved, 9, out=moved)


def _add_together(moved: Floats, alike: list[_Alike]) -> None:
    """Add to each person the root of what each group of accounts is worth together."""
    to, group, worth = (np.concatenate(some) for some in zip(*alike, strict=True))
    together = (
        pl.LazyFrame({"to": to, "group": group, "worth": worth})
        .group_by((pl.col("to").cast(pl.UInt64).hash(5) ^ pl.col("group")).alias("both"))
        .agg(pl.col("to").first(), pl.col("worth").sum().sqrt())
        .collect(engine="streaming")
    )
    np.add.at(moved, together["to"].to_numpy(), together["worth"].to_numpy())


def groups_of(pairs: pl.DataFrame, people: int) -> Groups:
    """Return who acts on the very same people."""
    sums = np.zeros(people, dtype=np.uint64)
    marks: Hashes = pl.int_range(people, dtype=pl.UInt32, eager=True).hash(11).to_numpy()
    from_, to = pairs["from"].to_numpy(), pairs["to"].to_numpy()
    for block in blocks(pairs.height):
        np.add.at(sums, from_[block], marks[to[block]])
    ordered = np.sort(sums)
    again = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
    shared = np.zeros(people, dtype=bool)
    if len(again):
        for block in blocks(people):
            places = np.searchsorted(again[:-1], sums[block])
            shared[block] = again[places] == sums[block]
    return Groups(sums, shared)


def combined(loyalty: Floats | None, activity: Floats, reach: Floats) -> Floats:
    """Return ``ln(1+B) · ln(1+L) · (½ + ln(1+R))``, without the first where there is no brand."""
    score, reached = np.log1p(activity), np.log1p(reach)
    reached += 0.5
    score *= reached
    if loyalty is not None:
        score *= np.log1p(loyalty)
    return score
