"""The ranker against tree boosters on the same features: measures and 60 directions of the words.

Needs the extra ``bench`` (lightgbm, catboost): ``pip install -e '.[bench]'``. One thread each.
"""

import warnings
from typing import Any, Self

import numpy as np
import polars as pl
from sklearn.base import BaseEstimator, RegressorMixin
from sklearn.decomposition import TruncatedSVD

from sharewise.engine.ranking.evaluating import account_means
from sharewise.models.evaluation import evaluate
from sharewise.models.feature_frame import measure_names, measures_of
from sharewise.models.ranker import Ranker
from sharewise.models.text_counts import count_texts
from sharewise.models.text_weights import idf_table, letter_idf, weighted_letters, weighted_terms

from ..machine import machine
from .accounts import TEN_PAGES, accounts_of, news_posts
from .quality import ahead, newest_fifth, show

DIRECTIONS, WINDOW, GROUP = 60, 2000, 100


class OnSameFeatures(RegressorMixin, BaseEstimator):  # type: ignore[misc]
    """A booster on the measures and on the first directions of words, pairs and letters."""

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def fit(self, X: pl.DataFrame, y: Any) -> Self:  # noqa: N803
        posts, targets = X.tail(WINDOW), np.asarray(y)[-WINDOW:]
        key = targets.tobytes()
        if key not in _TABLES:
            _TABLES.clear()
            _TABLES[key] = Directions(posts)
        self.directions_ = _TABLES[key]
        self.model_ = _fitted(self.kind, self.directions_.training, targets)
        return self

    def predict(self, X: pl.DataFrame) -> np.ndarray[Any, Any]:  # noqa: N803
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            return np.asarray(self.model_.predict(self.directions_.table(X)))


class Directions:
    """Measures and the first directions of words, pairs and letters; the same for every peer."""

    def __init__(self, posts: pl.DataFrame) -> None:
        counts = count_texts(posts["text"])
        self._idf = idf_table(counts.terms), letter_idf(counts)
        self._names = measure_names(posts)
        blocks = self._blocks(counts)
        self._svd = [TruncatedSVD(DIRECTIONS, random_state=0).fit(block) for block in blocks]
        self.training = self.table(posts)

    def table(self, posts: pl.DataFrame) -> np.ndarray[Any, Any]:
        blocks = self._blocks(count_texts(posts["text"]))
        parts = [svd.transform(block) for svd, block in zip(self._svd, blocks, strict=True)]
        return np.hstack([measures_of(posts, self._names), *parts])

    def _blocks(self, counts: Any) -> list[Any]:
        words, letters = (table.dense() for table in self._idf)
        blocks = weighted_terms(counts.terms, words), weighted_letters(counts, letters)
        pairs = zip(blocks, self._idf, strict=True)
        return [block[:, table.columns] for block, table in pairs]


_TABLES: dict[bytes, Directions] = {}


def _fitted(kind: str, table: np.ndarray[Any, Any], targets: np.ndarray[Any, Any]) -> Any:
    """Return the booster, fitted with 200 small trees."""
    if kind == "lightgbm":
        from lightgbm import LGBMRegressor

        return LGBMRegressor(**_LIGHT).fit(table, targets)
    if kind == "lambdarank":
        from lightgbm import LGBMRanker

        fifths = np.minimum(4, (5 * np.argsort(np.argsort(targets)) / targets.size).astype(int))
        full, rest = divmod(targets.size, GROUP)
        groups = [GROUP] * full + ([rest] if rest else [])
        return LGBMRanker(objective="lambdarank", **_LIGHT).fit(table, fifths, group=groups)
    if kind == "catboost":
        from catboost import CatBoostRegressor

        model = CatBoostRegressor(
            iterations=300,
            depth=4,
            learning_rate=0.05,
            random_seed=0,
            thread_count=1,
            verbose=0,
            allow_writing_files=False,
        )
        return model.fit(table, targets)
    raise ValueError(kind)


_LIGHT: dict[str, Any] = {
    **{"n_estimators": 200, "learning_rate": 0.05, "num_leaves": 15, "min_child_samples": 20},
    **{"subsample": 0.8, "subsample_freq": 1, "colsample_bytree": 0.5, "random_state": 0},
    **{"n_jobs": 1, "verbose": -1, "deterministic": True},
}
PEERS = ("lightgbm", "lambdarank", "catboost")


def main() -> None:
    """Print every peer's figures and how far ahead the default ranker is, paired by page."""
    print(f"ranking peers · {machine()}")
    models: dict[str, Any] = {name: OnSameFeatures(name) for name in PEERS}
    accounts = accounts_of(news_posts(TEN_PAGES), "facebook")
    results = evaluate(accounts, {**models, "default": Ranker()}, held_out=newest_fifth)
    show("ten news pages, fitted once", results)
    for name in PEERS:
        ahead(results, "default", name)
    print(account_means(results).pivot("model", index="account", values="spearman"))


if __name__ == "__main__":
    main()
