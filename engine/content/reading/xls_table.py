"""Workbooks of Excel 97 to 2003, in which LinkedIn exports; the home of xlrd."""

import io
from collections.abc import Iterator
from typing import Any, BinaryIO

import polars as pl

from ...errors import ReadError
from .tables import SourceNotes, Table
from .workbook_rows import sheet_of_rows, sheet_tables, with_other_sheets

MAX_BYTES = 50_000_000
"""The largest that is read; such a workbook holds at most 65,536 rows a sheet."""


def xls_tables(file: BinaryIO, notes: SourceNotes, rows: int) -> Iterator[Table]:
    """Yield the rows of the first sheet whose header names a column for posts.

    Raises
    ------
    ReadError
        Not such a workbook, a damaged or locked one, one of over `MAX_BYTES`, or one without a
        sheet of posts.
    """
    content = file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise ReadError(f"{notes.name}: of an .xls at most {MAX_BYTES} bytes are read")
    sheets = _sheets(content, notes.name)
    names = list(sheets)
    sheet, _, cells = sheet_of_rows(names, sheets.__getitem__, notes)
    posts = with_other_sheets(cells, sheet, names, sheets.__getitem__, notes)
    yield from sheet_tables(posts, notes, rows)


def _sheets(content: bytes, name: str) -> dict[str, pl.DataFrame]:
    """Return the cells of each sheet as texts, blank ones null; dates as 2026-12-01 09:00:00."""
    import xlrd

    try:
        book = xlrd.open_workbook(file_contents=content, logfile=io.StringIO(), ragged_rows=True)
        return {sheet.name: _cells(sheet, book.datemode) for sheet in book.sheets()}
    except Exception as error:  # a damaged file lets errors of every kind out of xlrd
        said = str(error).splitlines()[0][:160] if str(error) else type(error).__name__
        raise ReadError(f"{name}: not a whole Excel workbook ({said})") from None


def _cells(sheet: Any, datemode: int) -> pl.DataFrame:
    rows = [[_text(cell, datemode) for cell in sheet.row(at)] for at in range(sheet.nrows)]
    width = max((len(row) for row in rows), default=0)
    return pl.DataFrame(
        [
            pl.Series(
                f"column_{at}", [row[at] if at < len(row) else None for row in rows], pl.String
            )
            for at in range(width)
        ]
    )


def _text(cell: Any, datemode: int) -> str | None:
    import xlrd

    if cell.ctype == xlrd.XL_CELL_TEXT:
        return str(cell.value) or None
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        return str(int(cell.value)) if float(cell.value).is_integer() else repr(cell.value)
    if cell.ctype == xlrd.XL_CELL_DATE:
        return f"{xlrd.xldate_as_datetime(cell.value, datemode):%Y-%m-%d %H:%M:%S}"
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "true" if cell.value else "false"
    return None
