"""Measures of a post's place in the calendar: how many go out around it, and what came before.

A calendar is what one account posts on one platform. Windows end at the post and count from its
own time, never from the clock; posts at one moment count each other.
"""

import polars as pl

from .near_duplicates import near_text_days

_WINDOWS = {
    "calendar.hour_posts": "1h",
    "calendar.three_hours_posts": "3h",
    "calendar.day_posts": "24h",
    "calendar.week_posts": "168h",
}
_MONTH = "720h"
_DAY, _MINUTE = 86_400_000_000, 60_000_000
_ORDER = ("at", "index")


def calendar_frame(slots: pl.DataFrame, *, near: bool = True) -> pl.DataFrame:
    """Return ``index`` and the ``calendar.*`` measures that one platform's posts decide.

    Parameters
    ----------
    slots
        A row a post with a time: ``index`` (unique), ``at`` (Datetime), ``calendar`` (posts with
        the same value stand in one calendar), ``text``, ``words`` and ``exact`` of
        `compared_texts`, ``linked`` (Boolean), ``images`` (List of paths).
    near
        Whether near duplicates are looked for; without, ``calendar.near_text_days`` is null.

    Returns
    -------
    pl.DataFrame
        In no order worth relying on. Null: there is none before.
    """
    ordered = slots.sort("calendar", *_ORDER)
    measured = ordered.select("index", *_gaps()).hstack(_counts(ordered))
    for name, frame in (
        ("calendar.same_text_days", _days_since(slots, "words")),
        ("calendar.exact_text_days", _days_since(slots, "exact")),
        ("calendar.same_image_days", _days_since_image(slots)),
        ("calendar.near_text_days", near_text_days(slots) if near else _nothing(slots)),
    ):
        days = frame.rename({"days": name})
        measured = measured.join(days, on="index", how="left", maintain_order="left")
    return measured


def days_between(later: pl.Expr, earlier: pl.Expr) -> pl.Expr:
    """Return the days from ``earlier`` to ``later``, as Float64."""
    return (later - earlier).dt.total_microseconds() / _DAY


def _counts(ordered: pl.DataFrame) -> list[pl.Series]:
    """Return the posts in each window, in the order given: by calendar, then time."""
    counts = [
        ordered.rolling("at", period=period, group_by="calendar").agg(pl.len().alias(name))[name]
        for name, period in _WINDOWS.items()
    ]
    links = pl.col("linked").sum().alias("calendar.link_posts_30d")
    month = ordered.rolling("at", period=_MONTH, group_by="calendar").agg(links)
    return [count.cast(pl.Int64) for count in (*counts, month[links.meta.output_name()])]


def _gaps() -> list[pl.Expr]:
    same = pl.col("calendar") == pl.col("calendar").shift(1)
    before = pl.when(same).then(pl.col("at").shift(1))
    first = pl.col("at").first().over("calendar")
    return [
        days_between(pl.col("at"), before).alias("calendar.gap_days"),
        ((pl.col("at") - before).dt.total_microseconds() / _MINUTE).alias("calendar.gap_minutes"),
        days_between(pl.col("at"), first).alias("calendar.known_days"),
    ]


def _days_since(slots: pl.DataFrame, key: str) -> pl.DataFrame:
    """Return ``index`` and ``days`` since the post before with the same ``key`` there."""
    keyed = slots.select("index", "at", "calendar", key).drop_nulls(key)
    ordered = keyed.sort("calendar", key, *_ORDER)
    again = pl.all_horizontal(pl.col(one) == pl.col(one).shift(1) for one in ("calendar", key))
    days = days_between(pl.col("at"), pl.col("at").shift(1)).alias("days")
    return ordered.select("index", days, again=again).filter("again").drop("again")


def _days_since_image(slots: pl.DataFrame) -> pl.DataFrame:
    if slots["images"].list.len().sum() == 0:
        return _nothing(slots)
    shown = (
        slots.select("index", "at", "calendar", pl.col("images").list.unique())
        .explode("images", empty_as_null=True)
        .drop_nulls("images")
    )
    return _days_since(shown, "images").group_by("index").agg(pl.col("days").min())


def _nothing(slots: pl.DataFrame) -> pl.DataFrame:
    return pl.DataFrame(schema={"index": slots.schema["index"], "days": pl.Float64()})
