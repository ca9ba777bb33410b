"""Where in the text a finding points: start and end in code points."""

import polars as pl

from .condition_nodes import TEXTS
from .rule import Mark

_SIGNS = {"hashtags": "#", "mentions": "@"}
_BODY = pl.col("text.body")


def mark_expressions(mark: Mark | None, kind: str | None) -> tuple[pl.Expr, pl.Expr]:
    """Return the expressions of ``start`` and ``end``; null where nothing is found.

    The first match counts; of a list measure the first of its elements (hashtags with their
    ``#``). ``kind`` is that of ``mark.measure``.
    """
    if mark is None:
        nothing = pl.lit(None, pl.Int64)
        return nothing, nothing
    if mark.measure is None:
        pattern = str(mark.pattern)
        # A pattern that looks around itself (\b, ^) is found at its place, then read off there.
        return _span(_BODY.str.find(pattern), _BODY.str.extract(f"({pattern})", 1))
    words = _first_word(mark, kind)
    return _span(_BODY.str.find(words, literal=True, strict=False), words)


def _first_word(mark: Mark, kind: str | None) -> pl.Expr:
    column = pl.col(str(mark.measure))
    if kind != TEXTS:
        return column
    if mark.pattern is not None:
        column = column.list.eval(pl.element().filter(pl.element().str.contains(mark.pattern)))
    sign = _SIGNS.get(str(mark.measure).partition(".")[0], "")
    return pl.lit(sign) + column.list.first().str.strip_prefix(sign)


def _span(offset: pl.Expr, found: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """Return start and end in code points, from the byte offset of a match and its words."""
    before = _BODY.cast(pl.Binary).bin.slice(0, offset).cast(pl.String).str.len_chars()
    start = pl.when(offset.is_not_null() & (found.str.len_bytes() > 0)).then(before)
    return start.cast(pl.Int64), (start + found.str.len_chars()).cast(pl.Int64)
