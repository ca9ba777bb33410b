"""Which wording of one post: a logistic regression on the differences between two of a test.

Bradley & Terry 1952: the chance that a wording wins is the logistic function of how much better
it is; how good it is adds up from its words, letter runs and measures.
"""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
import polars as pl
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_matrix, hstack
from scipy.special import erf, expit, softmax
from sklearn.base import BaseEstimator
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.utils.validation import check_is_fitted

from .feature_frame import measure_names, measures_of, texts_of

Numbers = NDArray[np.float64]
SIGNIFICANT = 1.96
_TOKEN = r"(?u)\b\w+\b|[?!]"  # noqa: S105 — a pattern


@dataclass(frozen=True)
class Pairs:
    """Two wordings of one test, by row: ``z`` is how far the first outdid the second, in standard
    errors of the difference."""

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    z: Numbers

    def __len__(self) -> int:
        """Return the number of pairs."""
        return len(self.z)


def pairs_of(
    rates: ArrayLike, errors: ArrayLike, groups: ArrayLike, texts: pl.Series | None = None
) -> Pairs:
    """Return every two rows of a group, the earlier row first.

    Parameters
    ----------
    rates, errors : (rows,), the outcome of each wording and its standard error
    groups : (rows,), the test of each
    texts : (rows,), rows with one text are no pair; None: all texts differ
    """
    rate, error = np.asarray(rates, dtype=float), np.asarray(errors, dtype=float)
    columns = {"group": np.asarray(groups), "row": np.arange(len(rate))}
    rows = pl.DataFrame(columns).with_columns(
        text=pl.int_range(pl.len()).cast(pl.String) if texts is None else texts
    )
    joined = rows.join(rows, on="group", maintain_order="left_right").filter(
        (pl.col("row") < pl.col("row_right")) & (pl.col("text") != pl.col("text_right"))
    )
    first, second = joined["row"].to_numpy(), joined["row_right"].to_numpy()
    spread = np.sqrt(error[first] ** 2 + error[second] ** 2)
    gap = rate[first] - rate[second]
    z = np.divide(gap, spread, out=np.zeros(len(gap)), where=spread > 0)
    return Pairs(first.astype(np.int64), second.astype(np.int64), z)


class Wording(BaseEstimator):  # type: ignore[misc]
    """Scores wordings so that the difference between two is the log odds that the first wins.

    Parameters
    ----------
    C
        How freely the coefficients move, as in scikit-learn's logistic regression.
    words, letters
        The lengths of word runs and of letter runs within words, both ends included.
    fewest_texts
        The number of texts in which a run must stand.
    measures_weight
        What a measure's standard deviation counts beside a text's length of 1.

    Attributes
    ----------
    coef_ : (runs and measures,)
    intercept_ : 0; only differences mean something
    pairs_ : how many pairs were learned from
    feature_names_in_, n_features_in_ : of X

    Examples
    --------
    >>> import polars as pl
    >>> X = pl.DataFrame({"text": ["fresh beans today", "stale beans today"] * 4})
    >>> wording = Wording(fewest_texts=1).fit(X, [0.9, 0.1] * 4, groups=[0, 0, 1, 1, 2, 2, 3, 3])
    >>> bool(np.diff(wording.decision_function(X.head(2)))[0] < 0)
    True
    """

    def __init__(
        self,
        C: float = 0.1,  # noqa: N803
        words: tuple[int, int] = (1, 3),
        letters: tuple[int, int] = (3, 5),
        fewest_texts: int = 2,
        measures_weight: float = 0.3,
    ) -> None:
        self.C = C
        self.words = words
        self.letters = letters
        self.fewest_texts = fewest_texts
        self.measures_weight = measures_weight

    def fit(
        self,
        X: pl.DataFrame,  # noqa: N803
        y: ArrayLike,
        groups: ArrayLike,
        errors: ArrayLike | None = None,
    ) -> Self:
        """Learn from tests: every two wordings of a group are a pair, each with its own weight.

        A pair weighs the chance, as its z says, that the better one is better: clear wins count,
        draws do not.

        Parameters
        ----------
        X
            ``text``; every other column but ``day`` and ``prior`` is a measure.
        y
            The outcome of each wording, such as its click rate.
        groups
            The test of each.
        errors
            The standard error of each outcome; None: 1 for all.

        Raises
        ------
        ValueError
            Fewer than two pairs of wordings of a group that differ in text and outcome.
        """
        noise = np.ones(X.height) if errors is None else errors
        pairs = pairs_of(y, noise, groups, texts_of(X))
        decided = pairs.z != 0
        if decided.sum() < 2:
            found = "one test" if decided.any() else "no test"
            raise ValueError(f"{found} has two wordings that differ in text and outcome")
        first, second, z = pairs.first[decided], pairs.second[decided], pairs.z[decided]
        features = self._learn_features(X)
        weights = erf(np.abs(z) / np.sqrt(2))
        # Each pair may be told either way round; the classifier wants to see both.
        won = np.where(np.arange(len(z)) % 2 == 0, 1.0, -1.0)
        gaps = features[first] - features[second]
        gaps = csr_matrix(gaps.multiply((np.sign(z) * won)[:, None]))
        model = LogisticRegression(
            C=self.C,
            fit_intercept=False,
            solver="liblinear",
            dual=True,
            random_state=0,
            max_iter=10_000,
        )
        model.fit(gaps, won > 0, sample_weight=weights / weights.mean())
        self.coef_ = model.coef_[0]
        self.intercept_ = 0.0
        self.pairs_ = int(decided.sum())
        self.feature_names_in_ = np.asarray(X.columns, dtype=object)
        self.n_features_in_ = X.width
        return self

    def decision_function(self, X: pl.DataFrame) -> Numbers:  # noqa: N803
        """Return how good each wording is; the difference of two is the log odds of a win."""
        check_is_fitted(self, "coef_")
        return np.asarray(self._features(X) @ self.coef_, dtype=np.float64)

    def predict_proba(self, X: pl.DataFrame) -> Numbers:  # noqa: N803
        """Return the chance of each wording of ``X`` to be the best of them (Luce 1959)."""
        return np.asarray(softmax(self.decision_function(X)), dtype=np.float64)

    def contributions(self, X: pl.DataFrame, row: int) -> dict[str, float]:  # noqa: N803
        """Return what each run and measure of a row adds to its score; they add up to it."""
        check_is_fitted(self, "coef_")
        features = self._features(X[row])
        names = self.get_feature_names_out()
        return {
            str(names[at]): float(value * self.coef_[at])
            for at, value in zip(features.indices, features.data, strict=True)
        }

    def get_feature_names_out(self, input_features: object = None) -> Any:
        """Return a name a coefficient: ``word:``, ``letters:`` or ``measure:`` and what it is."""
        check_is_fitted(self, "measures_")
        return np.asarray(
            [
                *(f"word:{name}" for name in self.words_.get_feature_names_out()),
                *(f"letters:{name}" for name in self.letters_.get_feature_names_out()),
                *(f"measure:{name}" for name in self.measures_),
            ],
            dtype=object,
        )

    def _learn_features(self, X: pl.DataFrame) -> csr_matrix:  # noqa: N803
        texts = texts_of(X).fill_null("").to_list()
        common: dict[str, Any] = {"sublinear_tf": True}
        fewest = self.fewest_texts
        self.words_ = TfidfVectorizer(
            ngram_range=self.words, token_pattern=_TOKEN, min_df=fewest, **common
        )
        self.letters_ = TfidfVectorizer(
            analyzer="char_wb", ngram_range=self.letters, min_df=fewest, **common
        )
        parts = [self.words_.fit_transform(texts), self.letters_.fit_transform(texts)]
        values = measures_of(X, measure_names(X))
        varied = [at for at in range(values.shape[1]) if _varies(values[:, at])]
        self.measures_ = tuple(measure_names(X)[at] for at in varied)
        self.means_ = np.nanmean(values[:, varied], axis=0)
        self.spreads_ = np.nanstd(values[:, varied], axis=0)
        return csr_matrix(hstack([*parts, self._scaled(X)]))

    def _features(self, X: pl.DataFrame) -> csr_matrix:  # noqa: N803
        texts = texts_of(X).fill_null("").to_list()
        parts = [self.words_.transform(texts), self.letters_.transform(texts), self._scaled(X)]
        return csr_matrix(hstack(parts))

    def _scaled(self, X: pl.DataFrame) -> csr_matrix:  # noqa: N803
        values = (measures_of(X, self.measures_) - self.means_) / self.spreads_
        return csr_matrix(np.nan_to_num(values, nan=0.0) * self.measures_weight)


def win_chance(better_by: float) -> float:
    """Return the chance of a wording that is better by so much to win against the other."""
    return float(expit(better_by))


def _varies(values: Numbers) -> bool:
    known = values[~np.isnan(values)]
    return bool(known.size) and bool(np.ptp(known) > 0)
