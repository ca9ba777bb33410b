"""Drift: the index worked out by hand, and no alarm from chance."""

import json
import math

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharewise.engine.ranking.drift import (
    Drift,
    MetricChange,
    feature_drift,
    feature_shapes,
    from_plain,
    metric_changes,
    metrics_of,
    plain,
    refit_verdict,
)


def drift(then: pl.DataFrame, now: pl.DataFrame) -> dict[str, Drift]:
    return {one.name: one for one in feature_drift(feature_shapes(then), now)}


def flags(yes: int, no: int, unknown: int = 0) -> pl.DataFrame:
    return pl.DataFrame({"question": [True] * yes + [False] * no + [None] * unknown})


def test_index_by_hand() -> None:
    found = drift(flags(50, 50), flags(80, 20))["question"]
    assert found.psi == pytest.approx(0.3 * math.log(0.8 / 0.5) - 0.3 * math.log(0.2 / 0.5))
    assert found.by_chance == pytest.approx(3.841 * (1 / 100 + 1 / 100), rel=0.03)
    assert found.level == "large"


def test_what_is_not_known_is_a_bin() -> None:
    found = drift(flags(50, 50), flags(40, 40, 20))["question"]
    known = -0.2 * math.log(0.4 / 0.5)
    assert found.psi == pytest.approx(known + (0.2 - 1e-4) * math.log(0.2 / 1e-4))


def test_the_same_posts_have_not_moved() -> None:
    rng = np.random.default_rng(1)
    frame = pl.DataFrame(
        {"a": rng.normal(size=500), "b": rng.integers(0, 3, 500), "c": ["x"] * 500}
    )
    found = drift(frame, frame)
    assert set(found) == {"a", "b"}
    assert [one.psi for one in found.values()] == [0, 0]


def test_chance_in_a_small_sample_raises_no_alarm() -> None:
    rng = np.random.default_rng(2)
    then = pl.DataFrame({f"f{n}": rng.normal(size=1000) for n in range(100)})
    now = pl.DataFrame({f"f{n}": rng.normal(size=40) for n in range(100)})
    found = feature_drift(feature_shapes(then), now)
    assert sum(one.psi > 0.1 for one in found) > 50
    assert sum(one.level != "none" for one in found) <= 12


def test_a_shift_of_two_deviations_is_large() -> None:
    rng = np.random.default_rng(3)
    then = pl.DataFrame({"a": rng.normal(size=500), "still": rng.normal(size=500)})
    now = pl.DataFrame({"a": rng.normal(2, size=100), "still": rng.normal(size=100)})
    found = feature_drift(feature_shapes(then), now)
    assert [one.name for one in found] == ["a", "still"]
    assert [one.level for one in found] == ["large", "none"]


def test_a_feature_that_went_counts_as_not_known() -> None:
    then = pl.DataFrame({"a": range(100)})
    assert drift(then, pl.DataFrame({"b": range(50)}))["a"].level == "large"


def test_few_posts_show_nothing() -> None:
    assert feature_drift(feature_shapes(flags(50, 50)), flags(29, 0)) == ()


@given(st.lists(st.one_of(st.none(), st.floats(-1e6, 1e6)), min_size=30, max_size=80))
def test_the_index_is_finite_and_not_negative(values: list[float | None]) -> None:
    frame = pl.DataFrame({"a": values}, schema={"a": pl.Float64})
    then = pl.DataFrame({"a": [float(n % 7) for n in range(60)]})
    for one in (
        *feature_drift(feature_shapes(frame), then),
        *feature_drift(feature_shapes(then), frame),
    ):
        assert 0 <= one.psi < math.inf


def posts(**columns: list[int | None]) -> pl.DataFrame:
    return pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.Int64))


@pytest.mark.parametrize(
    ("then", "now", "found"),
    [
        ([9] * 40, [24] * 40, "has a median of 24; it was 9"),
        ([9] * 40, [4] * 40, "has a median of 4; it was 9"),
        ([9] * 40, [None] * 40, "is known for 0% of the posts; it was for 100%"),
        ([None] * 40, [9] * 40, "is new: known for 100% of the posts, before 0%"),
        ([9] * 40, [12] * 40, None),
        ([9] * 29, [90] * 40, None),
    ],
)
def test_metrics_that_are_counted_in_another_way(
    then: list[int | None], now: list[int | None], found: str | None
) -> None:
    changes = metric_changes(metrics_of(posts(likes=then)), metrics_of(posts(likes=now)))
    assert [change.found for change in changes] == ([] if found is None else [found])


def test_when_to_refit() -> None:
    moved = Drift("text.words", 0.4, 0.01, "large")
    changed = MetricChange("likes", "has a median of 24; it was 9")
    still = refit_verdict((), (), days_since_training=7, new_posts=9)
    assert (still.refit, still.reasons) == (False, ())
    old = refit_verdict((), (), days_since_training=8, new_posts=9)
    assert old.reasons == ("the newest post trained on is 8 days old",)
    both = refit_verdict((moved,), (changed,), days_since_training=0, new_posts=9)
    assert both.refit
    assert both.reasons == (
        "likes has a median of 24; it was 9",
        "text.words has moved (PSI 0.40)",
    )
    nothing_new = refit_verdict((moved,), (), days_since_training=0, new_posts=0)
    assert not nothing_new.refit


def test_shapes_are_kept_as_json() -> None:
    shapes = feature_shapes(pl.DataFrame({"a": [1.0, 2.0, None], "b": [True, False, True]}))
    metrics = metrics_of(posts(likes=[1, 2, None]))
    assert from_plain(json.loads(json.dumps(plain(shapes, metrics)))) == (shapes, metrics)
