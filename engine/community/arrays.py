"""Long arrays: what they hold, and going through them so few at a time that these stay in cache."""

from collections.abc import Iterator
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import polars as pl

BLOCK = 1 << 18
Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int32]
Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


def blocks(rows: int) -> Iterator[slice]:
    """Yield slices that are all the rows together; one at least."""
    for start in range(0, max(rows, 1), BLOCK):
        yield slice(start, min(rows, start + BLOCK))


def counted(codes: npt.NDArray[Any], people: int) -> Counts:
    """Return how often each code is there; unlike `numpy.bincount`, without a copy of the codes."""
    counts, one = np.zeros(people, dtype=np.int32), np.ones(BLOCK, dtype=np.int32)
    for block in blocks(len(codes)):
        np.add.at(counts, codes[block], one[: block.stop - block.start])
    return counts


def summed(codes: npt.NDArray[Any], worth: Floats, people: int) -> Floats:
    """Return the sum of ``worth`` of each code."""
    return cast(Floats, np.bincount(codes, worth, people))


def rows_of(frame: pl.DataFrame, side: str, asked: Mask) -> pl.DataFrame:
    """Return the rows of those asked for; ``side`` is ``from`` or ``to``."""
    codes = frame[side].to_numpy()
    found = [np.flatnonzero(asked[codes[block]]) + block.start for block in blocks(len(codes))]
    return frame[np.concatenate(found)]
