"""Intervals of means over accounts."""

from typing import NamedTuple

import numpy as np

from .text_weights import Numbers

DRAWS = 2000
LEVEL = 0.95
FEWEST = 5
"""Values that an interval needs: resampling fewer repeats them, and looks surer than it is."""


class Interval(NamedTuple):
    """A mean and its interval; both ends are null with fewer than `FEWEST` values."""

    mean: float
    low: float | None
    high: float | None


def mean_interval(values: Numbers, *, seed: int = 0, level: float = LEVEL) -> Interval:
    """Return the mean and its percentile bootstrap interval (Efron 1979) over ``values``."""
    mean = float(np.mean(values))
    if values.size < FEWEST:
        return Interval(mean, None, None)
    drawn = np.random.default_rng(seed).integers(0, values.size, (DRAWS, values.size))
    low, high = np.quantile(values[drawn].mean(axis=1), [(1 - level) / 2, (1 + level) / 2])
    return Interval(mean, float(low), float(high))
