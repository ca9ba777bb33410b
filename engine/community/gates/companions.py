"""Whom an account meets beside the one it is compared with: others that act as much, or a crowd.

The fans of one of many teams meet far more often than the whole of a community explains. What tells
them from accounts in step is the company: programs that are told what to do all do as much, and of
a crowd most come now and then.
"""

import polars as pl

from .meetings import meetings

ACTS = 24
ALIKE = 1.5


def company_kept(
    pairs: pl.DataFrame, rows: pl.DataFrame, made: pl.DataFrame, within: int, draws: int
) -> pl.DataFrame:
    """Return ``from, alike, usual`` of those who are first in pairs.

    Both are judged by companions who are drawn, ``draws`` at each of up to `ACTS` acts.
    ``alike`` is the part of them who act nearly as often as the first, up to `ALIKE` times or the
    other way round; ``usual`` the median part of their own acts that are meetings.

    Parameters
    ----------
    pairs
        ``from``: who is asked about.
    rows
        ``from, to, at`` of all acts, none null.
    made
        ``from, made``: how many acts each made.
    within
        How near meetings are, in microseconds.
    draws
        How many companions at an act.
    """
    drawn = _companions(rows, pairs["from"].unique(), within, draws)
    met = meetings(rows, drawn.unique(), within)
    each = drawn.join(met, on=["from", "with"]).join(made, left_on="with", right_on="from")
    each = each.join(made.rename({"made": "own"}), on="from")
    ratio = pl.col("made") / pl.col("own")
    return each.group_by("from").agg(
        ratio.is_between(1 / ALIKE, ALIKE).mean().alias("alike"),
        (pl.col("shared") / pl.col("made")).median().alias("usual"),
    )


def _companions(rows: pl.DataFrame, people: pl.Series, within: int, draws: int) -> pl.DataFrame:
    """Return ``from, with``: ``draws`` companions at each of up to `ACTS` acts of each person.

    Companions are those who act on the same one in the same stretch of twice the time.
    """
    stretch = (pl.col("at") // (2 * within)).alias("stretch")
    act = pl.struct("from", "to", "at")
    own = rows.filter(pl.col("from").is_in(people.implode()))
    chosen = own.filter(act.hash(7).rank("ordinal").over("from") <= ACTS)
    drawn = chosen.with_columns(draw=pl.lit(list(range(draws)))).explode("draw")
    drawn = drawn.select("from", "to", stretch, pl.struct(act, "draw").hash(8).alias("lot"))
    there = (
        rows.select("from", "to", stretch)
        .join(drawn.select("to", "stretch").unique(), on=["to", "stretch"], how="semi")
        .unique()
        .sort("to", "stretch", "from")
        .with_row_index("place")
    )
    crowds = there.group_by("to", "stretch").agg(
        pl.col("place").min().alias("first"), pl.len().alias("crowd")
    )
    found = drawn.join(crowds, on=["to", "stretch"])
    places = found.select(pl.col("first") + pl.col("lot") % pl.col("crowd")).to_series()
    companions = there["from"].gather(places).alias("with")
    return found.select("from", companions).filter(pl.col("from") != pl.col("with"))
