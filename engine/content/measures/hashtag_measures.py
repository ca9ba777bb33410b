"""Measures of the hashtags of a post: those in its text and those given beside it."""

import polars as pl

from ..text.counts import count_texts
from ..text.hashtag_words import uncased_hashtags
from .no_texts import NO_TEXTS

_DIGITS = r"^\p{Nd}+$"


def with_hashtags(bodies: pl.DataFrame) -> pl.DataFrame:
    """Add the ``hashtags.*`` measures and ``tags_text``, the text that given tags append.

    Reads ``hashtags`` (in the text), ``given_tags`` (beside it, null where none),
    ``digit_tags``, ``hashtags_inline``, ``starts_with_hashtag`` and ``words``.
    """
    in_text = pl.col("hashtags").list.eval(pl.element().str.to_lowercase())
    frame = bodies.with_columns(in_text.alias("_in_text"))
    if bodies["given_tags"].null_count() == bodies.height:
        frame = frame.with_columns(
            pl.col("hashtags").alias("hashtags.list"),
            pl.col("_in_text").alias("hashtags.names"),
            pl.lit("").alias("tags_text"),
        )
    else:
        frame = _with_given(frame)
    frame = frame.with_columns(
        uncased_hashtags(frame["hashtags.list"]).alias("hashtags.uncased"),
        _int(pl.col("hashtags.names").list.len()).alias("hashtags.count"),
        _int(pl.col("hashtags.names").list.n_unique()).alias("hashtags.unique"),
    )
    digits = pl.col("given_tags").list.eval(pl.element().str.contains(_DIGITS).cast(pl.Int64))
    return frame.with_columns(
        (pl.col("hashtags.count") - pl.col("hashtags.unique")).alias("hashtags.repeated"),
        (_int(pl.col("digit_tags").list.len()) + digits.list.sum().fill_null(0)).alias(
            "hashtags.digits_only"
        ),
        _int(pl.col("hashtags.uncased").list.len()).alias("hashtags.uncased_count"),
        pl.col("hashtags_inline").alias("hashtags.inline"),
        pl.col("starts_with_hashtag").alias("hashtags.first"),
        _int(
            pl.col("hashtags.names").list.eval(pl.element().str.len_chars()).list.max().fill_null(0)
        ).alias("hashtags.longest"),
        pl.when(pl.col("words") > 0)
        .then(pl.col("hashtags").list.len() / pl.col("words"))
        .alias("hashtags.share"),
    ).drop("_in_text")


def tag_costs(bodies: pl.DataFrame, unit: str) -> pl.Series:
    """Return what the appended ``tags_text`` costs in ``unit``, a column of `count_texts`."""
    if not (bodies["tags_text"] != "").any():
        return pl.zeros(bodies.height, pl.Int64, eager=True).alias("tags_cost")
    return count_texts(bodies["tags_text"])[unit].alias("tags_cost")


def _with_given(frame: pl.DataFrame) -> pl.DataFrame:
    kept = (
        frame.select("index", "given_tags", "_in_text")
        .explode("given_tags", empty_as_null=True)
        .with_columns(pl.col("given_tags").str.strip_chars("#＃ "))
        .filter(
            pl.col("given_tags").is_not_null(),
            ~pl.col("given_tags").str.to_lowercase().is_in(pl.col("_in_text")),
        )
        .group_by("index", maintain_order=True)
        .agg(pl.col("given_tags").alias("_fresh"))
    )
    joined = frame.join(kept, on="index", how="left", maintain_order="left").with_columns(
        pl.col("_fresh").fill_null(NO_TEXTS)
    )
    tags = pl.col("_fresh").list.eval(pl.lit(" #") + pl.element()).list.join("")
    return joined.with_columns(
        pl.concat_list("hashtags", "_fresh").alias("hashtags.list"),
        pl.concat_list(
            "_in_text", pl.col("_fresh").list.eval(pl.element().str.to_lowercase())
        ).alias("hashtags.names"),
        tags.fill_null("").alias("tags_text"),
    ).drop("_fresh")


def _int(expression: pl.Expr) -> pl.Expr:
    return expression.cast(pl.Int64)
