"""Reach that is not the community's: made accounts, and praise returned among few.

Each test compares a person's amplifiers with what is usual in this very community, so that one
where nearly all is mutual, or where most act once, holds nobody back for being like it. A person
is held back when the part is large *and* its distance from the usual is beyond chance.

Looking at who is behind an account's reach follows SybilRank (Cao et al., NSDI 2012) and TrueTop
(Zhang et al., arXiv:1504.04663, 2015): fakes are cheap to make, being acted on by others is not.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from ...settings_gates import Thresholds
from ..hash_codes import Codes
from ..parts import BLOCK, Counts, Floats, Mask, blocks
from .closed_circles import people_behind

MOST_PAIRS = 12_000_000
_BUCKETS = 16
_MANY, _HARDLY = 10, 0.05
_ENOUGH = 10
_FIRST, _SECOND = np.uint64(1), np.uint64(1 << 32)
_A_LITTLE_MORE = 1 + 1e-6
_MOST_TOLD = (1 << (_BUCKETS - 1)) + 1


@dataclass(frozen=True)
class Amplifiers:
    """What is known of the accounts that act on each person; arrays over the codes of people.

    Attributes
    ----------
    count : distinct accounts
    mutual : of these, those that the person acts on, too
    alone : of these, those that act on nobody else
    alive : of these, those that others act on, too
    busy : how many people the person acts on, as `_bucket` has it
    usual : the part of accounts as busy as each bucket that anyone acts on
    """

    count: Counts
    mutual: Counts
    alone: Counts
    alive: Counts
    busy: npt.NDArray[np.uint8]
    usual: Floats


def amplifiers_of(pairs: pl.DataFrame, people: int) -> Amplifiers:
    """Return who is behind the reach of each person."""
    from_, to = pairs["from"].to_numpy(), pairs["to"].to_numpy()
    mutual = pairs["mutual"]
    # Two counts are summed in one number, which is as fast as one.
    both, targets = np.zeros(people, dtype=np.uint64), np.zeros(people, dtype=np.int32)
    one = np.ones(BLOCK, dtype=np.int32)
    for block in blocks(len(to)):
        np.add.at(both, to[block], mutual[block].to_numpy() * _SECOND + _FIRST)
        np.add.at(targets, from_[block], one[: block.stop - block.start])
    count, returned = _parted(both)
    # What is asked of each amplifier fits a byte, and small tables are fast to look up.
    busy = _bucket(targets)
    asked = np.minimum(count, 2).astype(np.uint8) << 1 | (busy == 0)
    both[:] = 0
    for block in blocks(len(to)):
        amplifier = asked[from_[block]]
        alive = amplifier >> 1 > mutual[block].to_numpy()
        np.add.at(both, to[block], alive * _SECOND + (amplifier & 1))
    alone, alive = _parted(both)
    doubted = (alive <= _HARDLY * count) & (count >= _MANY)
    behind = np.zeros(people, dtype=bool)
    if doubted.any():
        for block in blocks(len(to)):
            behind[from_[block][doubted[to[block]]]] = True
    usual = _usually_alive(count, targets, busy, behind)
    return Amplifiers(count, returned, alone, alive, busy, usual)


def _parted(both: npt.NDArray[np.uint64]) -> tuple[Counts, Counts]:
    """Return the counts in the lower and the upper half of each number."""
    return both.astype(np.uint32).view(np.int32), (both >> np.uint64(32)).astype(np.int32)


def rings(seen: Amplifiers, pairs: pl.DataFrame, limits: Thresholds) -> dict[int, str]:
    """Return who is in a ring: nearly all reach is mutual, and so is that of the others.

    That has to be unusual here, or so few people are behind their reach in the end as is unusual.
    The latter is looked at in up to `MOST_PAIRS` pairs of people.
    """
    found = seen.mutual >= limits.ring_members
    rows = np.flatnonzero(found)
    found[rows] = seen.mutual[rows] / np.maximum(seen.count[rows], 1) >= limits.ring_share
    found[found] = _mutual_around(seen, pairs, found)[found] >= limits.ring_share
    closed = _closed(seen, pairs, found, limits)
    usual = _usual(seen.mutual, seen.count, found)
    _keep_surprising(found, seen.mutual, seen.count, usual, limits)
    return closed | {
        int(person): (
            f"{seen.mutual[person]} of {seen.count[person]} people who act on theirs are acted on "
            f"in turn, and so it is around them ({usual:.0%} is usual here)"
        )
        for person in np.flatnonzero(found)
    }


def _closed(
    seen: Amplifiers, pairs: pl.DataFrame, suspects: Mask, limits: Thresholds
) -> dict[int, str]:
    """Return the suspects behind whose reach there are few people, however far one follows."""
    if not suspects.any() or pairs.height > MOST_PAIRS:
        return {}
    behind = people_behind(pairs, len(seen.count))
    usual = float(np.median(behind[seen.count >= limits.ring_members]))
    few = suspects & (behind <= limits.closed_share * usual)
    return {
        int(person): (
            f"{seen.mutual[person]} of {seen.count[person]} people who act on theirs are acted on "
            f"in turn, and about {behind[person]:,.0f} people are behind their reach however far "
            f"one follows ({usual:,.0f} is usual here)"
        )
        for person in np.flatnonzero(few)
    }


def single_sources(seen: Amplifiers, pairs: pl.DataFrame, limits: Thresholds) -> dict[int, str]:
    """Return whose reach looks made: accounts for this person only, or that nobody else knows."""
    judged = seen.count >= limits.source_accounts
    only = judged.copy()
    rows = np.flatnonzero(judged)
    only[rows] = seen.alone[rows] / np.maximum(seen.count[rows], 1) >= limits.source_share
    usual = _usual(seen.alone, seen.count, only)
    _keep_surprising(only, seen.alone, seen.count, usual, limits)
    # More than the busiest have is expected of nobody: the others need not be looked at.
    most = limits.alive_share * seen.usual.max() * _A_LITTLE_MORE
    hollow = judged
    hollow[rows] = seen.alive[rows] <= most * seen.count[rows]
    expected = _expected(seen, pairs, hollow)
    rows = np.flatnonzero(hollow)
    alive, usually, count = seen.alive[rows], expected[rows], seen.count[rows]
    hollow[rows] = (alive <= limits.alive_share * usually) & _too_few(
        alive, usually, count, limits.surprise
    )
    told = {
        int(person): (
            f"{seen.alive[person]} of {seen.count[person]} accounts that act on theirs are acted "
            f"on by anyone else, {expected[person]:.0f} would be usual here"
        )
        for person in np.flatnonzero(hollow)
    }
    return told | {
        int(person): (
            f"{seen.alone[person]} of {seen.count[person]} accounts that act on theirs act on "
            f"nobody else ({usual:.0%} is usual here)"
        )
        for person in np.flatnonzero(only)
    }


def _mutual_around(seen: Amplifiers, pairs: pl.DataFrame, asked: Mask) -> Floats:
    """Return the mean part of mutual amplifiers that the amplifiers of those asked for have."""
    around = np.zeros(len(asked))
    for from_, to in _behind(pairs, asked):
        np.add.at(around, to, seen.mutual[from_] / np.maximum(seen.count[from_], 1))
    around /= np.maximum(seen.count, 1)
    return around


def _expected(seen: Amplifiers, pairs: pl.DataFrame, asked: Mask) -> Floats:
    """Return how many amplifiers of those asked for would usually be alive; 0 for the others."""
    expected = np.zeros(len(asked))
    for from_, to in _behind(pairs, asked):
        np.add.at(expected, to, seen.usual[seen.busy[from_]])
    return expected


def _too_few(found: Counts, expected: Floats, count: Counts, surprise: float) -> Mask:
    """Tell where so few or fewer of a count are found with a chance as small as ``surprise`` asks.

    The chance is at most exp(-n·KL(found/n ‖ expected/n)) (Chernoff, 1952; that the chances differ
    from one to another makes it smaller: Hoeffding, 1956). It is exact where none is found, while
    standard deviations tell little where few are expected.
    """
    n = np.maximum(count, 1).astype(np.float64)
    is_, was = found / n, np.clip(expected / n, 1e-12, 1 - 1e-12)
    other = np.maximum(1 - is_, 0)
    apart = np.where(is_ > 0, is_ * np.log(np.maximum(is_, 1e-300) / was), 0.0)
    apart += np.where(other > 0, other * np.log(np.maximum(other, 1e-300) / (1 - was)), 0.0)
    least = -math.log(math.erfc(surprise / math.sqrt(2)) / 2) if surprise > 0 else 0.0
    few: Mask = (is_ < was) & (n * apart >= least)
    return few


def _behind(pairs: pl.DataFrame, asked: Mask) -> Iterator[tuple[Codes, Codes]]:
    """Yield who acts on those asked for, and on whom, some at a time."""
    if not asked.any():
        return
    from_, to = pairs["from"].to_numpy(), pairs["to"].to_numpy()
    for block in blocks(len(to)):
        rows = np.flatnonzero(asked[to[block]])
        yield from_[block][rows], to[block][rows]


def _usual(part: Counts, count: Counts, suspects: Mask) -> float:
    """Return the part that is usual among those not suspected, where these are the majority."""
    others = (count > 0) & ~suspects
    if others.sum() < suspects.sum():
        others = count > 0
    return float(part[others].sum() / max(1, count[others].sum()))


def _usually_alive(
    count: Counts, targets: Counts, busy: npt.NDArray[np.uint8], behind: Mask
) -> Floats:
    """Return the part of accounts that anyone acts on, by how many they act on themselves.

    Accounts ``behind`` a reach that is in doubt are left out, unless no others are as busy.
    """
    chances = []
    for among in ((targets > 0) & ~behind, targets > 0):
        everyone = np.bincount(busy[among], minlength=_BUCKETS)
        chances.append((np.bincount(busy[among & (count > 0)], minlength=_BUCKETS), everyone))
    (alive, free), (all_alive, everyone) = chances
    trusted = free >= _ENOUGH
    return np.where(trusted, alive, all_alive) / np.maximum(np.where(trusted, free, everyone), 1)


def _bucket(targets: Counts) -> npt.NDArray[np.uint8]:
    """Return 0 for one target or none, 1 for two to three, 2 for four to seven …"""
    steps = 2 ** np.arange(1, _BUCKETS)
    return np.searchsorted(steps, np.arange(_MOST_TOLD), side="right").astype(np.uint8)[
        np.minimum(targets, _MOST_TOLD - 1)
    ]


def _keep_surprising(
    suspects: Mask, found: Counts, count: Counts, usual: float, limits: Thresholds
) -> None:
    """Clear the suspects of whom not enough standard deviations more are found than usual."""
    rows = np.flatnonzero(suspects)
    some, of = found[rows], count[rows]
    spread = np.sqrt(np.maximum(of * usual * (1 - usual), 1e-9))
    suspects[rows] = (some - of * usual) / spread >= limits.surprise
