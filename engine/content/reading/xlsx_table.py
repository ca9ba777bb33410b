"""Excel workbooks; the home of fastexcel."""

from collections.abc import Iterator
from typing import BinaryIO

import polars as pl

from ...errors import ReadError
from .column_names import HOLDS_POST, map_columns, recognised
from .csv_dialect import unique_names
from .tables import MAX_COLUMNS, SourceNotes, Table, one_file
from .xlsx_safety import refuse_bombs

_HEADER_WITHIN = 5
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
    frame = _sheet(file.read(), notes)
    blank = frame.select(pl.all_horizontal(pl.all().is_null())).to_series()
    numbers = pl.int_range(1, frame.height + 1, dtype=pl.Int64, eager=True).filter(~blank)
    cells = frame.filter(~blank)
    if cells.is_empty():
        raise ReadError(f"{notes.name}: a header and no rows; add a row for every post")
    for start in range(0, cells.height, rows):
        part = cells.slice(start, rows)
        yield Table(part, numbers.slice(start, rows), one_file(notes.name, part.height))


def _sheet(content: bytes, notes: SourceNotes) -> pl.DataFrame:
    import fastexcel

    try:
        book = fastexcel.read_excel(content)
        found = [name for name in book.sheet_names if name]
        for name in found:
            sheet = book.load_sheet(name, header_row=None, dtypes="string").to_polars()
            header = header_row(sheet)
            if header is None:
                continue
            if len(found) > 1:
                notes.warn(f"sheet {name!r} of {len(found)} was read")
            at, names = header
            if at:
                notes.warn(f"the header is row {at + 1}; the rows before it are not read")
            cells = sheet.slice(at + 1).rename(dict(zip(sheet.columns, names, strict=True)))
            ids = map_columns(names).fields.get("id")
            if ids and _long_numbers(cells[ids]):
                typed = book.load_sheet(name, header_row=at).available_columns()
                if typed[names.index(ids)].dtype in ("float", "int"):
                    notes.warn(_ROUNDED.format(ids))
            return cells
    except (fastexcel.FastExcelError, pl.exceptions.PolarsError) as error:
        raise ReadError(
            f"{notes.name}: not a whole Excel workbook ({str(error).splitlines()[0][:160]})"
        ) from None
    except pl.exceptions.PanicException:
        raise ReadError(f"{notes.name}: not a whole Excel workbook") from None
    raise ReadError(
        f"{notes.name}: no sheet holds posts (found {', '.join(found[:8]) or 'none'}); "
        "one needs a column text, title, link or media, or a name another tool gives it"
    )


def header_row(sheet: pl.DataFrame) -> tuple[int, tuple[str, ...]] | None:
    """Return place and column names of a sheet's header, None where it names no post column."""
    best: tuple[int, tuple[str, ...]] | None = None
    known = 0
    if sheet.width > MAX_COLUMNS:
        return None
    for at, row in enumerate(sheet.head(_HEADER_WITHIN).iter_rows()):
        names = unique_names([str(cell or "") for cell in row])
        holds = any(field in map_columns(names).fields for field in HOLDS_POST)
        if holds and recognised(names) > known:
            best, known = (at, names), recognised(names)
    return best


def _long_numbers(column: pl.Series) -> bool:
    return bool(column.str.contains(r"^\d{16,}$|^\d\.\d+[eE]\+?\d+$").any())
