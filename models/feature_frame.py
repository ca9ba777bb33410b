"""The frame that rankers learn from: a text, a day, a prior score, and measures."""

import numpy as np
import polars as pl

from .text_weights import Numbers

TEXT, DAY, PRIOR = "text", "day", "prior"


def texts_of(posts: pl.DataFrame) -> pl.Series:
    """Return the texts; all empty where the frame has none."""
    if TEXT not in posts.columns:
        return pl.repeat("", posts.height, eager=True)
    return posts[TEXT]


def days_of(posts: pl.DataFrame) -> Numbers:
    """Return the time of each post in days; all 0 where the frame has none."""
    if DAY not in posts.columns:
        return np.zeros(posts.height)
    return posts[DAY].to_numpy().astype(np.float64)


def measure_names(posts: pl.DataFrame) -> tuple[str, ...]:
    """Return the names of the measures: all columns but text, day and prior."""
    return tuple(name for name in posts.columns if name not in (TEXT, DAY, PRIOR))


def measures_of(posts: pl.DataFrame, names: tuple[str, ...]) -> Numbers:
    """Return the measures (posts × names, float64), NaN where not known or not there."""
    if not names:
        return np.zeros((posts.height, 0))
    columns = [
        pl.col(name).cast(pl.Float64) if name in posts.columns else pl.lit(None, pl.Float64)
        for name in names
    ]
    named = (column.alias(name) for name, column in zip(names, columns, strict=True))
    return posts.with_columns(named).select(names).to_numpy().astype(np.float64)
