"""Acts with another on the same one close in time, found by sorting whole numbers."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from ..arrays import Mask, blocks, counted
from ..hash_codes import Hashes, Places

_SECOND = 1_000_000
PART_ROWS_BITS = 25
"""Of tables larger than this many bits count, a part of the people is looked at at a time."""


@dataclass(frozen=True)
class _Moments:
    """How the person acted on, the stretch of time and the row stand in one number."""

    oldest: int
    stretch: int
    bits: np.uint64
    row_bits: np.uint64

    @property
    def row(self) -> np.uint64:
        """The bits of the row."""
        return (np.uint64(1) << self.row_bits) - np.uint64(1)


def in_company(acts: pl.DataFrame, within: int, times: int) -> Places:
    """Return the acts that may have another on the same one within a time; the others have none.

    Only those are looked at who act so many ``times``. Sorting whole numbers is several times as
    fast as sorting rows: each is of the person acted on, the stretch of time, and the row. Where
    these need more than 64 bits, people share numbers.
    """
    oldest, newest = acts.select(first=pl.col("at").min(), last=pl.col("at").max()).row(0)
    if oldest is None:
        return np.empty(0, dtype=np.int64)
    stretch = max(_SECOND, within)
    time_bits = ((newest - oldest) // stretch + 2).bit_length()
    moments = _Moments(oldest, stretch, np.uint64(time_bits), np.uint64(acts.height.bit_length()))
    wanted, near = _looked_at(acts, times), np.zeros(acts.height, dtype=bool)
    room = np.empty(acts.height, dtype=np.uint64)
    bits = (acts.height >> PART_ROWS_BITS).bit_length()
    for part in range(1 << bits):
        packed = _packed(acts, wanted, moments, (part, (1 << bits) - 1), room)
        packed.sort()
        for block in blocks(len(packed)):
            some = packed[block.start : block.stop + 1]
            close = np.flatnonzero(np.diff(some >> moments.row_bits) <= 1)
            for one in (some[close], some[close + 1]):
                near[(one & moments.row).view(np.int64)] = True
    return np.flatnonzero(near)


def _looked_at(acts: pl.DataFrame, times: int) -> Mask:
    """Return the acts of those who act so many times, on somebody and at a time that are known."""
    by = acts["from"].to_numpy()
    often = counted(by, int(by.max()) + 1) >= times
    wanted = np.empty(acts.height, dtype=bool)
    for block in blocks(acts.height):
        wanted[block] = often[by[block]]
        for name in ("to", "at"):
            if acts[name].null_count():
                wanted[block] &= acts[name][block].is_not_null().to_numpy()
    return wanted


def _packed(
    acts: pl.DataFrame, wanted: Mask, moments: _Moments, part: tuple[int, int], room: Hashes
) -> Hashes:
    """Return the numbers of the acts ``wanted``, on a part of the people.

    ``part`` is the last bits of these, and a mask of those bits. The numbers stand in ``room``, of
    which as much is used as there are such acts.
    """
    done, (last, mask) = 0, part
    for block in blocks(acts.height):
        some = acts[block]
        to = some["to"].fill_null(0).to_numpy()
        rows = np.flatnonzero(wanted[block] & (to & np.uint32(mask) == last))
        keys = to[rows].astype(np.uint64)
        keys <<= moments.bits
        ages = some["at"].fill_null(0).to_numpy()[rows] - moments.oldest
        keys |= (ages // moments.stretch + 1).view(np.uint64)
        keys <<= moments.row_bits
        keys |= (rows + block.start).view(np.uint64)
        room[done : done + len(keys)] = keys
        done += len(keys)
    return room[:done]
