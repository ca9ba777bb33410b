"""Measures of the words of a post: length parts, shape, tone."""

import polars as pl

_COUNTED = (
    *("characters", "graphemes", "utf16", "bytes", "weighted"),
    *("words", "lines", "sentences", "letters", "capitals_share", "capital_words"),
    *("emoji", "emoji_run", "emoji_bullets", "styled_letters", "invisible"),
    *("exclamations", "questions", "first_line", "first_sentence"),
)


def text_expressions() -> list[pl.Expr]:
    """Return the measures ``text.*`` and ``mentions.*`` that no platform changes.

    They read the columns of `count_texts` and ``body``, the text as it will appear (null
    where the post has none).
    """
    return [
        pl.col("body").alias("text.body"),
        (pl.col("body").str.strip_chars().str.len_bytes().fill_null(0) > 0).alias("text.present"),
        *(pl.col(name).alias(f"text.{name}") for name in _COUNTED),
        pl.col("mentions").list.len().cast(pl.Int64).alias("mentions.count"),
        pl.col("mentions").alias("mentions.list"),
        pl.col("starts_with_mention").alias("mentions.first"),
        pl.col("cashtags").list.len().cast(pl.Int64).alias("cashtags.count"),
    ]


def brand_mentions(handles: tuple[str, ...]) -> pl.Expr:
    """Return ``mentions.brand``: how often own handles are mentioned, null where none is known."""
    if not handles:
        return pl.lit(None, pl.Int64).alias("mentions.brand")
    own = pl.element().str.to_lowercase().str.strip_prefix("@").is_in(list(handles))
    return (pl.col("mentions").list.eval(own.cast(pl.Int64)).list.sum().fill_null(0)).alias(
        "mentions.brand"
    )
