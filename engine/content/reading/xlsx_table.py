"""Excel workbooks; the home of fastexcel."""

from collections.abc import Iterator
from typing import BinaryIO

import polars as pl

from ...errors import ReadError
from .column_names import map_columns
from .tables import SourceNotes, Table
from .workbook_rows import sheet_of_rows, sheet_tables, with_other_sheets
from .xlsx_safety import refuse_bombs

_ROUNDED = "ids in {!r} were numbers of over 15 digits, which Excel rounds; export them as text"


def xlsx_tables(file: BinaryIO, notes: SourceNotes, rows: int) -> Iterator[Table]:
    """Yield the rows of the first sheet whose header names a column for posts.

    Raises
    ------
    ReadError
        Not a workbook, a damaged one, one that unpacks to far more than it is, or one
        without a sheet of posts.
    """
    refuse_bombs(file, notes.name)
    file.seek(0)
    yield from sheet_tables(_posts(file.read(), notes), notes, rows)


def _posts(content: bytes, notes: SourceNotes) -> pl.DataFrame:
    import fastexcel

    def load(name: str) -> pl.DataFrame:
        loaded: pl.DataFrame = book.load_sheet(name, header_row=None, dtypes="string").to_polars()
        return loaded

    try:
        book = fastexcel.read_excel(content)
        names = [name for name in book.sheet_names if name]
        sheet, at, cells = sheet_of_rows(names, load, notes)
        ids = map_columns(cells.columns).fields.get("id")
        if ids and _long_numbers(cells[ids]):
            typed = book.load_sheet(sheet, header_row=at).available_columns()
            if typed[cells.columns.index(ids)].dtype in ("float", "int"):
                notes.warn(_ROUNDED.format(ids))
        return with_other_sheets(cells, sheet, names, load, notes)
    except (fastexcel.FastExcelError, pl.exceptions.PolarsError) as error:
        raise ReadError(
            f"{notes.name}: not a whole Excel workbook ({str(error).splitlines()[0][:160]})"
        ) from None
    except pl.exceptions.PanicException:
        raise ReadError(f"{notes.name}: not a whole Excel workbook") from None


def _long_numbers(column: pl.Series) -> bool:
    return bool(column.str.contains(r"^\d{16,}$|^\d\.\d+[eE]\+?\d+$").any())
