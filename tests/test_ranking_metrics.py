"""Metrics by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sharewise.models.ranking_metrics import (
    METRICS,
    lift,
    measure_order,
    ndcg,
    pairwise_accuracy,
    precision,
    spearman,
)

UP = np.arange(10.0)
numbers = st.lists(st.floats(-5, 5, width=16), min_size=2, max_size=40)


def test_a_perfect_order_is_perfect() -> None:
    found = dict(zip(METRICS, measure_order(UP, UP, UP), strict=True))
    assert found["spearman"] == pytest.approx(1)
    assert found["ndcg_at_10"] == pytest.approx(1)
    assert found["precision_at_10"] == 1
    assert found["pairwise"] == 1


def test_spearman_with_ties_takes_mean_ranks() -> None:
    # ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4: 4.5 / sqrt(4.5 · 5)
    assert spearman(np.array([1.0, 2, 2, 3]), np.array([1.0, 2, 3, 4])) == pytest.approx(
        4.5 / np.sqrt(22.5)
    )


def test_spearman_of_a_constant_is_0() -> None:
    assert spearman(UP, np.ones(10)) == 0


def test_ndcg_by_hand() -> None:
    # five posts, one a fifth: gains 0, 1, 3, 7, 15; best first but for the first two exchanged
    targets = np.array([0.0, 1, 2, 3, 4])
    scores = np.array([0.0, 1, 2, 4, 3])
    discounts = 1 / np.log2([2, 3, 4, 5, 6])
    wanted = np.array([7, 15, 3, 1, 0]) @ discounts / (np.array([15, 7, 3, 1, 0]) @ discounts)
    assert ndcg(targets, scores) == pytest.approx(wanted)


def test_precision_counts_the_best_tenth() -> None:
    targets = np.arange(20.0)
    scores = targets.copy()
    scores[18], scores[0] = -1, 50  # one of the best two is chosen
    assert precision(targets, scores) == 0.5


def test_lift_is_the_mean_of_the_chosen_tenth() -> None:
    engagement = np.array([10.0] * 9 + [110.0])
    cut = np.quantile(engagement, 0.99)
    assert lift(engagement, UP) == pytest.approx(cut / ((90 + cut) / 10))
    assert lift(np.zeros(10), UP) == 1


def test_tied_scores_are_half_right() -> None:
    assert pairwise_accuracy(np.array([1.0, 2, 3]), np.zeros(3)) == 0.5
    assert pairwise_accuracy(np.array([1.0, 2, 3]), np.array([0.0, 0, 1])) == pytest.approx(5 / 6)
    assert pairwise_accuracy(np.ones(3), np.arange(3.0)) == 0.5


@settings(deadline=None)
@given(numbers)
def test_metrics_are_finite_and_bounded(values: list[float]) -> None:
    targets = np.array(values)
    found = measure_order(targets, np.abs(targets), targets[::-1].copy())
    assert np.isfinite(found).all()
    assert -1 <= found[0] <= 1.0000001
    assert ((found[[1, 2, 4]] >= 0) & (found[[1, 2, 4]] <= 1.0000001)).all()
