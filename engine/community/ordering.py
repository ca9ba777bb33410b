"""The order of numbers by sorting whole numbers, several times as fast as sorting places."""

import numpy as np
import numpy.typing as npt

from .arrays import Floats, blocks
from .hash_codes import Codes, Hashes

Places = npt.NDArray[np.int64]


def descending(values: Floats) -> Codes:
    """Return the places of values of 0 or more, the largest first, equal ones as they stand.

    Numbers of 0 or more are in the same order as their bits. The last bits give way to the place
    while these are sorted; where values differ in them alone, the order is put right after that.
    """
    bits = np.uint64(max(1, (len(values) - 1).bit_length()))
    low = (np.uint64(1) << bits) - np.uint64(1)
    packed: Hashes = (values + 0.0).view(np.uint64)
    for block in blocks(len(values)):
        some = ~packed[block] & ~low
        packed[block] = some | np.arange(block.start, block.stop, dtype=np.uint64)
    packed.sort()
    order = np.empty(len(values), dtype=np.uint32)
    for block in blocks(len(values)):
        order[block] = packed[block] & low
    wrong = _out_of_order(values, order)
    if len(wrong):
        packed >>= bits
        rows, run = _runs_around(packed, wrong)
        places = order[rows]
        order[rows] = places[np.lexsort((places, -values[places], run))]
    return order


def _out_of_order(values: Floats, order: Codes) -> Places:
    """Return the rows after which a larger value comes."""
    found = []
    for block in blocks(len(order)):
        ordered = values[order[block.start : block.stop + 1]]
        found.append(np.flatnonzero(ordered[1:] > ordered[:-1]) + block.start)
    return np.concatenate(found)


def _runs_around(ordered: Hashes, rows: Places) -> tuple[Places, Places]:
    """Return all rows that have the same number as one of these, and which run each is in."""
    firsts = np.unique(np.searchsorted(ordered, ordered[rows]))
    lengths = np.searchsorted(ordered, ordered[firsts], side="right") - firsts
    run = np.repeat(np.arange(len(firsts)), lengths)
    starts = np.cumsum(lengths) - lengths
    return np.arange(len(run)) - starts[run] + firsts[run], run
