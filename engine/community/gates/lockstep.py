"""Accounts that act together: on the same one within a minute, again and again.

Co-acting in a short window is how coordinated accounts are found by CooRnet (Giglietto et al.,
2020) and by Pacheco et al. (ICWSM 2021).
"""

import polars as pl

from ...settings_gates import Thresholds
from ..arrays import counted, rows_of
from .chance_meetings import MICRO, beyond_chance
from .company import in_company
from .meetings import meetings

_RAREST = 4


def lockstep(acts: pl.DataFrame, limits: Thresholds) -> dict[int, tuple[int, str]]:
    """Return who acts in step: person → the account they act with, and the evidence.

    At ``lockstep_times`` or more moments both act on the same one within ``lockstep_seconds``, on
    as many different ones at least, and that is ``lockstep_share`` or more of all the moments at
    which the person acts, and more than crowds explain. One post that mentions ten people is one
    moment.
    """
    near = _near_acts(acts, limits)
    if near.is_empty():
        return {}
    one_way = _in_step(acts, near, _partners(near, limits), limits)
    other_way = one_way.select(pl.col("with").alias("from"), pl.col("from").alias("with"))
    unseen = other_way.join(one_way, on="from", how="anti")
    found = (
        pl.concat([one_way, _in_step(acts, near, unseen, limits)])
        .sort("shared", "with", descending=[True, False])
        .unique("from", keep="first", maintain_order=True)
    )
    return {
        row["from"]: (
            row["with"],
            f"at {row['shared']} of the {row['moments']} times they act, another account acts on "
            f"the same within {limits.lockstep_seconds:.0f} s ({row['by_chance']:.0f} by chance)",
        )
        for row in found.iter_rows(named=True)
    }


def _near_acts(acts: pl.DataFrame, limits: Thresholds) -> pl.DataFrame:
    """Return the acts that another person's act on the same one is near to, of whom has enough."""
    within = int(limits.lockstep_seconds * MICRO)
    rows = acts.select("from", "to", "at")
    rows = _of_enough(rows[in_company(rows, within, limits.lockstep_times)], limits)
    rows = rows.sort("to", "at")
    ahead = (
        (pl.col("to") == pl.col("to").shift(-1))
        & (pl.col("at").shift(-1) - pl.col("at") <= within)
        & (pl.col("from") != pl.col("from").shift(-1))
    ).fill_null(False)
    return _of_enough(rows.filter(ahead | ahead.shift(1, fill_value=False)), limits)


def _of_enough(rows: pl.DataFrame, limits: Thresholds) -> pl.DataFrame:
    """Return the acts of those who act so many times, on as many different people."""
    by = rows["from"].to_numpy()
    often = counted(by, int(by.max(initial=0)) + 1) >= limits.lockstep_times
    some = rows_of(rows, "from", often)
    targets = some.group_by("from").agg(pl.col("to").n_unique())
    enough = targets.filter(pl.col("to") >= limits.lockstep_times)
    return some.join(enough, on="from", how="semi", maintain_order="left")


def _partners(near: pl.DataFrame, limits: Thresholds) -> pl.DataFrame:
    """Return ``from, with``: with whom each account is compared, the first and last account of its
    four rarest windows (a target and a stretch of time). Accounts in step share these.
    """
    within = int(limits.lockstep_seconds * MICRO)
    several = [_windows(near, 2 * within, offset) for offset in (0, within)]
    rarest = pl.col("first", "last").bottom_k_by(["size", "window"], _RAREST)
    rare = pl.concat(several).group_by("from").agg(rarest).explode("first", "last")
    return (
        pl.concat([rare.select("from", pl.col(name).alias("with")) for name in ("first", "last")])
        .filter(pl.col("from") != pl.col("with"))
        .unique()
    )


def _windows(near: pl.DataFrame, length: int, offset: int) -> pl.DataFrame:
    """Return ``from, window, size, first, last``: a row an account and window with others in it."""
    stretch = ((pl.col("at") + offset) // length).hash(4)
    return (
        near.select("from", (pl.col("to").hash(3) ^ stretch).alias("window"))
        .unique()
        .with_columns(
            pl.len().over("window").alias("size"),
            pl.col("from").min().over("window").alias("first"),
            pl.col("from").max().over("window").alias("last"),
        )
        .filter(pl.col("size") > 1)
    )


def _in_step(
    acts: pl.DataFrame, near: pl.DataFrame, pairs: pl.DataFrame, limits: Thresholds
) -> pl.DataFrame:
    """Return ``from, with, shared, moments, by_chance`` of the pairs who act together so often.

    ``shared`` is at how many of the ``moments`` of the first.
    """
    within, times = int(limits.lockstep_seconds * MICRO), limits.lockstep_times
    enough = (pl.col("shared") >= times) & (pl.col("targets") >= times)
    together = meetings(near, pairs, within).filter(enough)
    some = acts.filter(pl.col("from").is_in(together["from"].unique().implode()))
    moments = some.group_by("from").agg(pl.col("at").n_unique().alias("moments"))
    often = together.join(moments, on="from").filter(
        pl.col("shared") >= limits.lockstep_share * pl.col("moments")
    )
    told = ("from", "with", "shared", "moments", "by_chance")
    return beyond_chance(often, acts, limits).select(told)
