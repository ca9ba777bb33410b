"""Two people whose handles are drawn nearly alike."""

import polars as pl

from .handles import handle_key, lookalike_key


def lookalike_people(names: pl.Series) -> pl.DataFrame:
    """Return ``one, other``: handles that are drawn nearly alike, where one uses other letters."""
    odd = pl.col("name").str.contains(r"[^\x00-\x7f]")
    keyed = pl.DataFrame({"name": names}).with_columns(odd.alias("odd"))
    if not keyed["odd"].any():
        return pl.DataFrame(schema={"one": pl.String, "other": pl.String})
    keyed = keyed.with_columns(lookalike_key(handle_key(pl.col("name"))).alias("key"))
    odd_ones = keyed.filter("odd").select("key", pl.col("name").alias("other"))
    return (
        keyed.rename({"name": "one"})
        .join(odd_ones, on="key")
        .filter(
            (pl.col("one") != pl.col("other"))
            & (~pl.col("odd") | (pl.col("one") < pl.col("other")))
        )
        .select("one", "other")
        .sort("one", "other")
    )
