"""Randomised tests of wordings: which one people clicked, all else being equal."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import polars as pl

from ..content.reading.plain_name import plain_name
from ..content.safe_yaml import load_yaml
from ..errors import HistoryError

TESTS_SCHEMA = pl.Schema(
    {
        "index": pl.UInt32(),
        "test": pl.String(),
        "group": pl.String(),
        "text": pl.String(),
        "impressions": pl.Int64(),
        "clicks": pl.Int64(),
        "place": pl.UInt32(),
    }
)
"""One row a wording of a group; ``index`` is its first row in the posts, ``place`` numbers the
tests by time."""


def wording_tests(posts: pl.DataFrame) -> pl.DataFrame:
    """Return the wordings that were tested against another (`TESTS_SCHEMA`), oldest test first.

    Rows of one text in a group are added up. A group is a test, or what was shown alike in it.

    Parameters
    ----------
    posts
        A posts frame read from a file of tests: a text (or title), impressions and clicks a row,
        and the columns of ``wording_tests.yaml``.

    Raises
    ------
    HistoryError
        A column is missing, or no test has two wordings.
    """
    test = _column(posts, "test")
    if test is None:
        raise HistoryError("the tests have no column test: which rows were tried together?")
    for name in ("impressions", "clicks"):
        if posts[name].null_count() == posts.height:
            raise HistoryError(f"the tests have no {name}: a click rate needs both")
    group, time = _column(posts, "group"), _column(posts, "time")
    rows = posts.select(
        index=pl.int_range(pl.len()),
        test=pl.col(test),
        group=pl.col(group).fill_null("") if group else pl.lit(""),
        text=pl.coalesce("text", "title"),
        impressions=pl.col("impressions"),
        clicks=pl.col("clicks"),
        time=pl.col("published_at").dt.epoch("us").cast(pl.Float64),
        written=pl.col(time).cast(pl.Float64, strict=False) if time else pl.lit(None, pl.Float64),
    )
    possible = (pl.col("impressions") > 0) & pl.col("clicks").is_between(0, pl.col("impressions"))
    rows = rows.filter(possible, pl.col("test").is_not_null(), pl.col("text").is_not_null())
    added = rows.group_by("test", "group", "text", maintain_order=True).agg(
        pl.col("index").first(),
        pl.col("impressions", "clicks").sum(),
        pl.coalesce("written", "time").min().alias("time"),
    )
    tried = added.filter(pl.len().over("test", "group") > 1)
    if tried.is_empty():
        raise HistoryError("no test has two wordings with impressions and clicks")
    return _placed(tried).select(pl.col(name).cast(dtype) for name, dtype in TESTS_SCHEMA.items())


def columns_of_tests() -> frozenset[str]:
    """Return the plain names of the columns that a file of tests may have beside a post's."""
    return frozenset(one for names in _names().values() for one in names)


def normal_texts(texts: pl.Series) -> pl.Series:
    """Return the texts in lower case, without what is neither letter nor digit."""
    return texts.str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}]+", " ").str.strip_chars()


def _placed(rows: pl.DataFrame) -> pl.DataFrame:
    tests = (
        rows.group_by("test", maintain_order=True)
        .agg(pl.col("time").min(), first=pl.col("index").min())
        .sort("time", "first", nulls_last=True)
        .select("test", place=pl.int_range(pl.len(), dtype=pl.UInt32))
    )
    joined = rows.join(tests, on="test", how="left", maintain_order="left")
    return joined.sort("place", "index", maintain_order=True)


def _column(posts: pl.DataFrame, name: str) -> str | None:
    by_plain = {plain_name(column): column for column in posts.columns}
    return next((by_plain[one] for one in _names()[name] if one in by_plain), None)


@cache
def _names() -> Mapping[str, Sequence[str]]:
    path = Path(__file__).with_name("wording_tests.yaml")
    read = load_yaml(path.read_text(encoding="utf-8"))
    return {name: [plain_name(one) for one in found] for name, found in read.items()}
