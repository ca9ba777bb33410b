"""Columns of the posts file that sharewise does not know: they go through to the output."""

import polars as pl

from ..content.schema import POST_SCHEMA


def with_unknown_columns(
    findings: pl.DataFrame, posts: pl.DataFrame
) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Return the findings with the posts' unknown columns, and what these are called there.

    A column keeps its name; ``input.`` stands before one that a finding's own column has.
    """
    names = {
        name: f"input.{name}" if name in findings.columns else name
        for name in posts.columns
        if name not in POST_SCHEMA
    }
    if not names:
        return findings, ()
    beyond = posts.select(
        pl.int_range(pl.len(), dtype=pl.UInt32).alias("index"),
        *(pl.col(name).alias(new) for name, new in names.items()),
    )
    joined = findings.join(beyond, on="index", how="left", maintain_order="left")
    return joined, tuple(names.values())
