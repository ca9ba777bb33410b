"""Measures of the words of a post: length parts, shape, tone."""

import polars as pl

_COUNTED = (
    *("characters", "graphemes", "utf16", "bytes", "weighted"),
    *("words", "lines", "sentences", "letters", "capitals_share", "capital_words"),
    *("emoji", "emoji_run", "emoji_bullets", "styled_letters", "invisible"),
    *("exclamations", "questions", "first_line", "first_sentence"),
)


def text_expressions() -> list[pl.Expr]:
    """Return the measures ``text.*`` and ``cashtags.*`` that no platform changes.

    They read the columns of `count_texts` and ``body``, the text as it will appear (null
    where the post has none).
    """
    return [
        pl.col("body").alias("text.body"),
        (pl.col("body").str.strip_chars().str.len_bytes().fill_null(0) > 0).alias("text.present"),
        *(pl.col(name).alias(f"text.{name}") for name in _COUNTED),
        pl.col("cashtags").list.len().cast(pl.Int64).alias("cashtags.count"),
    ]
