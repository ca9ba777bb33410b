"""Reach that is not the community's: made accounts, and praise returned among few.

Each test compares a person's amplifiers with what is usual in this very community, so that one
where nearly all is mutual, or where most act once, holds nobody back for being like it. A person
is held back when the part is large *and* its distance from the usual is beyond chance.

Looking at who is behind an account's reach follows SybilRank (Cao et al., NSDI 2012) and TrueTop
(Zhang et al., arXiv:1504.04663, 2015): fakes are cheap to make, being acted on by others is not.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl

from ...settings_gates import Thresholds
from ..parts import Floats, Ints, Mask, summed

_BUCKETS = 16
_MANY, _HARDLY = 10, 0.05
_ENOUGH = 10


@dataclass(frozen=True)
class Amplifiers:
    """What is known of the accounts that act on each person; arrays over the codes of people.

    Attributes
    ----------
    count : distinct accounts
    mutual : of these, those that the person acts on, too
    mutual_around : mean part of mutual amplifiers that the amplifiers themselves have
    alone : of these, those that act on nobody else
    alive, expected, spread : those that others act on, too; how many are expected of accounts
        that act on as many people, and the standard deviation
    """

    count: Ints
    mutual: Ints
    mutual_around: Floats
    alone: Ints
    alive: Ints
    expected: Floats
    spread: Floats


def amplifiers_of(pairs: pl.DataFrame, people: int) -> Amplifiers:
    """Return who is behind the reach of each person."""
    from_, to = pairs["from"].to_numpy(), pairs["to"].to_numpy().astype(np.intp)
    mutual = pairs["mutual"].to_numpy()
    count, targets = np.bincount(to, minlength=people), np.bincount(from_, minlength=people)
    returned = np.bincount(to[mutual], minlength=people)
    around = summed(to, (returned / np.maximum(count, 1))[from_], people) / np.maximum(count, 1)
    # What is asked of each amplifier fits a byte, and small tables are fast to look up.
    bucket = _bucket(targets).astype(np.uint8)
    busy, acted_on = bucket[from_], np.minimum(count, 2).astype(np.uint8)[from_]
    alone = np.bincount(to[busy == 0], minlength=people)
    alive = np.bincount(to[acted_on > mutual], minlength=people)
    doubted = (alive <= _HARDLY * count) & (count >= _MANY)
    behind = np.zeros(people, dtype=bool)
    behind[from_[doubted[to]]] = True
    usual = _usually_alive(count, targets, behind)
    expected = summed(to, usual[busy], people)
    spread = np.sqrt(summed(to, (usual * (1 - usual))[busy], people))
    return Amplifiers(count, returned, around, alone, alive, expected, spread)


def rings(seen: Amplifiers, limits: Thresholds) -> dict[int, str]:
    """Return who is in a ring: nearly all reach is mutual, and so is that of the others."""
    count = np.maximum(seen.count, 1)
    enough = (seen.mutual >= limits.ring_members) & (seen.mutual / count >= limits.ring_share)
    found = enough & (seen.mutual_around >= limits.ring_share)
    usual = _usual(seen.mutual, seen.count, found)
    found &= _surprise(seen.mutual, seen.count, usual) >= limits.surprise
    return {
        int(person): (
            f"{seen.mutual[person]} of {seen.count[person]} people who act on theirs are acted on "
            f"in turn, and so it is around them ({usual:.0%} is usual here)"
        )
        for person in np.flatnonzero(found)
    }


def single_sources(seen: Amplifiers, limits: Thresholds) -> dict[int, str]:
    """Return whose reach looks made: accounts for this person only, or that nobody else knows."""
    count = np.maximum(seen.count, 1)
    judged = seen.count >= limits.source_accounts
    only = judged & (seen.alone / count >= limits.source_share)
    usual = _usual(seen.alone, seen.count, only)
    only &= _surprise(seen.alone, seen.count, usual) >= limits.surprise
    low = seen.alive <= limits.alive_share * seen.expected
    below = seen.expected - seen.alive >= limits.surprise * np.maximum(seen.spread, 1e-9)
    hollow = judged & low & below
    told = {
        int(person): (
            f"{seen.alive[person]} of {seen.count[person]} accounts that act on theirs are acted "
            f"on by anyone else, {seen.expected[person]:.0f} would be usual here"
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


def _usual(part: Ints, count: Ints, suspects: Mask) -> float:
    """Return the part that is usual among those not suspected, where these are the majority."""
    others = (count > 0) & ~suspects
    if others.sum() < suspects.sum():
        others = count > 0
    return float(part[others].sum() / max(1, count[others].sum()))


def _usually_alive(count: Ints, targets: Ints, behind: Mask) -> Floats:
    """Return the part of accounts that anyone acts on, by how many they act on themselves.

    Accounts ``behind`` a reach that is in doubt are left out, unless no others are as busy.
    """
    chances = []
    for among in ((targets > 0) & ~behind, targets > 0):
        bucket = _bucket(targets)[among]
        alive = summed(bucket, (count[among] > 0).astype(np.float64), _BUCKETS)
        chances.append((alive, np.bincount(bucket, minlength=_BUCKETS)))
    (alive, free), (all_alive, everyone) = chances
    trusted = free >= _ENOUGH
    return np.where(trusted, alive, all_alive) / np.maximum(np.where(trusted, free, everyone), 1)


def _bucket(targets: Ints) -> Ints:
    """Return 0 for one target, 1 for two to three, 2 for four to seven …"""
    return np.minimum(np.log2(np.maximum(targets, 1)).astype(np.int64), _BUCKETS - 1)


def _surprise(found: Ints, count: Ints, usual: float) -> Floats:
    """Return how many standard deviations more are found than usual."""
    spread = np.sqrt(np.maximum(count * usual * (1 - usual), 1e-9))
    surprise: Floats = (found - count * usual) / spread
    return surprise
