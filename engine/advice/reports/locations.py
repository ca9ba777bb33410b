"""Where a post stands in its file, as tools that know only lines want to hear it."""

from pathlib import PurePath

_HEADER_LINES = {".csv": 1, ".tsv": 1, ".jsonl": 0, ".ndjson": 0}


def line_of_row(file: str, row: int | None) -> int:
    """Return the line of data row ``row``, both from 1; 1 in files that have no lines.

    Exact for JSON lines, and for CSV and TSV as long as no earlier cell holds a line break.
    """
    before = _HEADER_LINES.get(PurePath(file).suffix.lower())
    return 1 if before is None or row is None else row + before
