"""When to post: an effect of the hour plus one of the weekday, shrunk, and what it was worth.

Means of each hour of the week promise far more than they keep: they fit the noise of a few posts.
Two additive effects, drawn towards zero, keep about half of what they promise (measured on 60 news
pages: +18 % promised, +8 % kept).
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, RegressorMixin
from sklearn.utils.validation import check_is_fitted, validate_data

Floats = NDArray[np.float64]
_STEPS = 50
_BLOCKS = 5
_FIRST_SHARE = 0.5


class HourWeekdayRegressor(RegressorMixin, BaseEstimator):  # type: ignore[misc]
    """Additive effects of the columns of ``X``, whole numbers such as hour and weekday.

    Parameters
    ----------
    shrinkage : float, default 30
        The number of posts of no effect that each value is thought to have beside its own; at 30
        an hour with 30 posts keeps half of what they show.

    Attributes
    ----------
    mean_ : float
        The mean of ``y``.
    effects_ : list of dict
        For each column, the effect by value; a value not met has none.
    """

    def __init__(self, shrinkage: float = 30.0) -> None:
        self.shrinkage = shrinkage

    def fit(self, X: ArrayLike, y: ArrayLike) -> "HourWeekdayRegressor":  # noqa: N803
        """Fit by going round the columns, each on what the others leave, until nothing moves."""
        if not self.shrinkage >= 0:
            raise ValueError(f"shrinkage is {self.shrinkage!r}; allowed: 0 or more")
        columns, target = validate_data(self, X, y, y_numeric=True)
        self.mean_ = float(np.mean(target))
        rest = np.asarray(target, dtype=float) - self.mean_
        codes = [np.unique(column, return_inverse=True) for column in columns.T]
        effects = [np.zeros(len(values)) for values, _ in codes]
        for _ in range(_STEPS):
            before = [one.copy() for one in effects]
            for at, (values, places) in enumerate(codes):
                others = sum(
                    (effects[o][codes[o][1]] for o in range(len(codes)) if o != at),
                    np.zeros(len(rest)),
                )
                sums = np.bincount(places, rest - others, minlength=len(values))
                counts = np.bincount(places, minlength=len(values))
                effects[at] = sums / (counts + self.shrinkage)
            if max(np.abs(a - b).max() for a, b in zip(before, effects, strict=True)) < 1e-10:
                break
        self.effects_ = [
            dict(zip(values.tolist(), effect.tolist(), strict=True))
            for (values, _), effect in zip(codes, effects, strict=True)
        ]
        return self

    def predict(self, X: ArrayLike) -> Floats:  # noqa: N803
        """Return the mean plus the effects of each row."""
        check_is_fitted(self)
        columns = validate_data(self, X, reset=False)
        parts = [
            np.array([effect.get(value, 0.0) for value in column.tolist()])
            for column, effect in zip(columns.T, self.effects_, strict=True)
        ]
        return np.asarray(self.mean_ + np.sum(parts, axis=0), dtype=np.float64)

    def __sklearn_tags__(self) -> Any:
        """Say that few rows of any numbers are fitted badly: the effects are of whole values."""
        tags = super().__sklearn_tags__()
        tags.regressor_tags.poor_score = True
        return tags


@dataclass(frozen=True)
class Lift:
    """What the best slots got over all posts, as a share: .08 is 8 % more.

    ``promised`` on the posts learned from, ``kept`` on later ones with its interval from ``low``
    to ``high``; ``posts`` later posts were looked at, ``chosen`` of them stood in a best slot.
    All but the counts are None where nothing could be told.
    """

    promised: float | None
    kept: float | None
    low: float | None
    high: float | None
    posts: int
    chosen: int

    @property
    def proven(self) -> bool:
        """Whether the whole interval is above zero."""
        return self.low is not None and self.low > 0


def validated_lift(
    slots: Floats,
    target: Floats,
    days: NDArray[np.int64],
    *,
    shrinkage: float = 30.0,
    best_share: float = 0.2,
    resamples: int = 1000,
    seed: int = 0,
) -> Lift:
    """Return what the best slots were worth on posts later than those they were learned from.

    The newer half is cut into five blocks; each is judged by what is fitted on all before it. The
    best slots are those that sent ``best_share`` of the posts learned from, or the best one alone
    where it sent more.

    Parameters
    ----------
    slots : (posts, columns), whole numbers, in the order of time
    target : (posts,), log of the engagement against what is usual for the account
    days : (posts,), the day of each; the interval (95 %) resamples days, not posts
    """
    edges = np.linspace(len(target) * _FIRST_SHARE, len(target), _BLOCKS + 1).astype(int)
    chosen = np.zeros(len(target), dtype=bool)
    promised: list[float] = []
    for start, end in pairwise(edges.tolist()):
        if start < 2 or end <= start:
            continue
        best, gain = best_slots(
            slots[:start], target[:start], slots[start:end], shrinkage, best_share
        )
        chosen[start:end] = best
        promised += [] if gain is None else [gain]
    later = np.arange(len(target)) >= edges[0]
    kept = gain_of(target[later], chosen[later])
    low, high = _interval(target[later], chosen[later], days[later], resamples, seed)
    return Lift(
        promised=float(np.mean(promised)) if promised else None,
        kept=kept if low is not None else None,
        low=low,
        high=high,
        posts=int(later.sum()),
        chosen=int(chosen.sum()),
    )


def best_slots(
    slots: Floats, target: Floats, new: Floats, shrinkage: float = 30.0, best_share: float = 0.2
) -> tuple[NDArray[np.bool_], float | None]:
    """Return which new posts stand in a best slot, and what such slots got in the posts given.

    Where no slot is better than the mean, none is chosen and the gain is None.
    """
    model = HourWeekdayRegressor(shrinkage).fit(slots, target)
    fitted = model.predict(slots)
    least = _least_of_best(fitted, best_share)
    if least <= model.mean_:
        return np.zeros(len(new), dtype=bool), None
    gain = float(np.expm1(fitted[fitted >= least].mean() - model.mean_))
    return model.predict(new) >= least, gain


def _least_of_best(fitted: Floats, best_share: float) -> float:
    values, counts = np.unique(-fitted, return_counts=True)
    within = int(np.sum(np.cumsum(counts) <= best_share * len(fitted)))
    return float(-values[max(0, within - 1)])


def gain_of(target: Floats, chosen: NDArray[np.bool_]) -> float | None:
    """Return how much more the chosen posts got than all, as a share; None where none is."""
    if not chosen.any():
        return None
    return float(np.expm1(target[chosen].mean() - target.mean()))


def _interval(
    target: Floats, chosen: NDArray[np.bool_], days: NDArray[np.int64], resamples: int, seed: int
) -> tuple[float, float] | tuple[None, None]:
    """Return the 95 % interval of the gain; None with fewer than ten days of chosen posts."""
    _, places = np.unique(days, return_inverse=True)
    if len(np.unique(days[chosen])) < 10:
        return None, None
    sums = np.stack(
        [
            np.bincount(places, target),
            np.bincount(places),
            np.bincount(places, target * chosen),
            np.bincount(places, chosen),
        ]
    )
    rng = np.random.default_rng(seed)
    drawn = rng.integers(0, sums.shape[1], size=(resamples, sums.shape[1]))
    total, count, best, best_count = (row[drawn].sum(axis=1) for row in sums)
    some = best_count > 0
    gains = np.expm1(best[some] / best_count[some] - total[some] / count[some])
    low, high = np.quantile(gains, [0.025, 0.975])
    return float(low), float(high)
