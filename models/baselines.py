"""What a ranker is compared with: orders that need no model, and a handcrafted linear one."""

from typing import Any, Self

import numpy as np
import polars as pl
from sklearn.base import BaseEstimator, RegressorMixin
from sklearn.linear_model import Ridge
from sklearn.utils.validation import check_is_fitted

from .feature_frame import measure_names, measures_of
from .linear_scores import MeasureScores, measure_scales, scaled
from .text_weights import Numbers
from .type_means import TYPE, type_scores


class RandomOrder(RegressorMixin, BaseEstimator):  # type: ignore[misc]
    """Draws scores."""

    def __init__(self, seed: int = 0) -> None:
        self.seed = seed

    def fit(self, X: pl.DataFrame, y: Any) -> Self:  # noqa: N803
        """Learn nothing."""
        self.n_features_in_ = X.width
        return self

    def predict(self, X: pl.DataFrame) -> Numbers:  # noqa: N803
        """Return uniform numbers."""
        return np.random.default_rng(self.seed).random(X.height)


class OldestFirst(RegressorMixin, BaseEstimator):  # type: ignore[misc]
    """Keeps the order of time, the rows' own."""

    def fit(self, X: pl.DataFrame, y: Any) -> Self:  # noqa: N803
        """Learn nothing."""
        self.n_features_in_ = X.width
        return self

    def predict(self, X: pl.DataFrame) -> Numbers:  # noqa: N803
        """Return descending numbers."""
        return -np.arange(X.height, dtype=np.float64)


class Longest(OldestFirst):
    """Puts the longest text first."""

    def predict(self, X: pl.DataFrame) -> Numbers:  # noqa: N803
        """Return the number of characters."""
        return X["text"].fill_null("").str.len_chars().to_numpy().astype(np.float64)


class TypeMean(RegressorMixin, BaseEstimator):  # type: ignore[misc]
    """Scores a post by the mean target of its type, drawn towards the mean of all.

    The types are the columns ``type.…``, 1 in the post's own.
    """

    def __init__(self, shrinkage: float = 10.0) -> None:
        self.shrinkage = shrinkage

    def fit(self, X: pl.DataFrame, y: Any) -> Self:  # noqa: N803
        """Learn the means."""
        targets = np.asarray(y, dtype=np.float64)
        self.names_ = tuple(name for name in X.columns if name.startswith(TYPE))
        kinds = np.nan_to_num(measures_of(X, self.names_))
        self.mean_ = float(targets.mean())
        sums = kinds.T @ (targets - self.mean_)
        self.effects_ = sums / (kinds.sum(axis=0) + self.shrinkage)
        self.n_features_in_ = X.width
        return self

    def predict(self, X: pl.DataFrame) -> Numbers:  # noqa: N803
        """Return the mean of each post's type."""
        check_is_fitted(self, "effects_")
        return self.mean_ + type_scores(X, self.names_, self.effects_)


class MeasuresRidge(RegressorMixin, BaseEstimator):  # type: ignore[misc]
    """Ridge regression on the measures alone: the handcrafted linear model."""

    def __init__(self, alpha: float = 1.0, window: int = 2000) -> None:
        self.alpha = alpha
        self.window = window

    def fit(self, X: pl.DataFrame, y: Any) -> Self:  # noqa: N803
        """Learn a coefficient a measure."""
        posts = X.tail(self.window)
        names = measure_names(posts)
        measures = measures_of(posts, names)
        self.scales_ = MeasureScores(names, *measure_scales(measures), np.zeros(len(names)))
        self.mean_ = float(np.mean(np.asarray(y)[-self.window :]))
        self.ridge_ = Ridge(alpha=self.alpha) if names else None
        if self.ridge_ is not None:
            self.ridge_.fit(scaled(self.scales_, measures), np.asarray(y)[-self.window :])
        self.n_features_in_ = X.width
        return self

    def predict(self, X: pl.DataFrame) -> Numbers:  # noqa: N803
        """Return a score a post."""
        check_is_fitted(self, "ridge_")
        if self.ridge_ is None:
            return np.full(X.height, self.mean_)
        measures = measures_of(X, self.scales_.names)
        return np.asarray(self.ridge_.predict(scaled(self.scales_, measures)))
