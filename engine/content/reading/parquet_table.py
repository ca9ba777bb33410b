"""Parquet files, streamed in batches of raw rows."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import polars as pl

from ...errors import ReadError
from .tables import MAX_COLUMNS, SourceNotes, Table, one_file


def parquet_tables(
    path: Path | BinaryIO, notes: SourceNotes, rows: int, start: int = 0, stop: int | None = None
) -> Iterator[Table]:
    """Yield the rows of a Parquet file from ``start`` up to ``stop``, ``rows`` at a time.

    Raises
    ------
    ReadError
        Not a Parquet file, or a damaged one; a damaged part may show after earlier batches.
    """
    done = start
    try:
        scan = pl.scan_parquet(path, glob=False)
        names = scan.collect_schema().names()
        if len(names) > MAX_COLUMNS:
            raise ReadError(f"{notes.name}: {len(names)} columns; at most {MAX_COLUMNS} are read")
        if start or stop is not None:
            scan = scan.slice(start, None if stop is None else stop - start)
        for frame in scan.collect_batches(chunk_size=rows, maintain_order=True):
            numbers = pl.int_range(done + 1, done + frame.height + 1, dtype=pl.Int64, eager=True)
            done += frame.height
            yield Table(frame, numbers, one_file(notes.name, frame.height))
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as error:
        raise ReadError(
            f"{notes.name}: not a whole Parquet file ({_first_line(error)}); "
            "write it again, or give CSV or JSON Lines"
        ) from None


def _first_line(error: BaseException) -> str:
    return str(error).strip().splitlines()[0][:160] if str(error).strip() else "unreadable"
