"""Columns of lists of texts from Python's lists, without a Polars series for each."""

from collections.abc import Mapping, Sequence

import polars as pl

from ..measures.no_texts import TEXTS

_BEFORE_EACH = "\x1f"


def text_lists(columns: Mapping[str, Sequence[Sequence[str] | None]]) -> pl.DataFrame:
    """Return a frame with columns of lists; None is null, which is not an empty list.

    >>> text_lists({"a": [["x", "y"], [], None]})["a"].to_list()
    [['x', 'y'], [], None]
    """
    made = pl.DataFrame([_joined(name, values) for name, values in columns.items()])
    return made.with_columns(pl.col(pl.String).str.split(_BEFORE_EACH).list.slice(1))


def _joined(name: str, values: Sequence[Sequence[str] | None]) -> pl.Series:
    """Return each list as one text with a separator before each of its texts."""
    if any(_BEFORE_EACH in text for some in values if some for text in some):
        return pl.Series(name, values, dtype=TEXTS)
    joined = [
        None if some is None else "".join([_BEFORE_EACH + text for text in some]) if some else ""
        for some in values
    ]
    return pl.Series(name, joined, dtype=pl.String)
