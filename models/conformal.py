"""Bands and ties from held-out errors, by split conformal prediction (Vovk et al. 2005, ch. 2).

Nothing is promised in numbers of reactions: an interval is about four and a half times up or
down. What an interval does carry is whether a post does better than the account's usual.
"""

from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from .text_weights import Numbers

LIKELY, VERY_LIKELY, APART = 2 / 3, 0.8, 0.6
BANDS = ("top", "high", "middle", "low", "bottom")
"""``top``: four chances in five to do better than usual; ``high``: two in three; ``low`` and
``bottom``: the same to do worse; ``middle``: neither."""


@dataclass(frozen=True)
class Margins:
    """How far a score must be above or below 0 for each band, and two scores apart."""

    top: float
    high: float
    low: float
    bottom: float
    tie: float

    def plain(self) -> dict[str, float]:
        """Return the margins by name."""
        return asdict(self)


def margins(targets: Numbers, scores: Numbers) -> Margins:
    """Return the margins that the errors of held-out ``scores`` call for.

    Scores of a ridge regression are drawn together: they are stretched by the line through the
    held-out posts first. Where that line does not rise, no score is far enough.
    """
    rise, level = _line(targets, scores)
    if rise <= 0:
        return Margins(*[float("inf")] * 5)
    errors = level + rise * scores - targets
    pairs = np.abs(errors[:, None] - errors)[np.triu_indices(errors.size, 1)]
    either = np.concatenate([-pairs, pairs]) if pairs.size else np.zeros(1)
    return Margins(
        top=(quantile(errors, VERY_LIKELY) - level) / rise,
        high=(quantile(errors, LIKELY) - level) / rise,
        low=(quantile(-errors, LIKELY) + level) / rise,
        bottom=(quantile(-errors, VERY_LIKELY) + level) / rise,
        tie=max(0.0, float(np.quantile(either, APART))) / rise,
    )


def _line(targets: Numbers, scores: Numbers) -> tuple[float, float]:
    """Return slope and level of the least-squares line of targets over scores."""
    apart = scores - scores.mean()
    spread = float(apart @ apart)
    if spread < 1e-12:
        return 0.0, float(targets.mean())
    rise = float(apart @ targets) / spread
    return rise, float(targets.mean() - rise * scores.mean())


def quantile(errors: Numbers, level: float) -> float:
    """Return the value that a further error stays under with probability ``level`` or more.

    Infinite where there are too few errors to say so.
    """
    place = int(np.ceil((errors.size + 1) * level))
    return float(np.sort(errors)[place - 1]) if place <= errors.size else float("inf")


def bands(scores: Numbers, limits: Margins) -> list[str]:
    """Return the band of each score."""
    return [_band(score, limits) for score in scores.tolist()]


def tied_ranks(ordered: Numbers, tie: float) -> NDArray[np.int64]:
    """Return, for scores in descending order, which group each is in, counted from 0.

    A group begins where a score is more than ``tie`` below the first of the group before.
    """
    groups = np.zeros(ordered.size, np.int64)
    begin = 0
    for place in range(1, ordered.size):
        apart = ordered[begin] - ordered[place] > tie
        groups[place] = groups[place - 1] + apart
        begin = place if apart else begin
    return groups


def _band(score: float, limits: Margins) -> str:
    if score > limits.top:
        return "top"
    if score > limits.high:
        return "high"
    if -score > limits.bottom:
        return "bottom"
    return "low" if -score > limits.low else "middle"
