"""Cells of one column turned into values: vectorised where clean, one by one where not."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import polars as pl


class BadValueError(ValueError):
    """A cell that can't be read; the message says what it is not and what to write."""


@dataclass(frozen=True)
class Cells:
    """The values of a column and, by position, why a cell could not be read."""

    values: pl.Series
    faults: dict[int, str] = field(default_factory=dict)


NOTHING = ("", "-", "--", "–", "—", "null", "none", "n/a", "na", "#n/a")
"""What tools write, in any case, for a number, date or yes/no they don't have."""


def stripped(column: pl.Series) -> pl.Series:
    """Return the text without outer white space; null where nothing is left."""
    clean = column.str.strip_chars()
    return clean.set(clean == "", None) if (clean == "").any() else clean


def without_placeholders(column: pl.Series) -> pl.Series:
    """Return the text stripped; null where it is blank or one of `NOTHING`."""
    clean = column.str.strip_chars()
    short = clean.str.len_bytes() <= 4
    if not short.any():
        return clean
    absent = short & clean.str.to_lowercase().is_in(list(NOTHING))
    return clean.set(absent, None) if absent.any() else clean


def completed(column: pl.Series, values: pl.Series, parse: Callable[[str], Any]) -> Cells:
    """Fill what the vectorised reading left null by parsing each distinct text once.

    Parameters
    ----------
    column : text cells, null where absent
    values : the values read so far, null where not read
    parse : gives the value of one text, or raises `BadValueError`

    Returns
    -------
    Cells
        Values of the type of ``values``.
    """
    left = (column.is_not_null() & values.is_null()).arg_true()
    if left.is_empty():
        return Cells(values)
    parsed: dict[str, Any] = {}
    reasons: dict[str, str] = {}
    texts = column.gather(left).to_list()
    for text in dict.fromkeys(texts):
        try:
            parsed[text] = parse(text)
        except BadValueError as error:
            reasons[text] = str(error)
    faults = {
        position: reasons[text]
        for position, text in zip(left.to_list(), texts, strict=True)
        if text in reasons
    }
    if not parsed:
        return Cells(values, faults)
    more = pl.DataFrame(
        {
            "at": left,
            "more": pl.Series([parsed.get(text) for text in texts], dtype=values.dtype),
        }
    )
    filled = (
        pl.DataFrame({"value": values})
        .with_row_index("at")
        .join(more, on="at", how="left", maintain_order="left")
        .select(pl.coalesce("value", "more"))
        .to_series()
    )
    return Cells(filled.alias(values.name), faults)
