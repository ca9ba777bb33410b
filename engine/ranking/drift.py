"""Whether today's posts and outcomes are still those that a model was trained on.

The population stability index (Siddiqi 2006, Credit Risk Scorecards) compares the shares of the
training bins: Σ (now - then) · ln(now / then). Under .1 nothing moved, over .25 much did. A small
sample shows as much by chance, so what chance explains (Yurdakul 2018: chi-squared with bins - 1
degrees of freedom, times 1/n + 1/m) is not counted.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import polars as pl

from ..content.schema import OUTCOMES

MODERATE, LARGE = 0.1, 0.25
BINS = 10
FEWEST = 30
OTHER_LEVEL = 2.0
"""The factor between typical outcomes, then and now, from which they count as another metric."""
MOST = 0.5
REFIT_DAYS = 7
"""Skill decays within two months; refitting weekly was the largest gain measured."""
_SMALLEST = 1e-4
_Z95 = 1.645


@dataclass(frozen=True)
class Shape:
    """How a feature was spread over the training posts; small enough to keep with a model.

    ``edges`` (ascending) part the values into bins, a value on an edge into the lower one;
    ``shares`` are those of the bins, the last that of posts where it was not known.
    """

    name: str
    edges: tuple[float, ...]
    shares: tuple[float, ...]
    posts: int


@dataclass(frozen=True)
class Drift:
    """How far a feature has moved: ``psi``, what chance alone explains, and ``level``: none,
    moderate or large."""

    name: str
    psi: float
    by_chance: float
    level: str


@dataclass(frozen=True)
class Metric:
    """An outcome over some posts: the share of posts where it is known, and the median there
    (null where it never is)."""

    name: str
    known: float
    median: float | None
    posts: int


@dataclass(frozen=True)
class MetricChange:
    """An outcome that is not what it was, and how."""

    name: str
    found: str


@dataclass(frozen=True)
class Verdict:
    """Whether to refit, and why."""

    refit: bool
    reasons: tuple[str, ...]


def feature_shapes(features: pl.DataFrame) -> tuple[Shape, ...]:
    """Return the shape of each number or Boolean column, in the order of the columns."""
    return tuple(
        _shape(column) for column in features if column.dtype.is_numeric() or _is_flag(column)
    )


def feature_drift(shapes: Iterable[Shape], features: pl.DataFrame) -> tuple[Drift, ...]:
    """Return the drift of each feature against its shape in training, the largest first.

    Fewer than `FEWEST` posts show nothing. A feature that is missing now counts as not known.
    """
    if features.height < FEWEST:
        return ()
    found = [_drift(shape, features) for shape in shapes]
    return tuple(sorted(found, key=lambda one: (-one.psi, one.name)))


def metrics_of(posts: pl.DataFrame) -> tuple[Metric, ...]:
    """Return what is known of each outcome column of a posts frame."""
    return tuple(_metric(posts[name]) for name in OUTCOMES if name in posts.columns)


def metric_changes(then: Iterable[Metric], now: Iterable[Metric]) -> tuple[MetricChange, ...]:
    """Return the outcomes that came, went, or are counted in another way.

    A platform that renames or redefines a metric shows as a level at least `OTHER_LEVEL` times
    higher or lower, or as known for another half of the posts.
    """
    before = {metric.name: metric for metric in then}
    changes = []
    for metric in now:
        old = before.get(metric.name)
        if old is None or min(old.posts, metric.posts) < FEWEST:
            continue
        found = _changed(old, metric)
        if found:
            changes.append(MetricChange(metric.name, found))
    return tuple(changes)


def refit_verdict(
    drifts: Iterable[Drift],
    changes: Iterable[MetricChange],
    *,
    days_since_training: float,
    new_posts: int,
) -> Verdict:
    """Return whether to refit.

    Parameters
    ----------
    days_since_training
        From the newest post trained on to the newest there is.
    new_posts
        Mature posts that were not trained on; without any there is nothing to refit on.
    """
    reasons = [f"{change.name} {change.found}" for change in changes]
    large = [drift for drift in drifts if drift.level == "large"]
    reasons += [f"{drift.name} has moved (PSI {drift.psi:.2f})" for drift in large]
    if days_since_training > REFIT_DAYS:
        reasons.append(f"the newest post trained on is {days_since_training:.0f} days old")
    if new_posts == 0:
        return Verdict(False, (*reasons, "no new post to learn from"))
    return Verdict(bool(reasons), tuple(reasons))


def plain(shapes: Iterable[Shape], metrics: Iterable[Metric]) -> dict[str, list[dict[str, Any]]]:
    """Return shapes and metrics as JSON knows them, to be kept with a model."""
    return {
        "features": [asdict(one) for one in shapes],
        "metrics": [asdict(one) for one in metrics],
    }


def from_plain(
    data: Mapping[str, Iterable[Mapping[str, Any]]],
) -> tuple[tuple[Shape, ...], tuple[Metric, ...]]:
    """Return shapes and metrics from what `plain` gave."""
    shapes = tuple(
        Shape(one["name"], tuple(one["edges"]), tuple(one["shares"]), one["posts"])
        for one in data["features"]
    )
    return shapes, tuple(Metric(**one) for one in data["metrics"])


def _is_flag(column: pl.Series) -> bool:
    return column.dtype == pl.Boolean


def _values(column: pl.Series) -> tuple[np.ndarray[Any, np.dtype[np.float64]], int]:
    """Return the known values and the number of those that are not."""
    known = column.cast(pl.Float64).fill_nan(None).drop_nulls().to_numpy()
    return known, column.len() - known.size


def _shape(column: pl.Series) -> Shape:
    known, unknown = _values(column)
    distinct = np.unique(known)
    if distinct.size <= BINS:
        edges = distinct[:-1]
    else:
        quantiles = np.quantile(known, np.linspace(0, 1, BINS + 1)[1:-1])
        edges = np.unique(quantiles[quantiles < distinct[-1]])
    counts = _counted(known, edges, unknown)
    shares = counts / max(1, column.len())
    return Shape(column.name, tuple(edges.tolist()), tuple(shares.tolist()), column.len())


def _counted(known: Any, edges: Any, unknown: int) -> Any:
    places = np.searchsorted(np.asarray(edges, dtype=float), known, side="left")
    return np.append(np.bincount(places, minlength=len(edges) + 1), unknown).astype(float)


def _drift(shape: Shape, features: pl.DataFrame) -> Drift:
    missing = shape.name not in features.columns
    column = (
        pl.Series(shape.name, [None] * features.height, dtype=pl.Float64)
        if missing
        else features[shape.name]
    )
    known, unknown = _values(column)
    now = _counted(known, shape.edges, unknown) / features.height
    then = np.asarray(shape.shares)
    used = (now > 0) | (then > 0)
    low = [np.maximum(shares[used], _SMALLEST) for shares in (now, then)]
    psi = float(np.sum((low[0] - low[1]) * np.log(low[0] / low[1])))
    freedom = int(used.sum()) - 1
    chance = _chi_squared_95(freedom) * (1 / max(1, shape.posts) + 1 / features.height)
    return Drift(shape.name, psi, chance, _level(psi, chance))


def _level(psi: float, chance: float) -> str:
    if psi <= max(MODERATE, chance):
        return "none"
    return "large" if psi > max(LARGE, chance) else "moderate"


def _chi_squared_95(freedom: int) -> float:
    """Return the 95 % quantile (Wilson & Hilferty 1931); 0 without a degree of freedom."""
    if freedom < 1:
        return 0.0
    part = 2 / (9 * freedom)
    return float(freedom * (1 - part + _Z95 * math.sqrt(part)) ** 3)


def _metric(column: pl.Series) -> Metric:
    known = column.drop_nulls()
    count = max(1, column.len())
    median = None if known.is_empty() else float(np.median(known.to_numpy()))
    return Metric(column.name, known.len() / count, median, column.len())


def _changed(old: Metric, new: Metric) -> str:
    if old.known > MOST > new.known:
        return f"is known for {new.known:.0%} of the posts; it was for {old.known:.0%}"
    if new.known > MOST > old.known:
        return f"is new: known for {new.known:.0%} of the posts, before {old.known:.0%}"
    if old.median is None or new.median is None:
        return ""
    ratio = (1 + new.median) / (1 + old.median)
    if not 1 / OTHER_LEVEL < ratio < OTHER_LEVEL:
        return f"has a median of {new.median:g}; it was {old.median:g}"
    return ""
