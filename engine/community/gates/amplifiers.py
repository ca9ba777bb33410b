"""Who is behind the reach of each person: how many, and what these accounts do else."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from ..arrays import BLOCK, Counts, Floats, Mask, blocks
from ..hash_codes import Codes

_BUCKETS = 16
_MANY, _HARDLY = 10, 0.05
_ENOUGH = 10
_FIRST, _SECOND = np.uint64(1), np.uint64(1 << 32)
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


def behind(pairs: pl.DataFrame, asked: Mask) -> Iterator[tuple[Codes, Codes]]:
    """Yield who acts on those asked for, and on whom, some at a time."""
    if not asked.any():
        return
    from_, to = pairs["from"].to_numpy(), pairs["to"].to_numpy()
    for block in blocks(len(to)):
        rows = np.flatnonzero(asked[to[block]])
        yield from_[block][rows], to[block][rows]


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
