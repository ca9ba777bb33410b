"""How well an order agrees with what happened, within one backlog."""

import numpy as np
from numpy.typing import NDArray

from .text_weights import Numbers

METRICS = ("spearman", "ndcg_at_10", "precision_at_10", "lift_at_10", "pairwise")
"""Names of what `measure_order` returns, in order; ``_at_10`` of the last two: the best tenth."""

_PLACES = 10
_SHARE = 0.1


def measure_order(targets: Numbers, engagement: Numbers, scores: Numbers) -> Numbers:
    """Return `METRICS` of the order by descending ``scores``; two posts or more."""
    return np.array(
        [
            spearman(targets, scores),
            ndcg(targets, scores),
            precision(targets, scores),
            lift(engagement, scores),
            pairwise_accuracy(targets, scores),
        ]
    )


def spearman(targets: Numbers, scores: Numbers) -> float:
    """Return the correlation of the ranks, ties at their mean; 0 where either is constant."""
    ranks, other = _ranks(targets), _ranks(scores)
    ranks, other = ranks - ranks.mean(), other - other.mean()
    spread = np.sqrt((ranks @ ranks) * (other @ other))
    return float(ranks @ other / spread) if spread > 0 else 0.0


def _ranks(values: Numbers) -> Numbers:
    from scipy.stats import rankdata  # takes longer to load than a model to score

    return np.asarray(rankdata(values))


def ndcg(targets: Numbers, scores: Numbers) -> float:
    """Return NDCG@10 (Järvelin & Kekäläinen 2002), gain 2^q - 1 with q the fifth, 0 to 4."""
    fifths = np.minimum(4, (5 * (_ranks(targets) - 0.5) / targets.size).astype(np.int64))
    gains = 2.0**fifths - 1
    places = min(_PLACES, targets.size)
    discounts = 1 / np.log2(np.arange(2, places + 2))
    best = np.sort(gains)[::-1][:places] @ discounts
    return float(gains[first(scores, places)] @ discounts / best) if best > 0 else 0.0


def precision(targets: Numbers, scores: Numbers) -> float:
    """Return how much of the chosen tenth is in the best tenth."""
    size = _tenth(targets.size)
    chosen = np.isin(first(scores, size), first(targets, size))
    return float(chosen.mean())


def lift(engagement: Numbers, scores: Numbers) -> float:
    """Return the mean engagement of the chosen tenth over that of all, cut at the 99th percentile.

    1 where nothing got any engagement.
    """
    cut = np.minimum(engagement, np.quantile(engagement, 0.99))
    mean = cut.mean()
    return float(cut[first(scores, _tenth(cut.size))].mean() / mean) if mean > 0 else 1.0


def pairwise_accuracy(targets: Numbers, scores: Numbers) -> float:
    """Return the share of pairs in the right order, tied scores half; 0.5 where all are tied."""
    differ = np.sign(targets[:, None] - targets)
    said = np.sign(scores[:, None] - scores)
    pairs = np.count_nonzero(differ)
    return float(0.5 + (differ * said).sum() / (2 * pairs)) if pairs else 0.5


def first(scores: Numbers, size: int) -> NDArray[np.int64]:
    """Return the places of the ``size`` highest scores; of tied ones the earlier."""
    return np.argsort(-scores, kind="stable")[:size]


def _tenth(size: int) -> int:
    return max(1, round(size * _SHARE))
