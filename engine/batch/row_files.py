"""The files that hold a run's rows, in any of its formats."""

from pathlib import Path

import polars as pl

from ..advice.reports.cells import guarded
from ..content.writing import write_beside
from .rows import FINDINGS_TYPE, ROW_SCHEMA, flat


def scan_rows(files: list[Path], form: str) -> pl.LazyFrame:
    """Return the rows of files, `ROW_SCHEMA`; of CSV with the findings as text (`rows.flat`)."""
    if form == "parquet":
        return pl.scan_parquet(files, glob=False)
    if form == "jsonl":
        return pl.scan_ndjson(files, schema=dict(ROW_SCHEMA))
    types = {
        name: pl.String() if dtype == FINDINGS_TYPE else dtype for name, dtype in ROW_SCHEMA.items()
    }
    return pl.scan_csv(files, schema=types, glob=False)


def write_rows(rows: pl.DataFrame, path: Path, form: str) -> None:
    """Write rows, whole or not at all; in CSV no text is taken for a formula.

    Raises
    ------
    WriteError
        They can't be written.
    """
    if form == "parquet":
        write_beside(path, lambda there: _as_parquet(rows, there))
    elif form == "jsonl":
        write_beside(path, rows.write_ndjson().encode())
    else:
        table = flat(rows) if rows["findings"].dtype == FINDINGS_TYPE else rows
        write_beside(path, guarded(table).write_csv(line_terminator="\n").encode())


def _as_parquet(rows: pl.DataFrame, path: Path) -> None:
    try:
        rows.write_parquet(path, compression="zstd", compression_level=3)
    except pl.exceptions.ComputeError as error:  # how Polars tells of a full disk
        raise OSError(None, str(error).splitlines()[0][:160]) from None
