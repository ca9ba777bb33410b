"""Accounts that act as programs do: around the clock, by the thousand, in the same words."""

import numpy as np
import polars as pl

from ...settings_gates import Thresholds
from ..arrays import counted, rows_of
from ..parts import Clock, Days

_FEWEST_TEXTS = 10


def likely_bots(
    acts: pl.DataFrame, busy_days: Days, clock: Clock, limits: Thresholds
) -> dict[int, str]:
    """Return who is likely a program, with what shows it.

    ``busy_days`` are days with two acts or more.
    """
    return (
        _same_words(acts, limits)
        | _by_the_thousand(busy_days, limits)
        | _sleepless(acts, busy_days, clock, limits)
    )


def _sleepless(
    acts: pl.DataFrame, busy_days: Days, clock: Clock, limits: Thresholds
) -> dict[int, str]:
    """Return who acts in nearly every hour of several days."""
    person, _, count = busy_days
    by = acts["from"].to_numpy()
    full_days = np.bincount(person[count >= limits.bot_hours], minlength=int(by.max()) + 1)
    often = full_days >= (limits.bot_days if limits.bot_hours > 1 else 0)
    if not often.any():
        return {}
    busy = acts.select("from", "at").filter(pl.Series(often[by])).drop_nulls()
    if busy.is_empty():
        return {}
    hours = ((clock.as_of - pl.col("at")) // 3_600_000_000).alias("hour")
    found = (
        busy.select("from", hours)
        .unique()
        .group_by("from", pl.col("hour") // 24)
        .len()
        .filter(pl.col("len") >= limits.bot_hours)
        .group_by("from")
        .agg(pl.len().alias("days"), pl.col("len").max().alias("hours"))
        .filter(pl.col("days") >= limits.bot_days)
    )
    return {
        row["from"]: f"active in {row['hours']} of 24 hours, on {row['days']} days"
        for row in found.iter_rows(named=True)
    }


def _by_the_thousand(busy_days: Days, limits: Thresholds) -> dict[int, str]:
    """Return who makes more acts on one day than a hand can."""
    person, _, count = busy_days
    found: dict[int, str] = {}
    for at in np.flatnonzero(count >= limits.bot_acts_a_day):
        found[int(person[at])] = f"{count[at]:,} acts on one day"
    return found


def _same_words(acts: pl.DataFrame, limits: Thresholds) -> dict[int, str]:
    """Return whose texts are nearly all the same."""
    if acts["text"].null_count() == acts.height:
        return {}
    texts = acts.select("from", "text").drop_nulls()
    by = texts["from"].to_numpy()
    many = counted(by, int(by.max()) + 1) >= _FEWEST_TEXTS
    if not many.any():
        return {}
    found = (
        rows_of(texts, "from", many)
        .lazy()
        .group_by("from", "text")
        .len()
        .group_by("from")
        .agg(pl.col("len").sum().alias("all"), pl.col("len").max().alias("same"))
        .filter(
            (pl.col("all") >= _FEWEST_TEXTS)
            & (pl.col("same") >= limits.same_text_share * pl.col("all"))
        )
        .collect()
    )
    return {
        row["from"]: f"{row['same']} of {row['all']} texts are the same words"
        for row in found.iter_rows(named=True)
    }
