"""Reach from accounts that were all told to do as much.

A camouflaged farm acts on others, too, so that nothing in whom it acts on gives it away where fans
are seldom acted on themselves. But what runs it gives each account the same work. That followers of
a bought account are too alike is how CatchSync finds them (Jiang et al., KDD 2014).
"""

import polars as pl

from ...settings_gates import Thresholds
from ..arrays import counted
from .amplifiers import Amplifiers, behind
from .unusual import too_many

FEWEST_ACTS = 4
"""One post is easily liked, shared and answered by the same person: three acts."""


def alike_sources(
    seen: Amplifiers, pairs: pl.DataFrame, acts: pl.DataFrame, limits: Thresholds
) -> dict[int, str]:
    """Return whose amplifiers mostly made exactly as many acts as each other, and more than usual.

    Only those are asked about hardly one of whose amplifiers anyone acts on.
    """
    asked = seen.count >= limits.source_accounts
    asked &= seen.alive <= limits.alive_share * seen.count
    if not asked.any():
        return {}
    made = counted(acts["from"].to_numpy(), len(seen.count))
    each = pl.concat(
        pl.DataFrame({"to": to, "made": made[from_]}) for from_, to in behind(pairs, asked)
    )
    same = each.group_by("to", "made").len("same")
    whole = same.group_by("to").agg(pl.col("same").sum().alias("count"))
    most = same.join(whole, on="to").filter(
        (pl.col("made") >= FEWEST_ACTS) & (pl.col("same") >= limits.alike_share * pl.col("count"))
    )
    usual = _usual(same, most)
    told = most.join(usual, on="made").with_columns(expected=pl.col("usual") * pl.col("count"))
    same_, expected, count = (told[name].to_numpy() for name in ("same", "expected", "count"))
    found = told.filter(pl.Series(too_many(same_, expected, count, limits.surprise)))
    return {
        row["to"]: (
            f"{row['same']} of {row['count']} accounts that act on theirs made exactly "
            f"{row['made']} acts each ({row['usual']:.0%} is usual here)"
        )
        for row in found.iter_rows(named=True)
    }


def _usual(same: pl.DataFrame, suspects: pl.DataFrame) -> pl.DataFrame:
    """Return ``made, usual``: of all amplifiers, those of suspects left out, the part that made so.

    They are not left out where nobody else is asked about.
    """
    others = same.join(suspects, on="to", how="anti")
    among = others if others.height else same
    parts = among.group_by("made").agg(pl.col("same").sum() / among["same"].sum())
    numbers = suspects.select("made").unique()
    return numbers.join(parts.rename({"same": "usual"}), on="made", how="left").with_columns(
        pl.col("usual").fill_null(0.0)
    )
