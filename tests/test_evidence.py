"""Splits by time, the refusal rule, intervals, bands and ties."""

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sharewise.models.baselines import OldestFirst
from sharewise.models.bootstrap import mean_interval
from sharewise.models.conformal import Margins, bands, margins, quantile, tied_ranks
from sharewise.models.evaluation import (
    AccountPosts,
    averages,
    default_models,
    evaluate,
    paired,
)
from sharewise.models.evidence import gather, refusal, spearman_interval
from sharewise.models.ranker import Ranker
from sharewise.models.time_split import blocks, mature_before, train_size


def test_the_oldest_four_fifths_are_for_training() -> None:
    assert [train_size(count) for count in (10, 11, 2000)] == [8, 8, 1600]


def test_blocks_are_consecutive_and_of_about_a_hundred() -> None:
    parts = blocks(1000, 1260)
    assert [part.size for part in parts] == [87, 87, 86]
    assert np.concatenate(parts).tolist() == list(range(1000, 1260))
    assert blocks(5, 6) == []


def test_only_posts_48_hours_old_are_learned_from() -> None:
    days = np.array([0.0, 1, 2, 3, 4, 5])
    assert mature_before(days, np.array([4, 5])) == 3  # day 2 is just old enough on day 4
    assert mature_before(np.zeros(6), np.array([3, 4])) == 0


@pytest.mark.parametrize(
    ("posts", "z", "refused"),
    [(39, 9, True), (40, 2.32, True), (40, 2.33, False), (79, 2, True), (80, 1.64, False)],
)
def test_the_refusal_rule(posts: int, z: float, refused: bool) -> None:
    assert (refusal(posts, z) is not None) == refused


def test_small_histories_are_told_less_than_they_showed() -> None:
    scores = np.arange(90.0)
    small = gather(300, scores, scores, scores, scores)
    large = gather(301, scores, scores, scores, scores)
    assert (small.spearman, large.spearman) == pytest.approx((0.9, 1))


def test_the_interval_of_a_rank_correlation_by_hand() -> None:
    # r .5, n 103: atanh .549306, error 1.96 · sqrt(1.125 / 100) = .207889
    assert spearman_interval(0.5, 103) == pytest.approx((0.3287, 0.6393), abs=1e-3)
    assert spearman_interval(0.5, 4) == (-1, 1)


def test_an_interval_holds_the_mean_and_needs_five_values() -> None:
    found = mean_interval(np.array([1.0, 2, 3, 4, 2.5]))
    assert found.mean == 2.5
    assert found.low is not None
    assert found.high is not None
    assert found.low < 2.5 < found.high
    assert mean_interval(np.array([1.0, 2, 3, 4])) == (2.5, None, None)


def test_conformal_quantiles_count_the_post_to_come() -> None:
    errors = np.arange(1.0, 10)  # nine errors: level .8 is the eighth
    assert quantile(errors, 0.8) == 8
    assert quantile(errors[:3], 0.8) == np.inf


@settings(deadline=None)
@given(st.integers(0, 10_000))
def test_conformal_quantiles_cover(seed: int) -> None:
    draws = np.random.default_rng(seed).normal(size=(400, 21))
    covered = [draw[20] <= quantile(draw[:20], 0.8) for draw in draws]
    assert np.mean(covered) > 0.72  # .81 expected, .02 its standard error


def test_bands_are_sides_of_the_margins() -> None:
    limits = Margins(top=2, high=1, low=1, bottom=2, tie=0.5)
    assert bands(np.array([3.0, 1.5, 0, -1.5, -3]), limits) == [
        *("top", "high", "middle", "low", "bottom"),
    ]


def test_margins_shrink_with_the_errors() -> None:
    targets = np.linspace(-1, 1, 50)
    rng = np.random.default_rng(0)
    near = margins(targets, targets + rng.normal(0, 0.1, 50))
    far = margins(targets, targets + rng.normal(0, 0.8, 50))
    assert near.top < far.top
    assert near.tie < far.tie


def test_scores_that_tell_nothing_are_all_in_the_middle_and_tied() -> None:
    targets = np.linspace(-1, 1, 50)
    limits = margins(targets, -targets)
    assert bands(targets, limits) == ["middle"] * 50
    assert set(tied_ranks(targets[::-1], limits.tie)) == {0}


def test_a_group_of_ties_begins_where_the_first_is_left_behind() -> None:
    assert tied_ranks(np.array([1.0, 0.9, 0.6, 0.5, 0]), 0.4).tolist() == [0, 0, 0, 1, 2]


def account(name: str, size: int = 60) -> AccountPosts:
    rng = np.random.default_rng(len(name))
    good = rng.integers(0, 2, size)
    texts = [("fine cup", "shop news")[one] + f" {at % 7}" for at, one in enumerate(good)]
    targets = 1.0 - good + rng.normal(0, 0.3, size)
    features = pl.DataFrame({"text": texts, "day": np.arange(size) / 1.0})
    return AccountPosts("x", name, features, targets, np.exp(targets))


def test_an_evaluation_has_a_row_an_account_model_and_block() -> None:
    found = evaluate([account("a"), account("bb")], default_models(), refit=["default"])
    assert found.height == 2 * 8
    assert found["held_out"].unique().to_list() == [18]  # three tenths of 60
    assert found.select(pl.col("spearman").is_finite().all()).item()
    means = averages(found)
    assert means["default"]["spearman"].mean > 0.5
    assert paired(found, "default", "random").mean > 0


def test_an_account_of_few_posts_has_no_row() -> None:
    assert evaluate([account("a", 3)], {"oldest": OldestFirst()}).height == 0


def test_a_held_out_post_teaches_nothing() -> None:
    posts = account("a")
    changed = AccountPosts("x", "a", posts.features, posts.targets.copy(), posts.engagement)
    changed.targets[-1] += 1e-9
    before, after = (
        Ranker().fit(one.features[:48], one.targets[:48]).predict(one.features[48:])
        for one in (posts, changed)
    )
    assert (before == after).all()
