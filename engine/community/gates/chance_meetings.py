"""Which accounts meet more often than crowds explain.

Where a community acts at once on what happens, such as goals in a match, everyone is in company all
the time, and that tells of nobody that they act in step.
"""

import polars as pl

from ...settings_gates import Thresholds
from .companions import company_kept
from .crowds import company_of
from .unusual import too_many

MICRO = 1_000_000
_MOSTLY = 0.6
_DRAWS = (1, 8)


def beyond_chance(pairs: pl.DataFrame, acts: pl.DataFrame, limits: Thresholds) -> pl.DataFrame:
    """Return the pairs of accounts who meet more often than by chance, and ``by_chance``.

    They meet more often than if an account were in each crowd by the part of all acts that it
    makes. And either those whom the first meets mostly act as often as it does, or the other meets
    it at a larger part of its acts than they do.

    Parameters
    ----------
    pairs
        ``from, with, shared, moments …``: at how many of its moments an account meets another.
    acts
        All acts, columns of `edges.ACT_SCHEMA`.
    limits
        ``lockstep_seconds`` and ``surprise``.
    """
    if pairs.is_empty():
        return pairs.with_columns(pl.lit(0.0).alias("by_chance"))
    within = int(limits.lockstep_seconds * MICRO)
    made = acts.group_by("from").len("made")
    rows = _on_theirs(acts, pairs["from"].unique())
    crowds = company_of(rows, pairs["from"].unique(), within)
    together = pairs.join(crowds, on="from").join(made, left_on="with", right_on="from")
    apart = _more(together, pl.col("company") * pl.col("made") / acts.height, limits)
    for draws in _DRAWS:  # Few are left to be looked at closely.
        if apart.is_empty():
            break
        kept = company_kept(apart, rows, made, within, draws)
        asked = apart.join(kept, on="from", how="left")
        alike = (pl.col("alike") >= _MOSTLY).fill_null(True)
        crowd = _more(asked.filter(~alike), pl.col("made") * pl.col("usual"), limits)
        apart = pl.concat([asked.filter(alike), crowd]).drop("alike", "usual")
    return apart


def _on_theirs(acts: pl.DataFrame, people: pl.Series) -> pl.DataFrame:
    """Return ``from, to, at`` of the acts, at known times, on those on whom some people act."""
    rows = acts.lazy().select("from", "to", "at").drop_nulls()
    targets = rows.filter(pl.col("from").is_in(people.implode())).select("to").unique()
    return rows.join(targets, on="to", how="semi", maintain_order="left").collect()


def _more(pairs: pl.DataFrame, by_chance: pl.Expr, limits: Thresholds) -> pl.DataFrame:
    """Return the pairs with more meetings than expected, beyond what the limits call chance."""
    told = pairs.with_columns(pl.min_horizontal(by_chance, "moments").alias("by_chance"))
    shared, expected, moments = (
        told[name].to_numpy() for name in ("shared", "by_chance", "moments")
    )
    return told.filter(pl.Series(too_many(shared, expected, moments, limits.surprise)))
