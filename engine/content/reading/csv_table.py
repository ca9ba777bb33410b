"""CSV and TSV files, so that a broken record costs one row."""

import io
from collections.abc import Iterator

import polars as pl

from ...errors import ReadError
from .csv_dialect import Dialect, dialect_of
from .csv_records import BrokenRecord, record_blocks
from .rejects import Reject, shown
from .tables import SourceNotes, Table, one_file, regrouped, text_table

_SAMPLE = 1 << 18


def csv_tables(text: io.TextIOBase, notes: SourceNotes, rows: int) -> Iterator[Table]:
    """Yield the records of a CSV file as text, ``rows`` at a time.

    A record with more or fewer cells than the header, or a quotation mark that is never
    closed, is rejected; the lines after the latter are records again.

    Raises
    ------
    ReadError
        No header that names a column for posts, no row, or a line of over 20,000,000 characters.
    """
    dialect = csv_dialect(text, notes)
    found = False
    for table in csv_records(text, dialect, notes.name, rows):
        found = found or table.height > 0
        yield table
    if not found:
        raise ReadError(
            f"{notes.name}: a header and no rows; add a row for every {notes.subject.noun}"
        )


def csv_dialect(text: io.TextIOBase, notes: SourceNotes) -> Dialect:
    """Return how the file is parted, and leave the text at its start.

    Raises
    ------
    ReadError
        The file is empty, or no header names a column for posts.
    """
    sample = text.read(_SAMPLE)
    if not sample.strip("\ufeff \t\r\n"):
        raise ReadError(
            f"{notes.name}: the file is empty; "
            f"sharewise template {notes.subject.template} prints one"
        )
    text.seek(0)
    return dialect_of(sample, notes)


def csv_records(
    text: io.TextIOBase, dialect: Dialect, name: str, rows: int, before: int = 0
) -> Iterator[Table]:
    """Yield the records after those that the dialect skips, ``rows`` at a time, as `csv_tables`.

    ``before`` is how many data records of the file come before the text.
    """
    for _ in range(dialect.skipped_lines):
        text.readline()
    yield from regrouped(_tables(text, dialect, name, before), rows)


def _tables(text: io.TextIOBase, dialect: Dialect, name: str, done: int) -> Iterator[Table]:
    skip = dialect.skipped_records
    for block in record_blocks(text, name, dialect.delimiter, len(dialect.header)):
        records = block[skip:]
        skip -= len(block) - len(records)
        if isinstance(records, pl.DataFrame):
            table = _of_frame(records, dialect, name, done)
        else:
            table = _of_lists(records, dialect, name, done)
        done += len(records)
        yield table


def _of_frame(records: pl.DataFrame, dialect: Dialect, file: str, done: int) -> Table:
    """Return well-formed records as a table; those of blank cells only are left out."""
    numbers = pl.int_range(done + 1, done + len(records) + 1, dtype=pl.Int64, eager=True)
    cells = records.rename(dict(zip(records.columns, dialect.header, strict=True)))
    blank = records.select(pl.all_horizontal(pl.all().is_null() | (pl.all() == ""))).to_series()
    if blank.any():
        cells, numbers = cells.filter(~blank), numbers.filter(~blank)
    return Table(cells, numbers.alias("row"), one_file(file, len(numbers)))


def _of_lists(records: list[list[str]], dialect: Dialect, file: str, done: int) -> Table:
    """Return records as a table, and those that are broken or ragged as rejects."""
    width = len(dialect.header)
    rejects: list[Reject] = []
    fine: list[int] = []
    for number, record in enumerate(records, start=done + 1):
        if isinstance(record, BrokenRecord):
            rejects.append(Reject(file, number, "", shown(record.line), record.reason))
        elif any(record) and len(record) != width:
            whole = shown(dialect.delimiter.join(record[:20]))
            rejects.append(Reject(file, number, "", whole, _ragged(len(record), width)))
        elif any(record):
            fine.append(number)
    kept = [records[number - done - 1] for number in fine]
    columns = list(zip(*kept, strict=True)) if kept else [()] * width
    return text_table(dialect.header, columns, fine, [file] * len(fine), rejects)


def _ragged(cells: int, width: int) -> str:
    found = "1 cell" if cells == 1 else f"{cells} cells"
    return (
        f"{found} where the header has {width}; "
        "put a text with the delimiter or a line break in quotation marks"
    )
