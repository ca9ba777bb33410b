"""The prior of a platform: what posts of many accounts there have in common."""

from typing import Any, Self

import numpy as np
import polars as pl
from scipy.sparse import csr_matrix, hstack
from sklearn.base import BaseEstimator, RegressorMixin
from sklearn.linear_model import Ridge
from sklearn.utils.validation import check_is_fitted

from .feature_frame import measure_names, measures_of, texts_of
from .linear_scores import LinearScores, MeasureScores, TermScores, measure_scales, scaled
from .text_counts import TextCounts, count_texts
from .text_weights import Numbers, idf_table, weighted_terms


class PooledRanker(RegressorMixin, BaseEstimator):  # type: ignore[misc]
    """Ridge regression on words, word pairs and measures of the posts of many accounts.

    Targets are compared with each account's own usual already, so that accounts need no term.

    Parameters
    ----------
    alpha
        The penalty.
    measures_weight
        Weight of the measures beside that of the words.
    window
        How many of the newest posts are learned from.
    """

    def __init__(
        self, alpha: float = 3.0, measures_weight: float = 0.05, window: int = 20_000
    ) -> None:
        self.alpha = alpha
        self.measures_weight = measures_weight
        self.window = window

    def fit(self, X: pl.DataFrame, y: Any) -> Self:  # noqa: N803
        """Learn from posts in ascending order of time; columns as in `Ranker.fit`."""
        posts = X.tail(self.window)
        counts = count_texts(texts_of(posts), letters=False)
        names = measure_names(posts)
        return self.fit_counts(counts, measures_of(posts, names), names, y)

    def fit_counts(
        self, counts: TextCounts, measures: Numbers, names: tuple[str, ...], y: Any
    ) -> Self:
        """Learn from texts that are counted already; the measures have the columns ``names``."""
        targets = np.asarray(y, dtype=np.float64)[-counts.texts :]
        idf = idf_table(counts.terms)
        terms = weighted_terms(counts.terms, idf.dense())[:, idf.columns]
        root = np.sqrt(self.measures_weight)
        scales = MeasureScores(names, *measure_scales(measures), np.zeros(len(names)))
        dense = csr_matrix(scaled(scales, measures) * root)
        intercept = float(targets.mean())
        ridge = Ridge(alpha=self.alpha, fit_intercept=False, solver="sparse_cg", tol=1e-4)
        ridge.fit(hstack([terms, dense], format="csr"), targets - intercept)
        split = idf.columns.size
        self.scores_ = LinearScores(
            TermScores(idf, ridge.coef_[:split].astype(np.float32)),
            None,
            MeasureScores(names, scales.means, scales.spreads, ridge.coef_[split:] * root),
            intercept,
        )
        self.n_features_in_ = len(names) + 1
        return self

    def predict(self, X: pl.DataFrame) -> Numbers:  # noqa: N803
        """Return a score a post."""
        check_is_fitted(self, "scores_")
        counts = count_texts(texts_of(X), letters=False)
        return self.scores_.score(counts, measures_of(X, self.scores_.measures.names))
