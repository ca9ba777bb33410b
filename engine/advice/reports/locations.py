"""Where a post stands in its file, as tools that know only lines want to hear it."""

from collections.abc import Callable, Mapping
from pathlib import Path, PurePath
from typing import Any

from ...content.reading.source_lines import csv_row_lines, markdown_line
from ...errors import ReadError
from .report import Report

_LINES = (".jsonl", ".ndjson")
_TABLES = (".csv", ".tsv", ".tab", ".txt")
_MARKDOWN = (".md", ".markdown")


def has_lines(file: str) -> bool:
    """Return whether the posts of a file stand on lines of their own."""
    return PurePath(file).suffix.lower() in (*_LINES, *_TABLES, *_MARKDOWN)


def line_finder(report: Report) -> Callable[[Mapping[str, Any]], int]:
    """Return what gives the line, from 1, of a finding; 1 in files that have no lines.

    In CSV files it is the first line of the post's record, in Markdown that of the words found.
    """
    encodings = {reading.file: reading.encoding or "utf-8" for reading in report.files}
    tables: dict[str, list[int]] = {}

    def line_of(row: Mapping[str, Any]) -> int:
        file, number = row["file"] or "", row["row"]
        ending = PurePath(file).suffix.lower()
        encoding = encodings.get(file, "utf-8")
        if ending in _MARKDOWN and row["start"] is not None and row["excerpt"]:
            return _in_markdown(Path(file), encoding, row["start"], row["excerpt"])
        if number is None or ending not in (*_LINES, *_TABLES):
            return 1
        if ending in _LINES:
            return int(number)
        if file not in tables:
            tables[file] = _in_table(Path(file), encoding)
        lines = tables[file]
        return lines[number - 1] if number <= len(lines) else int(number) + 1

    return line_of


def _in_table(path: Path, encoding: str) -> list[int]:
    """Return the line of each row; nothing where the file is not there any more."""
    try:
        return list(csv_row_lines(path, encoding))
    except (OSError, ReadError, LookupError):
        return []


def _in_markdown(path: Path, encoding: str, start: int, words: str) -> int:
    try:
        return markdown_line(path, encoding, start, words)
    except (OSError, LookupError):
        return 1
