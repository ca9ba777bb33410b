"""A run of rows of a large file, read without the rest of it."""

import io
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

from ...errors import ReadError
from .csv_dialect import Dialect
from .csv_table import csv_records
from .json_tables import jsonl_tables
from .parquet_table import parquet_tables
from .post_files import PostFiles
from .posts_from_table import PostReader
from .sources import said
from .tables import SourceNotes, Table
from .time_cells import TimeReader

SLICED = ("parquet", "csv", "jsonl")


@dataclass(frozen=True)
class Slice:
    """Where some rows of a file stand, and all it takes to read them alone.

    Attributes
    ----------
    file : the source as it was named
    form : one of `SLICED`
    start, stop : rows of a Parquet file, bytes of the others
    rows : how many there are, blank ones counted
    before : how many rows of the file come before
    encoding, errors : of the bytes, as `opened_text` finds them; "" for Parquet
    dialect : of CSV; ``skipped_lines`` and ``skipped_records`` are those of this slice
    """

    file: str
    form: str
    start: int
    stop: int
    rows: int
    before: int = 0
    encoding: str = ""
    errors: str = "strict"
    dialect: Dialect | None = None

    def plain(self) -> dict[str, Any]:
        """Return the slice as JSON knows it."""
        return asdict(self)


def slice_from_plain(data: Mapping[str, Any]) -> Slice:
    """Return the slice that `Slice.plain` gave."""
    told = data["dialect"]
    dialect = None if told is None else Dialect(**{**told, "header": tuple(told["header"])})
    return replace(Slice(**{**data, "dialect": None}), dialect=dialect)


def read_slice(
    part: Slice,
    source: Path | BinaryIO,
    *,
    rows: int,
    timezone: str = "UTC",
    platform_names: Mapping[str, str] | None = None,
) -> Iterator[PostFiles]:
    """Yield the posts of a slice, ``rows`` rows at a time, as `reader.read_posts` reads them.

    Ids are unique within the slice: what stands elsewhere in the file is not looked at, and no
    more does the order of day and month that other slices prove count.

    Parameters
    ----------
    part : the slice
    source : the file it is of; a path, or bytes that can be sought in
    rows, timezone, platform_names : as of `reader.read_batches`

    Raises
    ------
    ReadError
        The file can't be read there.
    """
    notes = SourceNotes(part.file, part.encoding)
    reader = PostReader(notes, TimeReader(timezone), platform_names)
    try:
        for table in slice_tables(part, source, notes, rows):
            yield reader.posts(table)
    except OSError as error:
        raise ReadError(f"{part.file}: {said(error)}") from None


def slice_tables(
    part: Slice, source: Path | BinaryIO, notes: SourceNotes, rows: int
) -> Iterator[Table]:
    """Yield the raw rows of a slice, ``rows`` at a time.

    Raises
    ------
    ReadError
        The file can't be read there.
    """
    if part.form == "parquet":
        yield from parquet_tables(source, notes, rows, part.start, part.stop)
        return
    with io.TextIOWrapper(
        io.BytesIO(_bytes(part, source)), part.encoding, part.errors, newline=""
    ) as text:
        if part.form == "jsonl":
            yield from jsonl_tables(text, notes, rows, part.before)
        elif part.dialect is not None:
            yield from csv_records(text, part.dialect, part.file, rows, part.before)


def _bytes(part: Slice, source: Path | BinaryIO) -> bytes:
    if isinstance(source, Path):
        with source.open("rb") as file:
            return _bytes(part, file)
    source.seek(part.start)
    found = source.read(part.stop - part.start)
    if len(found) < part.stop - part.start:
        raise ReadError(f"{part.file}: shorter than it was when the run was planned")
    return found
