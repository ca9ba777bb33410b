"""What counts as engagement: weighted sums of the outcomes of a post."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import polars as pl

from ..content.safe_yaml import load_yaml
from ..errors import HistoryError

KINDS: dict[str, tuple[str, ...]] = {
    "reactions": ("reactions", "likes"),
    "comments": ("comments", "replies"),
    "shares": ("shares", "reposts"),
}
"""Kind of outcome → its columns. Reactions hold the likes, so that only one of the two counts."""

Weights = str | Mapping[str, float]


def engagement(weights: Weights = "all") -> pl.Expr:
    """Return the engagement of each post, Float64; null where no column of the kinds is known.

    Parameters
    ----------
    weights
        A name of ``engagement.yaml``, or a weight, at least 0, by kind of `KINDS`.

    Raises
    ------
    HistoryError
        An unknown name or kind, or weights that are no numbers above 0.
    """
    chosen = weights_of(weights)
    parts = [_count(kind) * weight for kind, weight in chosen.items() if weight > 0]
    known = pl.any_horizontal(part.is_not_null() for part in parts)
    return pl.when(known).then(pl.sum_horizontal(parts)).cast(pl.Float64)


def engagement_columns(weights: Weights = "all") -> tuple[str, ...]:
    """Return the outcome columns that `engagement` looks at."""
    chosen = weights_of(weights)
    return tuple(name for kind, weight in chosen.items() if weight > 0 for name in KINDS[kind])


def weights_of(weights: Weights) -> Mapping[str, float]:
    """Return the weights by kind, checked."""
    known = named_weights()
    if isinstance(weights, str):
        if weights not in known:
            allowed = ", ".join(known)
            raise HistoryError(f"weights {weights!r}: no such name; allowed: {allowed}")
        return known[weights]
    return _checked(weights, "weights")


@cache
def named_weights() -> Mapping[str, Mapping[str, float]]:
    """Return the weightings that have a name."""
    path = Path(__file__).with_name("engagement.yaml")
    read = load_yaml(path.read_text(encoding="utf-8"))
    return {name: _checked(weights, f"{path.name}: {name}") for name, weights in read.items()}


def _checked(weights: Mapping[str, float], where: str) -> Mapping[str, float]:
    for kind, weight in weights.items():
        if kind not in KINDS:
            raise HistoryError(f"{where}: {kind!r} is no kind; allowed: {', '.join(KINDS)}")
        if isinstance(weight, bool) or not isinstance(weight, int | float) or not weight >= 0:
            raise HistoryError(f"{where}: {kind} is {weight!r}; allowed: a number, 0 or more")
    if not any(weights.values()):
        raise HistoryError(f"{where}: no kind has a weight above 0")
    return weights


def _count(kind: str) -> pl.Expr:
    columns = KINDS[kind]
    if kind == "reactions":
        return pl.coalesce(columns)
    known = pl.any_horizontal(pl.col(name).is_not_null() for name in columns)
    return pl.when(known).then(pl.sum_horizontal(columns))
