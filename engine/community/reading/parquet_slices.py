"""Parquet files of interactions: only the columns that are used, a few million rows at a time."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import polars as pl

from ...content.reading.tables import MAX_COLUMNS, SourceNotes, Table, one_file
from ...errors import ReadError
from .columns import INTERACTIONS, fields_of

ROWS = 2_000_000


def interaction_slices(source: Path | BinaryIO, notes: SourceNotes) -> Iterator[Table]:
    """Yield the rows in tables of the columns used.

    Raises
    ------
    ReadError
        Not a Parquet file, a damaged one, or one without the columns needed.
    """
    try:
        scan = pl.scan_parquet(source, glob=False)
        names = scan.collect_schema().names()
        if len(names) > MAX_COLUMNS:
            raise ReadError(f"{notes.name}: {len(names)} columns; at most {MAX_COLUMNS} are read")
        if not INTERACTIONS.holds(names):
            found = ", ".join(names[:12])
            raise ReadError(
                f"{notes.name}: no column holds an interaction: found {found}; {INTERACTIONS.needs}"
            )
        used = list(fields_of(names).values())
        others = [name for name in names if name not in used]
        if others:
            notes.warn(f"columns not used: {', '.join(others[:12])}")
        rows = scan.select(pl.len()).collect().item()
        for start in range(0, max(1, rows), ROWS):
            frame = scan.select(used).slice(start, ROWS).collect()
            numbers = pl.int_range(
                start + 1, start + frame.height + 1, dtype=pl.Int64, eager=True
            ).alias("row")
            yield Table(frame, numbers, one_file(notes.name, frame.height))
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as error:
        said = str(error).strip().splitlines()[0][:160] if str(error).strip() else "unreadable"
        raise ReadError(
            f"{notes.name}: not a whole Parquet file ({said}); write it again, or give CSV"
        ) from None
