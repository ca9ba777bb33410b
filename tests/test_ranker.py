"""The rankers: scikit-learn's contract, sense, exact parts, and the same answer every time."""

from typing import Any

import numpy as np
import polars as pl
import pytest
from sklearn.base import clone

from sharewise.models.baselines import Longest, MeasuresRidge, OldestFirst, RandomOrder, TypeMean
from sharewise.models.contributions import likenesses, merged, parts_of
from sharewise.models.feature_frame import measures_of
from sharewise.models.gram import gram
from sharewise.models.pooled_ranker import PooledRanker
from sharewise.models.ranker import Ranker
from sharewise.models.ranking_metrics import spearman
from sharewise.models.stored_model import PastPosts
from sharewise.models.text_counts import count_texts
from sharewise.models.text_weights import idf_table, letter_idf, weighted_letters, weighted_terms

MODELS = [
    *(Ranker(), Ranker(letters=False), PooledRanker(), MeasuresRidge(), TypeMean()),
    *(RandomOrder(), OldestFirst(), Longest()),
]
GOOD, BAD, NEUTRAL = ["latte art", "new beans"], ["shop closed", "sale now"], ["morning", "harbor"]


def world(size: int, seed: int = 0) -> tuple[pl.DataFrame, np.ndarray[Any, Any]]:
    """Posts whose target is told by their words and by one measure."""
    rng = np.random.default_rng(seed)
    kinds = rng.integers(0, 3, size)
    words = [
        " ".join(
            [(GOOD, BAD, NEUTRAL)[kind][rng.integers(2)], NEUTRAL[rng.integers(2)], f"{at % 50}"]
        )
        for at, kind in enumerate(kinds)
    ]
    picture = rng.integers(0, 2, size).astype(float)
    targets = np.array([1.0, -1.0, 0.0])[kinds] + 0.5 * picture + rng.normal(0, 0.5, size)
    frame = pl.DataFrame(
        {
            "text": words,
            "day": np.arange(size) / 2,
            "media.images": picture,
            "type.image": picture,
            "noise": rng.normal(size=size),
        }
    )
    return frame, targets


@pytest.mark.parametrize("model", MODELS, ids=lambda model: type(model).__name__)
def test_the_contract_of_scikit_learn(model: Any) -> None:
    features, targets = world(60)
    copy = clone(model)
    assert copy.get_params() == model.get_params()
    assert copy.set_params(**model.get_params()) is copy
    assert copy.fit(features, targets) is copy
    scores = copy.predict(features)
    assert scores.shape == (60,)
    assert np.isfinite(scores).all()
    assert (scores == clone(model).fit(features, targets).predict(features)).all()


@pytest.mark.parametrize("model", [Ranker(), Ranker(letters=False), PooledRanker()])
def test_it_learns_what_the_words_tell(model: Any) -> None:
    features, targets = world(300)
    fitted = model.fit(features[:200], targets[:200])
    assert spearman(targets[200:], fitted.predict(features[200:])) > 0.6


def test_features_have_names() -> None:
    features, targets = world(20)
    fitted = Ranker().fit(features, targets)
    assert fitted.feature_names_in_.tolist() == features.columns
    assert fitted.get_feature_names_out().tolist() == ["text", *features.columns[2:]]


def test_measures_are_found_by_name_not_by_place() -> None:
    features, targets = world(60)
    fitted = Ranker().fit(features, targets)
    turned = features.select(reversed(features.columns))
    assert fitted.predict(turned) == pytest.approx(fitted.predict(features))


def test_unknown_words_and_missing_measures_are_no_error() -> None:
    features, targets = world(60)
    fitted = Ranker().fit(features, targets)
    strange = pl.DataFrame({"text": [None, "", "völlig neu", "漢字" * 500]})
    assert np.isfinite(fitted.predict(strange)).all()
    unknown = features.with_columns(pl.lit(None, pl.Float64).alias("noise"))
    assert np.isfinite(fitted.predict(unknown)).all()


def test_a_post_scores_the_same_in_any_company() -> None:
    features, targets = world(80)
    fitted = Ranker().fit(features[:60], targets[:60])
    together = fitted.predict(features[60:])
    alone = [fitted.predict(features[at])[0] for at in range(60, 80)]
    assert together == pytest.approx(alone, abs=1e-9)


def test_what_happened_lately_counts_more() -> None:
    texts = ["beans"] * 40 + ["beans"] * 10
    posts = pl.DataFrame({"text": texts, "day": [*range(40), *range(400, 410)]})
    posts = pl.concat([posts, posts.with_columns(text=pl.lit("cups"))]).sort("day")
    good_then_bad = np.where(
        posts["text"].to_numpy() == "beans", np.where(posts["day"] < 100, 1.0, -1.0), 0.0
    )
    new = pl.DataFrame({"text": ["beans"], "day": [411.0]})
    drifting = Ranker(drift=8, drift_days=60).fit(posts, good_then_bad).predict(new)
    steady = Ranker(drift=0).fit(posts, good_then_bad).predict(new)
    assert drifting[0] < steady[0]


def test_the_solution_is_that_of_the_normal_equations() -> None:
    features, targets = world(50)
    fitted = Ranker(letters=False, drift=0, measures_weight=0, alpha=2).fit(features, targets)
    terms = fitted.past_terms_.toarray()
    kernel = terms @ terms.T + 2 * np.eye(50)
    wanted = np.linalg.solve(kernel, targets - targets.mean())
    assert fitted.past_ == pytest.approx(wanted, abs=1e-4)


def test_a_prior_is_followed_where_little_is_known() -> None:
    features, targets = world(300)
    prior = PooledRanker().fit(features[:200], targets[:200])
    own = features[200:].with_columns(prior=prior.predict(features[200:]))
    alone = Ranker().fit(features[200:212], targets[200:212])
    helped = Ranker().fit(own[:12], targets[200:212])
    assert 0.5 < helped.prior_slope_ < 2
    later = targets[212:]
    assert spearman(later, helped.predict(own[12:])) > spearman(
        later, alone.predict(features[212:])
    )


def test_gram_is_the_product_of_all_rows() -> None:
    features, _ = world(120)
    counts = count_texts(features["text"])
    terms = weighted_terms(counts.terms, idf_table(counts.terms).dense())
    letters = weighted_letters(counts, letter_idf(counts).dense())
    wanted = (terms @ terms.T + letters @ letters.T).toarray()
    assert gram([terms, letters]) == pytest.approx(wanted, abs=1e-5)


def test_the_rows_of_terms_have_length_one() -> None:
    counts = count_texts(pl.Series(["new beans new cups", "x"]))
    terms = weighted_terms(counts.terms, idf_table(counts.terms).dense())
    lengths = np.asarray(terms.multiply(terms).sum(axis=1)).ravel()
    assert lengths == pytest.approx([1, 0])


@pytest.mark.parametrize("letters", [True, False])
def test_the_parts_add_up_to_the_score(letters: bool) -> None:
    features, targets = world(100)
    fitted = Ranker(letters=letters).fit(features, targets)
    for at in range(10):
        row = features[at]
        measures = measures_of(row, fitted.scores_.measures.names)
        parts = merged(parts_of(fitted.scores_, row["text"][0], measures))
        assert sum(part.value for part in parts) == pytest.approx(fitted.predict(row)[0], abs=1e-9)
        assert len({(part.kind, part.name) for part in parts}) == len(parts)


def test_past_posts_add_up_to_what_the_words_make() -> None:
    features, targets = world(100)
    fitted = Ranker(letters=False).fit(features, targets)
    names = tuple(map(str, range(100)))
    past = PastPosts(names, names, np.exp(targets), fitted.past_terms_, fitted.past_)
    row = features[3]
    counts = count_texts(row["text"], letters=False)
    alike = likenesses(past, fitted.scores_.terms, counts, most=100, least=0)[0]
    measures = measures_of(row, fitted.scores_.measures.names)
    words = [
        part.value
        for part in parts_of(fitted.scores_, row["text"][0], measures)
        if part.kind.startswith("word")
    ]
    assert sum(one.adds for one in alike) == pytest.approx(sum(words), abs=1e-5)
    assert alike[0].likeness == max(one.likeness for one in alike)


def test_type_means_are_drawn_together() -> None:
    features = pl.DataFrame({"type.image": [1.0, 1, 0, 0], "type.link": [0.0, 0, 1, 1]})
    fitted = TypeMean(shrinkage=2).fit(features, [1.0, 3.0, -1.0, -3.0])
    # mean 0; two images of mean 2, shrunk to 4 / (2 + 2)
    assert fitted.predict(features).tolist() == [1, 1, -1, -1]
