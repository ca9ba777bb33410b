"""How many others act on the same one at about the same time."""

import numpy as np
import polars as pl

PART_ROWS_BITS = 23


def company_of(rows: pl.DataFrame, people: pl.Series, within: int) -> pl.DataFrame:
    """Return ``from, company``: over all moments of some people, how many others acted with them.

    Others act with somebody who act on the same one within about a time, in microseconds. Of a
    moment at which somebody acts on several, the largest crowd counts.

    Parameters
    ----------
    rows
        ``from, to, at`` of all acts on those on whom the people act, none null.
    people
        Who is asked about, each once.
    within
        That time.
    """
    asked = pl.col("from").is_in(people.implode())
    parts = max(1, rows.height >> PART_ROWS_BITS)
    some = (rows.filter(pl.col("to") % parts == part) for part in range(parts))
    found = [_crowds(one, asked, within) for one in some]
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
