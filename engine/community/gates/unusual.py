"""What is usual in a community, and what differs from it beyond chance.

Each test compares a person's amplifiers with what is usual in this very community, so that one
where nearly all is mutual, or where most act once, holds nobody back for being like it. A person
is held back when the part is large *and* its distance from the usual is beyond chance.
"""

import math

import numpy as np

from ...settings_gates import Thresholds
from ..arrays import Counts, Floats, Mask


def usual_part(part: Counts, count: Counts, suspects: Mask) -> float:
    """Return the part that is usual among those not suspected, where these are the majority."""
    others = (count > 0) & ~suspects
    if others.sum() < suspects.sum():
        others = count > 0
    return float(part[others].sum() / max(1, count[others].sum()))


def keep_surprising(
    suspects: Mask, found: Counts, count: Counts, usual: float, limits: Thresholds
) -> None:
    """Clear the suspects of whom not enough standard deviations more are found than usual."""
    rows = np.flatnonzero(suspects)
    some, of = found[rows], count[rows]
    spread = np.sqrt(np.maximum(of * usual * (1 - usual), 1e-9))
    suspects[rows] = (some - of * usual) / spread >= limits.surprise


def too_few(found: Counts, expected: Floats, count: Counts, surprise: float) -> Mask:
    """Tell where so few or fewer of a count are found with a chance as small as ``surprise`` asks.

    The chance is at most exp(-n·KL(found/n ‖ expected/n)) (Chernoff, 1952; that the chances differ
    from one to another makes it smaller: Hoeffding, 1956). It is exact where none is found, while
    standard deviations tell little where few are expected.
    """
    few: Mask = (found < expected) & _far(found, expected, count, surprise)
    return few


def too_many(found: Counts, expected: Floats, count: Counts, surprise: float) -> Mask:
    """Tell where so many or more of a count are found with a chance as small; see `too_few`."""
    many: Mask = (found > expected) & _far(found, expected, count, surprise)
    return many


def _far(found: Counts, expected: Floats, count: Counts, surprise: float) -> Mask:
    """Tell where what is found of a count is as far from what is expected as ``surprise`` asks."""
    n = np.maximum(count, 1).astype(np.float64)
    is_, was = found / n, np.clip(expected / n, 1e-12, 1 - 1e-12)
    other = np.maximum(1 - is_, 0)
    apart = np.where(is_ > 0, is_ * np.log(np.maximum(is_, 1e-300) / was), 0.0)
    apart += np.where(other > 0, other * np.log(np.maximum(other, 1e-300) / (1 - was)), 0.0)
    least = -math.log(math.erfc(surprise / math.sqrt(2)) / 2) if surprise > 0 else 0.0
    far: Mask = n * apart >= least
    return far
