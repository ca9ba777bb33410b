"""Acts summed up to links: one row for each who acted on whom."""

from datetime import datetime, timedelta

import polars as pl

from ...errors import GraphError
from ..edges import Edges
from ..kinds import kinds
from ..schema import TIME

LINK_SCHEMA: dict[str, pl.DataType] = {
    "from": pl.UInt32(),
    "to": pl.UInt32(),
    "weight": pl.Float64(),
    "count": pl.Int64(),
    "last_seen": TIME,
    "kinds": pl.List(pl.String()),
}
"""One row a link: ``from`` acted on ``to``, both codes of people.

``weight`` is what the acts weigh together, ``count`` how many there are, ``last_seen`` the time
of the newest (null where none has a time), ``kinds`` what they are, in order of name.
"""


def links_of(
    edges: Edges, *, as_of: datetime | None = None, half_life: timedelta | None = None
) -> pl.DataFrame:
    """Return the links of an edge table, as `LINK_SCHEMA`, without self-loops.

    Parameters
    ----------
    edges
        Acts without ``to`` make no link.
    as_of
        Age is measured from here; None: the newest act. Later ones are left out.
    half_life
        An act weighs 2^(-age / half-life), one without a time as the oldest; None: 1.
    """
    frame = edges.acts.lazy().select("from", "to", "kind", at=pl.col("at").cast(TIME))
    frame = frame.filter(pl.col("from").is_not_null(), pl.col("to") != pl.col("from"))
    if as_of is not None:
        frame = frame.filter(pl.col("at").is_null() | (pl.col("at") <= as_of))
    weight = pl.lit(1.0)
    if half_life is not None:
        newest = pl.col("at").max() if as_of is None else pl.lit(as_of, TIME)
        age = (newest - pl.col("at")).dt.total_microseconds() / 1e6
        age = age.fill_null(age.max()).fill_null(0.0)
        weight = 0.5 ** (age / half_life.total_seconds())
    names = {kind.code: name for name, kind in kinds().items()}
    named = pl.element().replace_strict(names, default=None, return_dtype=pl.String)
    return (
        frame.with_columns(weight=weight)
        .group_by("from", "to")
        .agg(
            pl.col("weight").sum(),
            pl.len().cast(pl.Int64).alias("count"),
            pl.col("at").max().alias("last_seen"),
            pl.col("kind").unique().alias("kinds"),
        )
        .with_columns(pl.col("kinds").list.eval(named).list.drop_nulls().list.sort())
        .collect()
    )


def checked_weights(links: pl.DataFrame, people: pl.Series) -> pl.DataFrame:
    """Return ``links`` when every weight is a finite number of 0 or more.

    Raises
    ------
    GraphError
        One is missing, NaN, infinite or negative; the message names the people.
    """
    weight = pl.col("weight")
    wrong = links.filter(weight.is_null() | ~weight.is_finite() | (weight < 0))
    if wrong.height:
        one = wrong.row(0, named=True)
        more = f" ({wrong.height:,} edges in all)" if wrong.height > 1 else ""
        raise GraphError(
            f"edge {people[one['from']]!r} → {people[one['to']]!r}{more}: the weight is "
            f"{one['weight']}; allowed: a finite number of 0 or more. Give it a number, or leave "
            "the edge out"
        )
    return links
