"""Measures of a post's own fields: who posts it, when, as part of what, with which options."""

import polars as pl

from .context import Context

_AS_THEY_ARE = (
    *("type", "goal", "campaign", "series", "part", "parts", "author", "account", "location"),
)
_OPTIONS = (
    *("board", "flair", "community", "content_warning", "language"),
    *("made_for_kids", "ai_generated", "paid_partnership"),
)


def post_frame(posts: pl.DataFrame, context: Context) -> pl.DataFrame:
    """Return ``index``, ``post`` (id, else file:row) and the measures no text decides."""
    named = pl.coalesce("id", pl.concat_str("file", pl.lit(":"), pl.col("row").cast(pl.String)))
    return posts.select(
        "index",
        named.alias("post"),
        pl.col("published_at").is_not_null().alias("published"),
        *_AS_THEY_ARE,
        *(pl.col(name).alias(f"post.{name}") for name in _OPTIONS),
        *_titles(),
        *_polls_and_tags(),
        *_people(context),
        pl.coalesce("scheduled_at", "published_at").alias("at"),
    )


def _titles() -> list[pl.Expr]:
    return [
        pl.col("title").alias("title.text"),
        pl.col("title").str.len_chars().fill_null(0).cast(pl.Int64).alias("title.length"),
        (pl.col("title").str.strip_chars().str.len_bytes().fill_null(0) > 0).alias("title.present"),
        pl.col("description")
        .str.len_chars()
        .fill_null(0)
        .cast(pl.Int64)
        .alias("description.length"),
    ]


def _polls_and_tags() -> list[pl.Expr]:
    """Return the poll's and the tags' measures.

    The characters of YouTube's tags count the commas between them, and two quotation marks
    for a tag with a space (YouTube Data API, videos resource, snippet.tags[], 2026).
    """
    tag = pl.element().str.len_chars() + 2 * pl.element().str.contains(" ").cast(pl.UInt32)
    count = pl.col("tags").list.len().fill_null(0).cast(pl.Int64)
    characters = pl.col("tags").list.eval(tag.cast(pl.Int64)).list.sum().fill_null(0)
    return [
        count.alias("tags.count"),
        pl.when(count > 0).then(characters + count - 1).otherwise(0).alias("tags.characters"),
        pl.col("poll").list.len().cast(pl.Int64).alias("poll.options"),
        pl.col("poll")
        .list.eval(pl.element().str.len_chars())
        .list.max()
        .cast(pl.Int64)
        .alias("poll.longest"),
    ]


def _people(context: Context) -> list[pl.Expr]:
    author = pl.col("author").str.to_lowercase().str.strip_prefix("@")
    employee = author.is_in(list(context.employees)) if context.employees else pl.lit(None)
    return [
        employee.cast(pl.Boolean).alias("author.employee"),
        pl.col("rewarded").alias("author.rewarded"),
    ]
