"""How often a score puts the better of two first, on pairs it has not seen."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .bootstrap import DRAWS

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Accuracy:
    """A share of pairs that were right, its 95 % interval (null with fewer than two clusters)."""

    pairs: int
    share: float | None
    low: float | None
    high: float | None

    @property
    def better_than_chance(self) -> bool:
        """Whether the whole interval is above one half."""
        return self.low is not None and self.low > 0.5


@dataclass(frozen=True)
class HeldOutPairs:
    """Pairs that a score was tried on.

    ``gap`` is the difference of their scores, first less second, ``better`` the true one in any
    unit; ``cluster`` says which pairs are not independent, such as those of one test.
    ``significant`` are those whose true difference is no chance.
    """

    gap: Numbers
    better: Numbers
    cluster: NDArray[np.int64]
    significant: NDArray[np.bool_]

    def accuracy(self, chosen: ArrayLike | None = None, *, seed: int = 0) -> Accuracy:
        """Return the share that is right among those chosen: a tied score is half right.

        Pairs without a true difference are left out. The interval draws clusters, not pairs.
        """
        kept = self.better != 0
        if chosen is not None:
            kept &= np.asarray(chosen, dtype=bool)
        if not kept.any():
            return Accuracy(0, None, None, None)
        right = np.where(self.gap == 0, 0.5, (self.gap > 0) == (self.better > 0))[kept]
        _, places = np.unique(self.cluster[kept], return_inverse=True)
        sums, counts = np.bincount(places, right), np.bincount(places)
        share = float(right.mean())
        if len(sums) < 2:
            return Accuracy(int(kept.sum()), share, None, None)
        drawn = np.random.default_rng(seed).integers(0, len(sums), (DRAWS, len(sums)))
        shares = sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1)
        low, high = np.quantile(shares, [0.025, 0.975])
        return Accuracy(int(kept.sum()), share, float(low), float(high))

    def as_far_apart(self, gap: float, share: float = 0.25, fewest: int = 100) -> Accuracy:
        """Return the accuracy of the pairs nearest in gap: a ``share``, ``fewest`` at least."""
        distance = np.abs(np.abs(self.gap) - abs(gap))
        count = max(fewest, round(share * len(self.gap)))
        nearest = np.argsort(distance, kind="stable")[:count]
        chosen = np.zeros(len(self.gap), dtype=bool)
        chosen[nearest] = True
        return self.accuracy(chosen)
