"""How many others act on the same one at about the same time: the company that comes by chance.

Where a community acts on what it is told of at once, such as goals in a match, everyone is in
company all the time. So two accounts are in step only where they meet far more often than those
who act as much would who are in as large crowds.
"""

import numpy as np
import polars as pl

from ...settings_gates import Thresholds
from ..arrays import counted
from .unusual import too_many

PART_ROWS_BITS = 23
_MICRO = 1_000_000


def beyond_chance(pairs: pl.DataFrame, acts: pl.DataFrame, limits: Thresholds) -> pl.DataFrame:
    """Return the pairs of accounts who meet more often than crowds explain, and ``by_chance``.

    An account that makes a part of all acts is expected to be that part of each crowd.

    Parameters
    ----------
    pairs
        ``from, with, shared, moments …``: at how many of its moments an account meets another.
    acts
        All acts, columns of `edges.ACT_SCHEMA`.
    limits
        ``lockstep_seconds`` and ``surprise``.
    """
    company = company_of(acts, pairs["from"].unique(), int(limits.lockstep_seconds * _MICRO))
    together = pairs.join(company, on="from", how="left", maintain_order="left")
    made = counted(acts["from"].to_numpy(), int(acts["from"].max()) + 1)  # type: ignore[arg-type]
    part = made[together["with"].to_numpy()] / acts.height
    moments = together["moments"].to_numpy()
    expected = np.minimum(together["company"].fill_null(0).to_numpy() * part, moments)
    shared = together["shared"].to_numpy()
    beyond = too_many(shared, expected, moments, limits.surprise)
    return together.with_columns(pl.Series("by_chance", expected)).filter(pl.Series(beyond))


def company_of(acts: pl.DataFrame, people: pl.Series, within: int) -> pl.DataFrame:
    """Return ``from, company``: over all moments of some people, how many others acted with them.

    Others act with somebody who act on the same one within about a time, in microseconds. Of a
    moment at which somebody acts on several, the largest crowd counts.
    """
    asked = pl.col("from").is_in(people.implode())
    targets = acts.lazy().filter(asked).select("to").drop_nulls().unique()
    rows = acts.lazy().select("from", "to", "at").drop_nulls().join(targets, on="to", how="semi")
    count = int(rows.select(pl.len()).collect().item())
    parts = max(1, count >> PART_ROWS_BITS)
    found = [
        _crowds(rows.filter(pl.col("to") % parts == part).collect(), asked, within)
        for part in range(parts)
    ]
    return (
        pl.concat(found)
        .group_by("from", "at")
        .agg(pl.col("others").max())
        .group_by("from")
        .agg(pl.col("others").sum().alias("company"))
    )


def _crowds(rows: pl.DataFrame, asked: pl.Expr, within: int) -> pl.DataFrame:
    """Return ``from, at, others`` of each act of those asked for.

    Counted are those in a stretch of twice the time around it, in the one of two divisions, half a
    stretch apart, in which they are more.
    """
    own = rows.filter(asked)
    others = pl.Series("others", np.zeros(own.height))
    for offset in (0, within):
        stretch = ((pl.col("at") + offset) // (2 * within)).alias("stretch")
        placed = own.select("to", stretch)
        there = rows.select("from", "to", stretch).join(placed, on=["to", "stretch"], how="semi")
        sizes = there.group_by("to", "stretch").agg(pl.col("from").n_unique().alias("size"))
        size = placed.join(sizes, on=["to", "stretch"], how="left", maintain_order="left")["size"]
        others = pl.Series("others", np.maximum(others, size - 1))
    return own.select("from", "at", others)
