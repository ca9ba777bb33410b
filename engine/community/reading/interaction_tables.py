"""The tables of raw rows in one source of interactions, whatever its format."""

import gzip
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO, cast

from ...content.reading.csv_table import csv_tables
from ...content.reading.encodings import opened_text
from ...content.reading.json_tables import json_tables, jsonl_tables
from ...content.reading.sources import (
    SUFFIXES,
    format_of,
    opened,
    sniffed,
    spooled,
    standard_input,
)
from ...content.reading.tables import SourceNotes, Table
from ...content.reading.xlsx_table import xlsx_tables
from ...errors import ReadError
from .edge_lists import edge_list_tables, is_edge_list
from .parquet_slices import interaction_slices

BATCH_ROWS = 1_000_000
_HEAD = 1 << 16
_TEXT_FORMATS = {"csv": csv_tables, "json": json_tables, "jsonl": jsonl_tables}


def interaction_tables(
    source: str | Path, notes: SourceNotes, encoding: str | None
) -> Iterator[Table]:
    """Yield the tables of a path, or of standard input where it is ``-``."""
    path = Path(source)
    with ExitStack() as stack:
        file: BinaryIO
        if str(source) == "-":
            file = stack.enter_context(spooled(standard_input(), notes.name))
            form = ""
        else:
            packed = path.suffix.lower() == ".gz"
            form = SUFFIXES.get(Path(path.stem).suffix.lower(), "") if packed else ""
            form = form if packed else format_of(path, notes.name)
            if form == "folder":
                raise ReadError(f"{notes.name}: a folder; name the files of interactions in it")
            if form == "parquet" and not packed:
                yield from interaction_slices(path, notes)
                return
            file = stack.enter_context(opened(path, notes.name))
            if packed or form == "stream":
                file = stack.enter_context(_unpacked(file, notes.name, packed=packed))
                form = "" if form == "stream" else form
        yield from _tables_of(form, file, notes, encoding)


def _tables_of(
    form: str, file: BinaryIO, notes: SourceNotes, encoding: str | None
) -> Iterator[Table]:
    head = file.read(_HEAD)
    file.seek(0)
    if form in ("", "csv") and is_edge_list(head):
        yield from edge_list_tables(file, notes)
        return
    form = form or sniffed(head, notes.name)
    if form == "parquet":
        yield from interaction_slices(file, notes)
    elif form == "xlsx":
        yield from xlsx_tables(file, notes, BATCH_ROWS)
    elif form in _TEXT_FORMATS:
        with opened_text(file, notes, encoding) as text:
            yield from _TEXT_FORMATS[form](text, notes, BATCH_ROWS)
    else:
        raise ReadError(f"{notes.name}: of a format that holds no interactions")


@contextmanager
def _unpacked(file: BinaryIO, name: str, *, packed: bool) -> Iterator[BinaryIO]:
    stream = cast(BinaryIO, gzip.GzipFile(fileobj=file)) if packed else file
    with spooled(stream, name) as copy:
        yield copy
