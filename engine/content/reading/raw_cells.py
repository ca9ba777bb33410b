"""Raw columns of any type made fit for reading: text stays, the rest becomes what it says."""

import polars as pl

from .cells import Cells
from .media_cells import as_json


def as_text(column: pl.Series) -> Cells:
    """Return the cells as text; a list or an object where one text belongs is a fault."""
    if column.dtype == pl.String:
        return Cells(column)
    if column.dtype.is_nested():
        at = column.is_not_null().arg_true().to_list()
        empty = pl.Series(column.name, [None] * len(column), dtype=pl.String)
        return Cells(empty, dict.fromkeys(at, "a list or an object; write one value"))
    texts = carried(column)
    if column.dtype != pl.Binary:
        return Cells(texts)
    lost = texts.str.contains("\ufffd", literal=True).fill_null(False).arg_true().to_list()
    return Cells(texts, dict.fromkeys(lost, "bytes that are no UTF-8 text"))


def carried(column: pl.Series) -> pl.Series:
    """Return any column as text, nested values as JSON, whole floats without ``.0``.

    Bytes that are no UTF-8 become U+FFFD.
    """
    if column.dtype == pl.String:
        return column
    if column.dtype == pl.Object:
        return pl.Series(
            column.name, [None if one is None else str(one) for one in column], dtype=pl.String
        )
    if column.dtype == pl.Binary:
        texts = [None if one is None else one.decode(errors="replace") for one in column]
        return pl.Series(column.name, texts, dtype=pl.String)
    if column.dtype == pl.Duration:
        return column.dt.to_string("iso")
    if column.dtype.is_nested():
        return as_json(column)
    if column.dtype.is_float():
        whole = (column == column.round()) & (column.abs() < 2**63)
        integers = column.set(~whole, None).cast(pl.Int64, strict=False).cast(pl.String)
        return integers.zip_with(integers.is_not_null(), column.cast(pl.String))
    return column.cast(pl.String, strict=False)


def nul_faults(column: pl.Series, *, nested: bool) -> dict[int, str]:
    """Return the faults of cells with the character U+0000.

    ``nested``: text cells may be JSON lists, in which it is written out.
    """
    if column.dtype == pl.String:
        nul = column.str.contains("\x00", literal=True)
        if nested:
            nul = nul | column.str.contains(r"(?s)^\s*[\[{].*\\u0000")
    elif isinstance(column.dtype, pl.List) and column.dtype.inner == pl.String:
        nul = column.list.eval(pl.element().str.contains("\x00", literal=True)).list.any()
    elif column.dtype.is_nested():
        nul = as_json(column).str.contains("\\u0000", literal=True)
    else:
        return {}
    if not nul.any():
        return {}
    reason = "a NUL character (U+0000); delete it"
    return dict.fromkeys(nul.fill_null(False).arg_true().to_list(), reason)
