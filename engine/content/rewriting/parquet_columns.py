"""A Parquet file with changed values: same columns, types, order and metadata."""

import io
from collections.abc import Mapping
from typing import Any

import polars as pl

from ..reading.column_names import map_columns
from .flat_cell import FLAGS, NUMBERS, flat_cell, place_of
from .list_text import READERS
from .media_alts import with_alts
from .unwritable import Rewritten, UnwritableError, Unwritten

_OWN_METADATA = "ARROW:schema"


def rewrite_parquet(content: bytes, changes: Mapping[int, Mapping[str, Any]]) -> Rewritten:
    """Return a Parquet file with the changed fields of its rows, by their number from 1."""
    frame = pl.read_parquet(io.BytesIO(content))
    columns = map_columns(frame.columns).fields
    by_column: dict[str, dict[int, tuple[str, Any]]] = {}
    left: list[Unwritten] = []
    for row, fields in changes.items():
        for field, value in fields.items():
            try:
                by_column.setdefault(place_of(field, columns), {})[row] = (field, value)
            except UnwritableError as error:
                left.append(Unwritten(row, field, str(error)))
    made = []
    for name, cells in by_column.items():
        series, unwritten = _changed(frame[name], cells, alts=name == columns.get("media_alt"))
        made.append(series)
        left += unwritten
    return Rewritten(parquet_bytes(frame.with_columns(made), content), tuple(left))


def parquet_bytes(frame: pl.DataFrame, like: bytes) -> bytes:
    """Return a frame as a Parquet file with the metadata of another."""
    said = pl.read_parquet_metadata(io.BytesIO(like))
    kept = {key: value for key, value in said.items() if key != _OWN_METADATA}
    buffer = io.BytesIO()
    frame.write_parquet(buffer, metadata=kept or None)
    return buffer.getvalue()


def _changed(
    column: pl.Series, cells: Mapping[int, tuple[str, Any]], *, alts: bool
) -> tuple[pl.Series, list[Unwritten]]:
    values = column.to_list()
    left = []
    for row, (field, value) in cells.items():
        old = values[row - 1]
        try:
            values[row - 1] = _value(column.dtype, field, old, value, alts=alts)
            pl.Series([values[row - 1]], dtype=column.dtype)
        except UnwritableError as error:
            values[row - 1] = old
            left.append(Unwritten(row, field, str(error)))
        except (TypeError, OverflowError, pl.exceptions.PolarsError):
            values[row - 1] = old
            reason = f"a column of {column.dtype} can't hold it; change it by hand"
            left.append(Unwritten(row, field, reason))
    return pl.Series(column.name, values, dtype=column.dtype), left


def _value(dtype: pl.DataType, field: str, old: Any, new: Any, *, alts: bool) -> Any:
    if isinstance(dtype, pl.List):
        if field == "media":
            return with_alts(list(old or ()), new)
        marked = field == "hashtags" and any(str(one).startswith("#") for one in old or ())
        return None if new is None else [f"#{one}" if marked else one for one in new]
    if field in FLAGS and dtype == pl.Boolean:
        return new
    if field in NUMBERS and dtype.is_integer():
        return new
    if new is None and field not in READERS:
        return None
    if dtype not in (pl.String, pl.Categorical, pl.Enum):
        raise UnwritableError(f"a column of {dtype} can't hold {field}; change it by hand")
    return flat_cell(field, old, new, alts=alts)
