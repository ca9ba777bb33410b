"""Which wording: pairs and odds worked out by hand, learned words found, honest refusals."""

import numpy as np
import polars as pl
import pytest
from sklearn.base import clone

from sharewise.engine.content.reading import from_frame
from sharewise.engine.errors import HistoryError
from sharewise.engine.ranking.wording import (
    NO_EVIDENCE,
    compare,
    judge_from_history,
    judge_from_tests,
)
from sharewise.engine.ranking.wording_tests import normal_texts, wording_tests
from sharewise.models.held_out_pairs import HeldOutPairs
from sharewise.models.wording import Wording, pairs_of, win_chance

THINGS = ("beans", "cups", "farms", "frost", "steam", "shelves", "mornings", "roasters")


def headline_tests(count: int = 60, *, good: str = "secret", seed: int = 1) -> pl.DataFrame:
    """Tests of two wordings; the one with ``good`` in it is clicked twice as often."""
    rng = np.random.default_rng(seed)
    rows = []
    for test in range(count):
        thing, other = rng.choice(THINGS, 2, replace=False)
        rows += [
            (f"t{test}", f"The {good} of our {thing} and {other} {test}", 2000, 80),
            (f"t{test}", f"The story of our {thing} and {other} {test}", 2000, 40),
        ][:: 1 if test % 2 else -1]
    return pl.DataFrame(rows, schema=["test", "text", "impressions", "clicks"], orient="row")


def read(frame: pl.DataFrame) -> pl.DataFrame:
    return from_frame(frame).posts


def test_pairs_stay_inside_a_test_and_differ_in_text() -> None:
    pairs = pairs_of(
        [0.3, 0.1, 0.2, 0.5, 0.5], [0.1] * 5, [7, 7, 7, 8, 8], pl.Series(["a", "b", "a", "c", "d"])
    )
    assert list(zip(pairs.first, pairs.second, strict=True)) == [(0, 1), (1, 2), (3, 4)]
    assert pairs.z == pytest.approx([0.2 / 0.02**0.5, -0.1 / 0.02**0.5, 0])


def test_a_word_that_wins_is_learned() -> None:
    frame = pl.DataFrame({"text": ["fresh beans", "stale beans", "fresh cups", "stale cups"] * 5})
    groups = np.repeat(np.arange(10), 2)
    model = Wording(fewest_texts=1).fit(frame, [0.9, 0.1] * 10, groups)
    fresh, stale = model.decision_function(pl.DataFrame({"text": ["fresh steam", "stale steam"]}))
    assert fresh > stale
    assert win_chance(fresh - stale) + win_chance(stale - fresh) == pytest.approx(1)
    chances = model.predict_proba(pl.DataFrame({"text": ["fresh steam", "stale steam"]}))
    assert chances == pytest.approx([win_chance(fresh - stale), win_chance(stale - fresh)])


def test_contributions_add_up_to_the_score() -> None:
    frame = (
        read(headline_tests(10)).select("text").with_columns(length=pl.col("text").str.len_chars())
    )
    model = Wording().fit(frame, [0.9, 0.1] * 10, np.repeat(np.arange(10), 2))
    parts = model.contributions(frame, 3)
    assert sum(parts.values()) == pytest.approx(model.decision_function(frame)[3])
    assert any(name.startswith("word:") for name in parts)


def test_the_order_of_the_rows_does_not_matter() -> None:
    frame = read(headline_tests(30)).select("text")
    rates, groups = np.tile([0.9, 0.1], 30), np.repeat(np.arange(30), 2)
    new = pl.DataFrame({"text": ["The secret of all", "The story of all"]})
    forward = Wording().fit(frame, rates, groups).decision_function(new)
    backward = Wording().fit(frame.reverse(), rates[::-1], groups[::-1]).decision_function(new)
    assert np.sign(np.diff(forward)) == np.sign(np.diff(backward))
    assert forward == pytest.approx(backward, abs=0.05)


def test_contract_of_scikit_learn() -> None:
    model = Wording(C=0.5)
    assert clone(model).get_params() == model.get_params()
    frame = read(headline_tests(20)).select("text")
    rates, groups = [0.9, 0.1] * 20, np.repeat(np.arange(20), 2)
    fitted = model.fit(frame, rates, groups)
    assert fitted is model
    assert list(fitted.feature_names_in_) == ["text"]
    assert len(fitted.get_feature_names_out()) == len(fitted.coef_)
    again = clone(model).fit(frame, rates, groups)
    assert np.array_equal(fitted.coef_, again.coef_)


@pytest.mark.parametrize(
    ("texts", "rates"), [(["same", "same"], [0.1, 0.2]), (["a b", "c d"], [0.1, 0.1])]
)
def test_nothing_to_learn_is_said(texts: list[str], rates: list[float]) -> None:
    with pytest.raises(ValueError, match="no test has two wordings that differ"):
        Wording().fit(pl.DataFrame({"text": texts}), rates, [0, 0])


def test_accuracy_by_hand() -> None:
    held_out = HeldOutPairs(
        gap=np.array([1.0, -1.0, 0.0, 2.0, 3.0]),
        better=np.array([1.0, 1.0, 1.0, 0.0, 5.0]),
        cluster=np.array([0, 0, 1, 1, 2]),
        significant=np.array([True, False, False, False, True]),
    )
    every = held_out.accuracy()
    assert (every.pairs, every.share) == (4, (1 + 0 + 0.5 + 1) / 4)
    assert held_out.accuracy(held_out.significant).share == 1
    assert held_out.as_far_apart(2.9, fewest=1).pairs == 1
    near = held_out.as_far_apart(0.9, share=0.6, fewest=1)
    assert (near.pairs, near.share) == (3, 0.5)
    nothing = held_out.accuracy(np.zeros(5, dtype=bool))
    assert (nothing.pairs, nothing.share, nothing.better_than_chance) == (0, None, False)


def test_tests_are_put_in_order_and_added_up() -> None:
    frame = pl.DataFrame(
        {
            "Experiment ID": ["b", "b", "a", "a", "a", "c", "d", "d"],
            "eyecatcher_id": ["1", "1", "1", "1", "2", "1", "1", "1"],
            "headline": ["x", "y", "x", "x", "y", "x", "p", "q"],
            "impressions": [10, 10, 10, 10, 10, 10, 0, 10],
            "clicks": [1, 2, 3, 4, 5, 6, 0, 1],
            "test_week": ["202602", "202602", "202601", "202601", "202601", "1", "1", "1"],
        }
    )
    found = wording_tests(read(frame))
    assert found.select("test", "group", "text", "impressions", "clicks", "place").rows() == [
        ("b", "1", "x", 10, 1, 0),
        ("b", "1", "y", 10, 2, 0),
    ]


@pytest.mark.parametrize(
    ("column", "told"),
    [("test", "no column test"), ("clicks", "no clicks"), ("impressions", "no impressions")],
)
def test_missing_columns_are_named(column: str, told: str) -> None:
    with pytest.raises(HistoryError, match=told):
        wording_tests(read(headline_tests(5).drop(column)))


def test_a_judge_finds_the_winning_word() -> None:
    judge = judge_from_tests(read(headline_tests()))
    assert judge.randomised
    assert judge.units == 60
    assert judge.accuracy.share == 1
    assert judge.accuracy.pairs == 12
    assert judge.on_significant.pairs == 12
    answer = compare(judge, pl.Series(["The story of our water", "The secret of our water"]))
    assert answer.reason == ""
    assert [one.number for one in answer.ranked] == [2, 1]
    assert sum(one.score for one in answer.ranked) == pytest.approx(0)


def test_a_judge_without_evidence_names_nobody() -> None:
    frame = headline_tests(seed=3)
    noise = np.random.default_rng(4).integers(30, 60, frame.height)
    judge = judge_from_tests(read(frame.with_columns(clicks=pl.Series(noise))))
    answer = compare(judge, pl.Series(["The story of our water", "The secret of our water"]))
    assert answer.reason == NO_EVIDENCE
    assert len(answer.ranked) == 2


def test_headlines_that_recur_are_not_learned_from_when_tried() -> None:
    """Held-out tests repeat earlier ones, with the winner turned round: none may be known."""
    old = headline_tests(40)
    again = old.tail(20).with_columns(
        test=pl.col("test") + "x",
        text=pl.col("text").str.to_uppercase() + "!",
        clicks=120 - pl.col("clicks"),
    )
    judge = judge_from_tests(read(pl.concat([old, again])))
    assert judge.held_out.accuracy().pairs == 10
    assert normal_texts(pl.Series(["The SECRET, of it!"])).to_list() == ["the secret of it"]


def test_too_few_tests_are_refused() -> None:
    with pytest.raises(HistoryError, match="39 tests of two wordings or more; 40 are needed"):
        judge_from_tests(read(headline_tests(39)))


def test_one_wording_is_no_comparison() -> None:
    judge = judge_from_tests(read(headline_tests()))
    with pytest.raises(HistoryError, match="two different wordings"):
        compare(judge, pl.Series(["the same", "the same"]))


def test_past_posts_are_said_to_be_no_test() -> None:
    from sharewise.engine.ranking.history import prepare_history

    frame = headline_tests(150).with_columns(
        likes=pl.when(pl.col("text").str.contains("secret")).then(60).otherwise(12),
        platform=pl.lit("x"),
    )
    times = pl.datetime_range(
        pl.datetime(2025, 1, 1), pl.datetime(2025, 1, 1) + pl.duration(hours=299 * 12), "12h",
        time_zone="UTC", eager=True,
    )  # fmt: skip
    posts = read(frame.with_columns(published_at=times))
    judge = judge_from_history(prepare_history(posts), posts, None)
    assert not judge.randomised
    assert judge.accuracy.better_than_chance
    answer = compare(judge, pl.Series(["The story of our water", "The secret of our water"]))
    assert [one.number for one in answer.ranked] == [2, 1]
