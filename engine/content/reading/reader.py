"""Reading posts: files, folders, standard input, frames."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO

import polars as pl

from ...errors import ReadError
from .csv_table import csv_tables
from .duplicate_ids import SeenIds
from .encodings import opened_text
from .json_tables import json_tables, jsonl_tables
from .markdown_posts import folder_tables, markdown_table
from .parquet_table import parquet_tables
from .post_files import STDIN, PostFiles, joined
from .posts_from_table import PostReader
from .sources import format_of, opened, said, sniffed, spooled, standard_input
from .tables import SourceNotes, Table, one_file
from .time_cells import TimeReader
from .xls_table import xls_tables
from .xlsx_table import xlsx_tables

BATCH_ROWS = 25_000
_TEXT_FORMATS = {"csv": csv_tables, "json": json_tables, "jsonl": jsonl_tables}


def read_posts(
    sources: Sequence[str | Path],
    *,
    timezone: str = "UTC",
    encoding: str | None = None,
    day_first: bool | None = None,
    platform_names: Mapping[str, str] | None = None,
    on_batch: Callable[[PostFiles], None] | None = None,
) -> PostFiles:
    """Return the posts of all sources; of two rows with one id the first stays.

    Parameters
    ----------
    sources : paths of files and folders, ``-`` for standard input
    timezone : IANA name of the zone of times that are written without one
    encoding : of text files; None finds it out
    day_first : whether 05/06/2026 is in June; None leaves it to the other dates of the file
    platform_names : accepted platform name in lower case → platform id; None accepts any
    on_batch : called with every batch as it is read, to show progress

    Raises
    ------
    ReadError
        A source that can't be read at all; rows that can't be are in ``rejects``.
    """
    seen = SeenIds()
    parts: list[PostFiles] = []
    for source in sources:
        times = TimeReader(timezone, day_first)
        for batch in _batches(source, BATCH_ROWS, times, encoding, platform_names, seen):
            if on_batch:
                on_batch(batch)
            parts.append(batch)
    return joined(parts)


def read_batches(
    source: str | Path,
    *,
    rows: int = BATCH_ROWS,
    timezone: str = "UTC",
    encoding: str | None = None,
    platform_names: Mapping[str, str] | None = None,
) -> Iterator[PostFiles]:
    """Yield the posts of one source, ``rows`` rows at a time, as `read_posts` reads them.

    Memory stays flat but for the ids, of which a hash each is kept. An error in a later part
    of a damaged file is raised after the batches before it.
    """
    times = TimeReader(timezone)
    yield from _batches(source, rows, times, encoding, platform_names, SeenIds())


def from_frame(
    frame: pl.DataFrame,
    file: str = "<frame>",
    *,
    timezone: str = "UTC",
    platform_names: Mapping[str, str] | None = None,
) -> PostFiles:
    """Return the posts of a frame with the checks of a file; columns by their names.

    A frame with the columns ``file`` and ``row`` of earlier reading keeps them.
    """
    numbers = pl.int_range(1, frame.height + 1, dtype=pl.Int64, eager=True)
    files = one_file(file, frame.height)
    if frame.schema.get("file") == pl.String and frame.schema.get("row") == pl.Int64:
        numbers = frame["row"].zip_with(frame["row"].is_not_null(), numbers)
        files = frame["file"].fill_null(file)
        frame = frame.drop("file", "row")
    reader = PostReader(SourceNotes(file), TimeReader(timezone), platform_names)
    return reader.posts(Table(frame, numbers, files))


def _batches(
    source: str | Path,
    rows: int,
    times: TimeReader,
    encoding: str | None,
    platform_names: Mapping[str, str] | None,
    seen: SeenIds,
) -> Iterator[PostFiles]:
    notes = SourceNotes(STDIN if str(source) == "-" else str(source))
    reader = PostReader(notes, times, platform_names, seen)
    try:
        for table in _tables(source, notes, rows, encoding):
            yield reader.posts(table)
    except OSError as error:
        raise ReadError(f"{notes.name}: {said(error)}") from None


def _tables(
    source: str | Path, notes: SourceNotes, rows: int, encoding: str | None
) -> Iterator[Table]:
    path = Path(source)
    form = "stdin" if str(source) == "-" else format_of(path, notes.name)
    if form == "folder":
        yield from folder_tables(path, notes, rows, encoding)
    elif form == "parquet":
        yield from parquet_tables(path, notes, rows)
    else:
        with ExitStack() as stack:
            if form in ("stdin", "stream"):
                stream = (
                    standard_input()
                    if form == "stdin"
                    else stack.enter_context(opened(path, notes.name))
                )
                file = stack.enter_context(spooled(stream, notes.name))
                form = sniffed(file.read(1 << 16), notes.name)
            else:
                file = stack.enter_context(opened(path, notes.name))
            yield from _tables_of(form, file, notes, rows, encoding)


def _tables_of(
    form: str, file: BinaryIO, notes: SourceNotes, rows: int, encoding: str | None
) -> Iterator[Table]:
    file.seek(0)
    if form == "xlsx":
        yield from xlsx_tables(file, notes, rows)
    elif form == "xls":
        yield from xls_tables(file, notes, rows)
    elif form == "parquet":
        yield from parquet_tables(file, notes, rows)
    elif form == "markdown":
        yield markdown_table(file, notes, encoding)
    elif form in _TEXT_FORMATS:
        with opened_text(file, notes, encoding) as text:
            yield from _TEXT_FORMATS[form](text, notes, rows)
    else:
        raise ReadError(f"{notes.name}: of an unknown format")
