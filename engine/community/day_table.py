"""Interactions counted by day: small to keep, exact to add to, and enough for the score.

One row a pair of people, kind of act, and day (UTC). Days are added as they come: a day's rows
depend on the acts of that day alone, so a table that grew day by day is the table of all acts.
"""

import numpy as np
import polars as pl

from .edges import Edges
from .kinds import kinds
from .schema import TIME

DAY_SCHEMA: dict[str, pl.DataType] = {
    "from": pl.String(),
    "to": pl.String(),
    "kind": pl.String(),
    "day": pl.Date(),
    "acts": pl.UInt32(),
    "first": TIME,
    "last": TIME,
    "since_midnight": pl.Int64(),
}
"""``from`` acted on ``to`` so often on that day; ``since_midnight`` is the sum of the microseconds
from midnight to each act. Handles are in the one form that all their spellings share. ``to`` is
null where only the post is known; ``day`` and the times are null for acts without a time."""

EDGE_SCHEMA: dict[str, pl.DataType] = {
    "from": pl.String(),
    "to": pl.String(),
    "kind": pl.String(),
    "acts": pl.UInt32(),
    "days": pl.UInt32(),
    "first": TIME,
    "last": TIME,
}
"""One row a pair of people and kind of act: ``from`` acted on ``to`` so often, on so many days.

As in `DAY_SCHEMA`; ``days`` is 0 where no act has a time."""

_KEYS = ["from", "to", "kind", "day"]
_DAY = 86_400_000_000


def days_of(edges: Edges) -> pl.DataFrame:
    """Return the day table of the acts of an edge table, sorted; all acts are counted."""
    names = {kind.code: name for name, kind in kinds().items()}
    people = edges.people
    counted = (
        edges.acts.group_by("from", "to", "kind", (pl.col("at") // _DAY).alias("day"))
        .agg(
            pl.len().alias("acts"),
            pl.col("at").min().alias("first"),
            pl.col("at").max().alias("last"),
            (pl.col("at") % _DAY).sum().alias("since_midnight"),
        )
        .with_columns(
            pl.col("kind").replace_strict(names, return_dtype=pl.String),
            pl.col("day").cast(pl.Int32).cast(pl.Date),
            pl.when(pl.col("day").is_not_null()).then("since_midnight").alias("since_midnight"),
        )
    )
    named = counted.with_columns(
        people.gather(counted["from"]).alias("from"), people.gather(counted["to"]).alias("to")
    )
    return named.select(pl.col(name).cast(kind) for name, kind in DAY_SCHEMA.items()).sort(_KEYS)


def with_days(table: pl.DataFrame, more: pl.DataFrame) -> pl.DataFrame:
    """Return a day table with the days of another added; no day may be in both."""
    return pl.concat([table, more]).sort(_KEYS)


def edges_of_days(days: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of a day table summed over the days, as `EDGE_SCHEMA`, sorted."""
    summed = days.group_by("from", "to", "kind").agg(
        pl.col("acts").cast(pl.Int64).sum(),
        pl.col("day").count().alias("days"),
        pl.col("first").min(),
        pl.col("last").max(),
    )
    typed = summed.select(pl.col(name).cast(kind) for name, kind in EDGE_SCHEMA.items())
    return typed.sort("from", "to", "kind")


def acts_of_days(days: pl.DataFrame) -> pl.DataFrame:
    """Return ``from, to, kind, at``, a row an act.

    One act of a row has its own time, two have theirs. Of three or more, all but the first and
    last share their mean, to the microsecond.
    """
    often = days["acts"].to_numpy().astype(np.int64)
    rows = np.repeat(np.arange(days.height), often)
    place = np.arange(len(rows)) - np.repeat(np.cumsum(often) - often, often)
    midnight = pl.col("day").cast(pl.Datetime("us")).dt.epoch("us")
    first, last = pl.col("first").dt.epoch("us"), pl.col("last").dt.epoch("us")
    acts = pl.col("acts").cast(pl.Int64)
    between = midnight * acts + pl.col("since_midnight") - first - last
    timed = days.select("from", "to", "kind", first, last, (between // (acts - 2)).alias("mean"))[
        rows
    ]
    at = (
        pl.when(pl.col("place") == 0)
        .then("first")
        .when(pl.col("place") == 1)
        .then("last")
        .otherwise("mean")
    )
    placed = timed.with_columns(pl.Series("place", place))
    return placed.select("from", "to", "kind", at.cast(TIME).alias("at"))
