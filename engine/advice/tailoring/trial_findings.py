"""The findings about posts looked at one by one on one platform, as fixes are tried."""

import polars as pl

from ...content.measures.measuring import measure
from ...content.schema import POST_SCHEMA
from ..findings import find, measures_needed
from ..fixes.trials import BATCH_MEASURES
from ..recommending import Adviser

_TIMES = ("scheduled_at", "published_at")


def findings_of(
    posts: pl.DataFrame, platform: str | None, adviser: Adviser, *, timed: bool = False
) -> pl.DataFrame:
    """Return the findings in force, see `finding_schema.FINDING_SCHEMA`.

    Parameters
    ----------
    posts : a posts frame
    platform : the only platform to look at; None: each post's own
    timed : look at the posts' times too; measures of neighbouring posts stay unknown
    """
    where = {} if platform is None else {"platforms": [platform]}
    alone = posts.with_columns(
        *(pl.lit(value, POST_SCHEMA[name]).alias(name) for name, value in where.items()),
        *(() if timed else (pl.lit(None, POST_SCHEMA[name]).alias(name) for name in _TIMES)),
    )
    names = measures_needed(adviser.rulebook)
    measured = measure(alone, adviser.platforms, None, adviser.context, names)
    measured = measured.with_columns(
        pl.lit(None, measured.schema[name]).alias(name)
        for name in measured.columns
        if name.startswith(BATCH_MEASURES)
    )
    found = find(measured, adviser.rulebook, adviser.platforms, alone, adviser.inference)
    return found.filter(pl.col("suppressed").is_null())
