"""Accounts that act together: on the same one within a minute, again and again.

Co-acting in a short window is how coordinated accounts are found by CooRnet (Giglietto et al.,
2020) and by Pacheco et al. (ICWSM 2021).
"""

import polars as pl

from ...settings_gates import Thresholds
from .company import in_company
from .crowds import beyond_chance

_MICRO = 1_000_000
PART_ROWS_BITS = 22


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
    one_way = _often(acts, near, _partners(near, limits), limits)
    if one_way.is_empty():
        return {}
    other_way = one_way.select(pl.col("with").alias("from"), pl.col("from").alias("with"))
    unseen = other_way.join(one_way, on=["from", "with"], how="anti")
    often = pl.concat([one_way, _often(acts, near, unseen, limits)])
    found = (
        beyond_chance(often, acts, limits)
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
    within = int(limits.lockstep_seconds * _MICRO)
    rows = acts.select("from", "to", "at")
    rows = rows[in_company(rows, within, limits.lockstep_times)].sort("to", "at")
    ahead = (
        (pl.col("to") == pl.col("to").shift(-1))
        & (pl.col("at").shift(-1) - pl.col("at") <= within)
        & (pl.col("from") != pl.col("from").shift(-1))
    ).fill_null(False)
    near = rows.filter(ahead | ahead.shift(1, fill_value=False))
    enough = (
        near.group_by("from")
        .agg(pl.col("to").n_unique())
        .filter(pl.col("to") >= limits.lockstep_times)
    )
    return near.join(enough, on="from", how="semi")


def _partners(near: pl.DataFrame, limits: Thresholds) -> pl.DataFrame:
    """Return ``from, with``: with whom each account is compared, the first and last account of its
    four rarest windows (a target and a stretch of time). Accounts in step share these.
    """
    within = int(limits.lockstep_seconds * _MICRO)
    several = [_windows(near, 2 * within, offset) for offset in (0, within)]
    rare = pl.concat(several).sort("size", "window").group_by("from", maintain_order=True).head(4)
    return (
        pl.concat([rare.select("from", pl.col(name).alias("with")) for name in ("first", "last")])
        .filter(pl.col("from") != pl.col("with"))
        .unique()
    )


def _often(
    acts: pl.DataFrame, near: pl.DataFrame, pairs: pl.DataFrame, limits: Thresholds
) -> pl.DataFrame:
    """Return ``from, with, shared, targets, moments`` of those who act together so often.

    ``shared`` is at how many of the ``moments`` of the first, ``targets`` on how many. So many acts
    are compared at a time that memory stays bounded.
    """
    made = near.group_by("from").len("made")
    compared = int(pairs.join(made, on="from")["made"].sum())
    parts = max(1, compared >> PART_ROWS_BITS)
    within, part = int(limits.lockstep_seconds * _MICRO), pl.col("from").hash(6) % parts
    found = [_together(near, pairs.filter(part == one), within) for one in range(parts)]
    enough = (pl.col("shared") >= limits.lockstep_times) & (
        pl.col("targets") >= limits.lockstep_times
    )
    together = pl.concat(found).filter(enough)
    some = acts.filter(pl.col("from").is_in(together["from"].unique().implode()))
    moments = some.group_by("from").agg(pl.col("at").n_unique().alias("moments"))
    return together.join(moments, on="from").filter(
        pl.col("shared") >= limits.lockstep_share * pl.col("moments")
    )


def _together(near: pl.DataFrame, seen: pl.DataFrame, within: int) -> pl.DataFrame:
    """Return ``from, with, shared, targets`` of some pairs of accounts."""
    theirs = near.rename({"from": "with"}).join(seen, on="with", how="semi")
    return (
        seen.join(near, on="from")
        .sort("at")
        .join_asof(
            theirs.sort("at").with_columns(then="at"),
            on="at",
            by=["with", "to"],
            strategy="nearest",
            tolerance=within,
            check_sortedness=False,
        )
        .filter(pl.col("then").is_not_null())
        .group_by("from", "with")
        .agg(pl.col("at").n_unique().alias("shared"), pl.col("to").n_unique().alias("targets"))
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
