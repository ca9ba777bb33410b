"""The output of a run: one row a post × platform, its findings, its score."""

import hashlib
from collections import Counter

import polars as pl

from ..content.schema import OUTCOMES, POST_SCHEMA

FINDINGS_TYPE = pl.List(
    pl.Struct({"rule": pl.String(), "severity": pl.String(), "fix": pl.String()})
)
ROW_SCHEMA = pl.Schema(
    {
        "post": pl.String(),
        "platform": pl.String(),
        "score": pl.Float64(),
        "rank": pl.UInt32(),
        "band": pl.String(),
        "findings": FINDINGS_TYPE,
        "recommendation": pl.String(),
        "file": pl.String(),
        "row": pl.Int64(),
        "content": pl.String(),
    }
)
"""``post`` is the id, else file:row. ``score``, ``rank`` and ``band`` are null without a model
or where it refuses; ``rank`` counts from 1 within the platform, over the whole backlog, and posts
with one score share it. ``findings`` are those in force, the gravest first, none: an empty list;
their ``fix`` is safe, unsafe or null for none. ``recommendation`` is the message of the first.
``content`` changes when what was read of the post does."""

_NOT_CONTENT = ("file", "row", *OUTCOMES)


def rows_of(
    posts: pl.DataFrame, pairs: pl.DataFrame, findings: pl.DataFrame, scores: pl.DataFrame | None
) -> pl.DataFrame:
    """Return the rows (`ROW_SCHEMA`) of posts, ranks not yet given.

    Parameters
    ----------
    posts : a posts frame
    pairs : ``index``, ``post`` and ``platform``, platform by platform
    findings : those in force, in the order of `findings.find`
    scores : ``index``, ``platform``, ``score``, ``band``; None: no model
    """
    keys = ["index", "platform"]
    told = findings.group_by(keys, maintain_order=True).agg(
        pl.struct("rule", "severity", fix=pl.col("fix_safety")).alias("findings"),
        pl.format("{}: {}", "rule", "message").first().alias("recommendation"),
    )
    where = posts.select("file", "row", _contents(posts)).with_row_index("index")
    rows = (
        pairs.with_row_index("place")
        .sort("index", "place")
        .join(told, on=keys, how="left", maintain_order="left")
        .join(where, on="index", how="left", maintain_order="left")
        .with_columns(pl.col("findings").fill_null(pl.lit([], FINDINGS_TYPE)))
    )
    if scores is None:
        rows = rows.with_columns(score=pl.lit(None), band=pl.lit(None))
    else:
        rows = rows.join(scores, on=keys, how="left", maintain_order="left")
    return with_schema(rows.with_columns(rank=pl.lit(None)))


def with_schema(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the columns of `ROW_SCHEMA` in their order and types."""
    return rows.select(pl.col(name).cast(dtype) for name, dtype in ROW_SCHEMA.items())


def finding_counts(rows: pl.DataFrame) -> tuple[dict[str, int], dict[str, int]]:
    """Return how many findings there are of each severity, and of each rule."""
    told = rows["findings"].explode().drop_nulls().struct
    by_severity, by_rule = (
        dict(sorted(Counter(told.field(field).to_list()).items())) for field in ("severity", "rule")
    )
    return by_severity, by_rule


def flat(rows: pl.DataFrame) -> pl.DataFrame:
    """Return rows with the findings as text: ``LEN101:error:unsafe TAG104:warning:safe``."""
    one = pl.element().struct
    told = pl.concat_str(
        one.field("rule"),
        pl.lit(":"),
        one.field("severity"),
        pl.when(one.field("fix").is_not_null()).then(":" + one.field("fix")).otherwise(pl.lit("")),
    )
    return rows.with_columns(pl.col("findings").list.eval(told).list.join(" "))


def _contents(posts: pl.DataFrame) -> pl.Series:
    """Return a digest of each post's content: the fields that rules and models may look at.

    A field that is null leaves no trace, whether or not the file has a column for it.
    """
    names = [name for name in POST_SCHEMA if name not in _NOT_CONTENT]
    held = [name for name in names if posts[name].null_count() < posts.height]
    told = [
        pl.when(pl.col(name).is_not_null())
        .then(pl.concat_str(pl.lit(f"{name}\x1f"), _text(name), pl.lit("\x1e")))
        .otherwise(pl.lit(""))
        for name in held
    ]
    whole = posts.select(pl.concat_str(pl.lit(""), *told)).to_series().to_list()
    digests = [hashlib.blake2b(text.encode(), digest_size=8).hexdigest() for text in whole]
    return pl.Series("content", digests, dtype=pl.String)


def _text(name: str) -> pl.Expr:
    dtype = POST_SCHEMA[name]
    if dtype == pl.String():
        return pl.col(name)
    return pl.struct(name).struct.json_encode()
