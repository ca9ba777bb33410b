"""Posts as a ranker sees them: words, the day, and the measures that rules look at too."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import polars as pl

from ..content.measures.measuring import measure
from ..content.platforms import load_platforms
from ..content.safe_yaml import load_yaml

MICROSECONDS_A_DAY = 86_400_000_000
WORD_COLUMNS = ("text", "title", "description")
_QUOTED, _DIGIT = '["“”«»„]', r"\p{Nd}"


def feature_frame(
    posts: pl.DataFrame, platform: str, measured: pl.DataFrame | None = None
) -> pl.DataFrame:
    """Return ``text``, ``day`` and the measures of ``posts`` on one platform, a row a post.

    Parameters
    ----------
    posts
        A posts frame.
    platform
        A platform id; every post is taken to be for it.
    measured
        The measures of these posts there, if they are known already: what `measure` returns
        for them, a row a post in their order, with at least `MEASURES`.

    Returns
    -------
    pl.DataFrame
        ``day`` is days since 1970 (Float64, null without a time). Null measures are not known.
    """
    if measured is None:
        platforms = load_platforms([platform])
        measured = measure(posts, platforms, [platform], None, needed_measures(), company=False)
    at = pl.coalesce("published_at", "scheduled_at").dt.epoch("us") / MICROSECONDS_A_DAY
    words = posts.select(
        text=pl.concat_str(WORD_COLUMNS, separator="\n", ignore_nulls=True),
        day=at,
    )
    return words.hstack(measured.select(_columns())).with_columns(
        quotes=pl.col("text").str.contains(_QUOTED).cast(pl.Float64),
        digits=pl.col("text").str.contains(_DIGIT).cast(pl.Float64),
    )


@cache
def needed_measures() -> tuple[str, ...]:
    """Return the names of the measures that `feature_frame` reads."""
    chosen = _chosen()
    return (*chosen["counts"], *chosen["values"], "type")


@cache
def count_names() -> frozenset[str]:
    """Return the names of the measures that enter as log1p."""
    return frozenset(_chosen()["counts"])


@cache
def _chosen() -> Mapping[str, Sequence[str]]:
    path = Path(__file__).with_name("measures.yaml")
    read: dict[str, list[str]] = load_yaml(path.read_text(encoding="utf-8"))
    return read


def _columns() -> list[pl.Expr]:
    chosen = _chosen()
    kind = pl.col("type").fill_null("")
    return [
        *(pl.col(name).cast(pl.Float64).log1p() for name in chosen["counts"]),
        *(pl.col(name).cast(pl.Float64) for name in chosen["values"]),
        *((kind == name).cast(pl.Float64).alias(f"type.{name}") for name in chosen["types"]),
    ]
