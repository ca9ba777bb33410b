"""Splits by time only: a random split of posts promises half as much again as it holds."""

import numpy as np
from numpy.typing import NDArray

from .text_weights import Numbers

TEST_SHARE = 0.2
HELD_OUT_SHARE = 0.3
"""Of an account's posts, the newest that its own model is tried on."""
BLOCK = 100
MATURE_DAYS = 2.0


def train_size(posts: int, test_share: float = TEST_SHARE) -> int:
    """Return how many of the oldest posts are for training."""
    return int(posts * (1 - test_share) + 1e-9)


def held_out_size(posts: int) -> int:
    """Return how many of an account's newest posts its model is tried on."""
    return max(2, round(posts * HELD_OUT_SHARE))


def blocks(start: int, stop: int, size: int = BLOCK) -> list[NDArray[np.int64]]:
    """Return the posts from ``start`` to ``stop`` as consecutive backlogs of about ``size``."""
    count = max(1, round((stop - start) / size))
    return [part for part in np.array_split(np.arange(start, stop), count) if part.size > 1]


def mature_before(days: Numbers, block: NDArray[np.int64]) -> int:
    """Return how many of the oldest posts are 48 hours old when ``block`` begins."""
    return int(np.searchsorted(days[: block[0]], days[block[0]] - MATURE_DAYS, side="right"))
