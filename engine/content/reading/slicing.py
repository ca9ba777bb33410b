"""Cut large files into slices that can be read by themselves, at the ends of rows."""

import codecs
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import polars as pl

from ...errors import ReadError
from .csv_dialect import Dialect
from .csv_table import csv_dialect
from .encodings import opened_text
from .record_ends import RowEnds, csv_ends, line_ends
from .slices import SLICED, Slice
from .sources import said
from .subject import POSTS, Subject
from .tables import SourceNotes

_STATEFUL = ("utf-16", "utf-32", "utf-7", "iso2022", "hz")


def slices_of(
    source: Path | BinaryIO,
    name: str,
    form: str,
    rows: int,
    encoding: str | None = None,
    subject: Subject = POSTS,
) -> list[Slice]:
    """Return the slices of a file, ``rows`` rows each, the last one shorter; none if it is empty.

    Together they hold what the whole holds: a record that runs over several lines, a broken
    one, a blank one stays in one slice, and rows are numbered as in the whole.

    Parameters
    ----------
    source : the file; a path, or bytes that can be sought in. Parquet must be a path
    name : what to call it
    form : one of `SLICED`
    rows : the rows of a slice
    encoding : of a text file; None finds it out
    subject : what a row is

    Raises
    ------
    ReadError
        Not of that form, or it can't be read.
    """
    if form not in SLICED:
        raise ReadError(f"{name}: read in slices are Parquet, JSON Lines and CSV files")
    try:
        if isinstance(source, Path) and form == "parquet":
            return list(_of_parquet(source, name, rows))
        if isinstance(source, Path):
            with source.open("rb") as file:
                return list(
                    _of_text(file, SourceNotes(name, subject=subject), form, rows, encoding)
                )
        return list(_of_text(source, SourceNotes(name, subject=subject), form, rows, encoding))
    except OSError as error:
        raise ReadError(f"{name}: {said(error)}") from None


def _of_parquet(path: Path, name: str, rows: int) -> Iterator[Slice]:
    try:
        height: int = pl.scan_parquet(path, glob=False).select(pl.len()).collect().item()
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
        said_first = (str(error).strip() or "unreadable").splitlines()[0][:160]
        raise ReadError(f"{name}: not a whole Parquet file ({said_first})") from None
    for start in range(0, height, rows):
        stop = min(start + rows, height)
        yield Slice(name, "parquet", start, stop, stop - start, start)


def _of_text(
    file: BinaryIO, notes: SourceNotes, form: str, rows: int, encoding: str | None
) -> Iterator[Slice]:
    size = file.seek(0, 2)
    if size == 0:
        return
    name, dialect = notes.name, None
    with opened_text(file, notes, encoding) as text:
        errors = text.errors or "strict"
        if form == "csv":
            dialect = csv_dialect(text, notes)
    whole = Slice(name, form, 0, size, 0, 0, notes.encoding, errors, dialect)
    if not _splits_at_bytes(notes.encoding):
        yield replace(whole, rows=_lines_of(file, whole))
        return
    if dialect is None:
        yield from _cut(whole, line_ends(file), rows, 0, None)
    else:
        ends = csv_ends(file, notes.encoding, errors, dialect, name)
        rest = replace(dialect, skipped_lines=0, skipped_records=0)
        yield from _cut(whole, ends, rows, dialect.skipped_records, rest)


def _cut(
    whole: Slice, blocks: Iterator[RowEnds], rows: int, skipped: int, rest: Dialect | None
) -> Iterator[Slice]:
    """Yield a slice for each ``rows`` ends; ``skipped`` records of the first are no rows."""
    start, before, held = 0, 0, -skipped
    position = 0
    for ends in blocks:
        taken = 0
        while held + len(ends) - taken >= rows:
            taken += rows - held
            stop = int(ends[taken - 1])
            yield _piece(whole, start, stop, rows, before, rest)
            start, before, held = stop, before + rows, 0
        held += len(ends) - taken
        position = int(ends[-1]) if len(ends) else position
    held += position < whole.stop
    if held > 0 and start < whole.stop:
        yield _piece(whole, start, whole.stop, held, before, rest)


def _piece(
    whole: Slice, start: int, stop: int, rows: int, before: int, rest: Dialect | None
) -> Slice:
    dialect = whole.dialect if start == 0 else rest
    return replace(whole, start=start, stop=stop, rows=rows, before=before, dialect=dialect)


def _splits_at_bytes(encoding: str) -> bool:
    """Tell whether line ends and quotation marks are their ASCII bytes wherever they stand."""
    name = codecs.lookup(encoding).name.replace("_", "-")
    if name.replace("-", "").startswith(tuple(one.replace("-", "") for one in _STATEFUL)):
        return False
    return '\r\n"'.encode(encoding).removeprefix(codecs.BOM_UTF8) == b'\r\n"'


def _lines_of(file: BinaryIO, whole: Slice) -> int:
    file.seek(0)
    text = file.read().decode(whole.encoding, whole.errors)
    skipped = whole.dialect.skipped_records if whole.dialect else 0
    return max(0, text.count("\n") + (not text.endswith("\n")) - skipped)
