"""The best hours and weekdays of an account, where later posts prove that there are any."""

from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl

from ...models.best_time import HourWeekdayRegressor, Lift, validated_lift
from .history import History, accounts

FEWEST = 80
"""Posts under which nothing is looked for: half of them are left to prove it on."""
WINDOW = 2000
"""How many of an account's newest posts are looked at: habits of readers change."""
SLOTS, FEWEST_IN_SLOT = 5, 5
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_ONE_HOUR = 0.9


@dataclass(frozen=True)
class Slot:
    """An hour, a weekday or both (None: any), what it adds as a share, and its posts so far."""

    weekday: str | None
    hour: int | None
    gain: float
    posts: int


@dataclass(frozen=True)
class BestTimes:
    """The best times of an account on a platform, in ``timezone``.

    ``reason`` says why no time is named, "" where some are; then ``slots``, ``hours`` and
    ``weekdays`` are there, best first.
    """

    platform: str
    account: str
    timezone: str
    posts: int
    lift: Lift | None
    reason: str
    slots: tuple[Slot, ...] = ()
    hours: tuple[Slot, ...] = ()
    weekdays: tuple[Slot, ...] = ()


def best_times(
    history: History, zone_of: Callable[[str, str], str], *, shrinkage: float = 30.0
) -> tuple[BestTimes, ...]:
    """Return the best times of each account, by platform and account.

    Parameters
    ----------
    zone_of
        The IANA time zone of a platform and an account.
    shrinkage
        See `HourWeekdayRegressor`.
    """
    found = []
    for platform, account, _ in accounts(history):
        own = (pl.col("platform") == platform) & (pl.col("account") == account)
        zone = zone_of(platform, account)
        found.append(_of_account(history.frame.filter(own), platform, account, zone, shrinkage))
    return tuple(found)


def _of_account(
    posts: pl.DataFrame, platform: str, account: str, zone: str, shrinkage: float
) -> BestTimes:
    if posts.height < FEWEST:
        reason = f"{posts.height} posts are too few; {FEWEST} are needed"
        return BestTimes(platform, account, zone, posts.height, None, reason)
    posts = posts.sort("published_at").tail(WINDOW)
    local = posts["published_at"].dt.convert_time_zone(str(ZoneInfo(zone)))
    target = posts["target"].to_numpy()
    hours = local.dt.hour().cast(pl.Int64)
    commonest = int(hours.value_counts().select(pl.col("count").max()).item())
    with_hours = commonest <= _ONE_HOUR * posts.height
    columns = [hours if with_hours else hours * 0, local.dt.weekday().cast(pl.Int64) - 1]
    slots = np.column_stack([column.to_numpy() for column in columns]).astype(float)
    days = local.dt.date().cast(pl.Int32).to_numpy().astype(np.int64)
    lift = validated_lift(slots, target, days, shrinkage=shrinkage)
    reason = _reason(lift)
    if reason:
        return BestTimes(platform, account, zone, posts.height, lift, reason)
    model = HourWeekdayRegressor(shrinkage).fit(slots, target)
    gains = np.expm1(model.predict(slots) - model.mean_)
    sent = pl.DataFrame({"hour": columns[0], "weekday": columns[1], "gain": gains})
    both = sent.group_by("hour", "weekday").agg(pl.col("gain").first(), pl.len())
    return BestTimes(
        *(platform, account, zone, posts.height, lift, ""),
        _slots(both.filter(pl.col("len") >= FEWEST_IN_SLOT), with_hours)[:SLOTS],
        _slots(_alone(sent, "hour", model.effects_[0]), with_hours) if with_hours else (),
        _slots(_alone(sent, "weekday", model.effects_[1]), with_hours),
    )


def _reason(lift: Lift) -> str:
    if lift.kept is None or lift.low is None or lift.high is None:
        return "the times differ too little, or too seldom, to prove anything on later posts"
    if not lift.proven:
        return "on later posts the best times did no better than chance"
    return ""


def _alone(sent: pl.DataFrame, name: str, effects: dict[float, float]) -> pl.DataFrame:
    counts = sent.group_by(name).len()
    gains = counts[name].cast(pl.Float64).replace_strict(effects, return_dtype=pl.Float64)
    return counts.with_columns(gain=gains.exp() - 1)


def _slots(rows: pl.DataFrame, with_hours: bool) -> tuple[Slot, ...]:
    names = [name for name in ("weekday", "hour") if name in rows.columns]
    ordered = rows.sort("gain", *names, descending=[True, *(False for _ in names)])
    return tuple(
        Slot(
            WEEKDAYS[row["weekday"]] if "weekday" in row else None,
            row["hour"] if "hour" in row and with_hours else None,
            row["gain"],
            row["len"],
        )
        for row in ordered.iter_rows(named=True)
    )
