"""The ranker: ridge regression with drifting coefficients on words, letters and measures."""

from typing import Any, Self

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.linalg import solve
from scipy.sparse import csr_matrix
from scipy.sparse.linalg import cg
from sklearn.base import BaseEstimator, RegressorMixin
from sklearn.utils.validation import check_is_fitted
from threadpoolctl import threadpool_limits

from .feature_frame import PRIOR, days_of, measure_names, measures_of, texts_of
from .gram import gram
from .linear_scores import LinearScores, MeasureScores, TermScores, measure_scales, scaled
from .text_counts import TextCounts, count_texts
from .text_weights import (
    IdfTable,
    Numbers,
    idf_table,
    letter_idf,
    weighted_letters,
    weighted_terms,
)


class Ranker(RegressorMixin, BaseEstimator):  # type: ignore[misc]
    """Scores posts of one account on one platform from its past posts.

    Each coefficient has a part that stays and a part that drifts as an Ornstein–Uhlenbeck
    process, so that two past posts teach about each other the less, the farther apart they are:
    the kernel ``k(x, x') · (1 + drift · exp(-|t - t'| / drift_days))``, solved as a Gaussian
    process is (Rasmussen & Williams 2006, ch. 2 and 4.2). Scores are for the time of the newest
    training post, where the whole comes down to one linear score.

    Parameters
    ----------
    letters
        Whether runs of 3 to 5 letters inside words count beside words and word pairs.
    drift
        Variance of the drifting part over that of the part that stays.
    drift_days
        Days after which a drifting part is forgotten to 1/e.
    measures_weight
        Weight of the measures beside that of the words.
    alpha
        Variance of the noise over that of the part that stays.
    window
        How many of the newest posts are learned from.

    Attributes
    ----------
    scores_ : `LinearScores`
    prior_slope_ : how much of the column ``prior`` is added
    past_terms_, past_ : the weighted terms of the posts learned from, and what each adds
    feature_names_in_, n_features_in_ : of X

    Examples
    --------
    >>> import polars as pl
    >>> past = pl.DataFrame({"text": ["new beans", "closed today"] * 3})
    >>> fitted = Ranker().fit(past, [1.0, -1.0] * 3)
    >>> new = pl.DataFrame({"text": ["closed tomorrow", "more beans"]})
    >>> fitted.predict(new).round(2).tolist()
    [-0.43, 0.47]
    """

    def __init__(
        self,
        letters: bool = True,
        drift: float = 2.0,
        drift_days: float = 180.0,
        measures_weight: float = 0.05,
        alpha: float = 4.0,
        window: int = 2000,
    ) -> None:
        self.letters = letters
        self.drift = drift
        self.drift_days = drift_days
        self.measures_weight = measures_weight
        self.alpha = alpha
        self.window = window

    def fit(self, X: pl.DataFrame, y: Any) -> Self:  # noqa: N803
        """Learn from posts in ascending order of time.

        Parameters
        ----------
        X
            ``text``; ``day``, the time in days (without it nothing drifts); ``prior``, a score
            from elsewhere to start from; every other column is a measure (number or Boolean).
        y
            The target of each post.
        """
        targets = np.asarray(y, dtype=np.float64)[-self.window :]
        posts = X.tail(self.window)
        counts = count_texts(texts_of(posts), letters=self.letters)
        measures = _scales_of(posts, self.measures_weight)
        scaled_measures = scaled(measures, measures_of(posts, measures.names))
        terms_idf = idf_table(counts.terms)
        terms = weighted_terms(counts.terms, terms_idf.dense())
        letters_idf = letter_idf(counts) if self.letters else None
        letters = _letters(counts, letters_idf)
        prior, slope = _prior(posts, targets)
        intercept = float(np.mean(targets - prior))
        # Sums come out the same on any number of cores only where one core makes them.
        with threadpool_limits(1, "blas"):
            kernel = gram([terms] if letters is None else [terms, letters])
            kernel += self.measures_weight * (scaled_measures @ scaled_measures.T)
        days = days_of(posts)
        kernel *= self._likeness(days[:, None] - days)
        kernel.flat[:: targets.size + 1] += self.alpha
        with threadpool_limits(1, "blas"):
            shares = _solved(kernel, targets - prior - intercept)
        shares *= self._likeness(days - days[-1])
        self.scores_ = LinearScores(
            _term_scores(terms, terms_idf, shares),
            None if letters is None else _term_scores(letters, letters_idf, shares),
            MeasureScores(
                measures.names,
                measures.means,
                measures.spreads,
                self.measures_weight * (scaled_measures.T @ shares),
            ),
            intercept,
        )
        self.prior_slope_ = slope
        self.past_terms_, self.past_ = terms, shares
        self.feature_names_in_ = np.asarray(X.columns, dtype=object)
        self.n_features_in_ = X.width
        return self

    def _likeness(self, days: Numbers) -> Numbers:
        """Return how alike the coefficients are ``days`` apart."""
        return 1 + self.drift * np.exp(-np.abs(days) / self.drift_days)

    def predict(self, X: pl.DataFrame) -> Numbers:  # noqa: N803
        """Return a score a post, in the order of ``X``; only differences mean something."""
        check_is_fitted(self, "scores_")
        counts = count_texts(texts_of(X), letters=self.letters)
        measures = measures_of(X, self.scores_.measures.names)
        score = self.scores_.score(counts, measures)
        if PRIOR in X.columns:
            score = score + self.prior_slope_ * X[PRIOR].to_numpy()
        return score

    def get_feature_names_out(self, input_features: object = None) -> Any:
        """Return the names of what is scored: ``text``, then the measures."""
        check_is_fitted(self, "scores_")
        return np.asarray(["text", *self.scores_.measures.names], dtype=object)


PRIOR_POSTS = 50
"""How many posts that follow the prior exactly it is taken to have been seen on."""


def _prior(posts: pl.DataFrame, targets: Numbers) -> tuple[Numbers, float]:
    """Return what the prior adds to each post, and the slope, which is drawn towards 1."""
    if PRIOR not in posts.columns:
        return np.zeros(posts.height), 0.0
    prior = posts[PRIOR].to_numpy().astype(np.float64)
    apart = prior - prior.mean()
    pull = PRIOR_POSTS * max(float(np.mean(apart**2)), 1e-12)
    slope = float((apart @ (targets - targets.mean()) + pull) / (apart @ apart + pull))
    return slope * prior, slope


def _solved(kernel: NDArray[np.float32], targets: Numbers) -> Numbers:
    """Return the solution by conjugate gradients: some thirty steps, ``alpha`` bounds them."""
    found, left = cg(kernel, targets.astype(np.float32), rtol=1e-6, maxiter=1000)
    if left:
        found = solve(kernel, targets, assume_a="pos")
    return np.asarray(found, np.float64)


def _scales_of(posts: pl.DataFrame, weight: float) -> MeasureScores:
    names = measure_names(posts)
    means, spreads = measure_scales(measures_of(posts, names))
    return MeasureScores(names, means, spreads, np.full(len(names), weight))


def _letters(counts: TextCounts, idf: IdfTable | None) -> csr_matrix | None:
    return None if idf is None else weighted_letters(counts, idf.dense())


def _term_scores(weighted: csr_matrix, idf: IdfTable | None, shares: Numbers) -> TermScores:
    assert idf is not None  # noqa: S101
    found = np.asarray(weighted.T @ shares).ravel()
    return TermScores(idf, found[idf.columns].astype(np.float32))
