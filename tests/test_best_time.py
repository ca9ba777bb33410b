"""The best time: effects worked out by hand, and no time named that later posts don't prove."""

from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl
import pytest
from sklearn.utils.estimator_checks import parametrize_with_checks

from sharewise.engine.ranking.best_time import best_times
from sharewise.engine.ranking.history import HISTORY_SCHEMA, LEFT_OUT_SCHEMA, History
from sharewise.models.best_time import HourWeekdayRegressor, validated_lift

START = datetime(2026, 1, 5, tzinfo=UTC)  # a Monday


@parametrize_with_checks([HourWeekdayRegressor()])  # type: ignore[untyped-decorator]
def test_contract_of_scikit_learn(estimator, check) -> None:  # type: ignore[no-untyped-def]
    check(estimator)


def test_effects_of_one_column_are_shrunk_means() -> None:
    x = np.array([[9.0]] * 30 + [[17.0]] * 10)
    y = np.array([1.0] * 30 + [-3.0] * 10)
    model = HourWeekdayRegressor(shrinkage=30).fit(x, y)
    assert model.mean_ == 0
    assert model.effects_[0] == pytest.approx({9.0: 30 / 60, 17.0: -30 / 40})
    assert model.predict(np.array([[9.0], [3.0]])).tolist() == pytest.approx([0.5, 0])


def test_effects_add_up_where_columns_are_balanced() -> None:
    x = np.array([[hour, day] for hour in (8, 20) for day in (0, 6) for _ in range(10)], float)
    y = np.where(x[:, 0] == 8, 1.0, -1.0) + np.where(x[:, 1] == 6, 0.5, -0.5)
    model = HourWeekdayRegressor(shrinkage=0).fit(x, y)
    assert model.effects_[0] == pytest.approx({8.0: 1, 20.0: -1})
    assert model.effects_[1] == pytest.approx({0.0: -0.5, 6.0: 0.5})
    assert model.predict(x) == pytest.approx(y)


def test_shrinkage_below_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="shrinkage is -1; allowed: 0 or more"):
        HourWeekdayRegressor(-1).fit([[1.0], [2.0]], [0.0, 1.0])


def test_lift_of_a_planted_hour() -> None:
    slots = np.array([[n % 5, n % 7] for n in range(700)], float)
    target = np.where(slots[:, 0] == 2, 0.5, 0.0)
    lift = validated_lift(slots, target, np.arange(700) // 3)
    assert lift.posts == 350
    assert lift.chosen == 70
    assert lift.kept == pytest.approx(np.exp(0.5 - 0.1) - 1)
    assert lift.proven
    assert lift == validated_lift(slots, target, np.arange(700) // 3)


def test_no_lift_of_noise_and_of_constants() -> None:
    rng = np.random.default_rng(5)
    slots = rng.integers(0, 24, size=(600, 2)).astype(float)
    noise = [validated_lift(slots, rng.normal(size=600), np.arange(600) // 2) for _ in range(20)]
    assert sum(lift.proven for lift in noise) <= 2
    constant = validated_lift(slots, np.zeros(600), np.arange(600) // 2)
    assert (constant.kept, constant.promised, constant.proven) == (None, None, False)


def history(count: int, hour_of: list[int], target_of: dict[int, float]) -> History:
    hours = [hour_of[n % len(hour_of)] for n in range(count)]
    frame = pl.DataFrame(
        {
            "index": range(count),
            "account": ["harborroast"] * count,
            "platform": ["x"] * count,
            "published_at": [START + timedelta(days=n, hours=h) for n, h in enumerate(hours)],
            "engagement": [1.0] * count,
            "target": [target_of.get(hour, 0.0) + 0.01 * (n % 3) for n, hour in enumerate(hours)],
        },
        schema=HISTORY_SCHEMA,
    )
    return History(frame, pl.DataFrame(schema=LEFT_OUT_SCHEMA), count)


def test_times_are_those_of_the_account() -> None:
    given = history(400, [6, 10, 14, 18, 22], {18: 1.0})
    (found,) = best_times(given, lambda platform, account: "America/Lima")  # UTC-5, no summer time
    assert found.reason == ""
    assert found.hours[0].hour == 13
    assert found.slots[0].hour == 13
    assert found.timezone == "America/Lima"
    assert {slot.weekday for slot in found.weekdays} == {
        *("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    }


@pytest.mark.parametrize(
    ("count", "targets", "reason"),
    [
        (79, {18: 1.0}, "79 posts are too few; 80 are needed"),
        (400, {}, "on later posts the best times did no better than chance"),
    ],
)
def test_no_time_is_named_without_evidence(
    count: int, targets: dict[int, float], reason: str
) -> None:
    given = history(count, [6, 10, 14, 18, 22], targets)
    (found,) = best_times(given, lambda platform, account: "UTC")
    assert found.reason == reason
    assert found.slots == found.hours == found.weekdays == ()


def test_days_without_hours_give_weekdays_alone() -> None:
    given = history(400, [0], {})
    weekday = given.frame["published_at"].dt.weekday()
    frame = given.frame.with_columns(target=pl.when(weekday == 3).then(1.0).otherwise(0.0))
    (found,) = best_times(History(frame, given.left_out, 400), lambda platform, account: "UTC")
    assert found.hours == ()
    assert (found.slots[0].weekday, found.slots[0].hour) == ("Wed", None)
    assert found.weekdays[0].weekday == "Wed"
