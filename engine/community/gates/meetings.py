"""How often two accounts act on the same one at about the same time."""

import polars as pl

PART_ROWS_BITS = 22


def meetings(acts: pl.DataFrame, pairs: pl.DataFrame, within: int) -> pl.DataFrame:
    """Return ``from, with, shared, targets`` of those of some pairs of accounts who meet.

    They meet where both act on the same one within a time, in microseconds. ``shared`` is at how
    many moments of the first, ``targets`` on how many. So many acts are compared at a time that
    memory stays bounded.

    Parameters
    ----------
    acts
        ``from, to, at``, none null.
    pairs
        ``from, with``, each pair once.
    """
    made = acts.group_by("from").len("made")
    compared = int(pairs.join(made, on="from")["made"].sum())
    parts = max(1, compared >> PART_ROWS_BITS)
    part = pl.col("from").hash(6) % parts
    some = (pairs.filter(part == one) for one in range(parts))
    return pl.concat(_together(acts, one, within) for one in some)


def _together(acts: pl.DataFrame, pairs: pl.DataFrame, within: int) -> pl.DataFrame:
    """Return ``from, with, shared, targets`` of some pairs of accounts."""
    theirs = acts.rename({"from": "with"}).join(pairs, on="with", how="semi")
    return (
        pairs.join(acts, on="from")
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
