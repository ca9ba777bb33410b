"""Cells of a CSV file replaced where they stand; every other byte stays."""

import csv
import io
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..reading.column_names import map_columns
from ..reading.csv_dialect import Dialect, dialect_of
from ..reading.csv_records import MAX_LINE
from ..reading.tables import SourceNotes
from .encoded_text import EncodedText
from .flat_cell import flat_cell, place_of
from .unwritable import Rewritten, UnwritableError, Unwritten

SAMPLE = 1 << 18


def rewrite_csv(
    file: EncodedText, name: str, changes: Mapping[int, Mapping[str, Any]]
) -> Rewritten:
    """Return the file with the changed fields of its rows, by row number.

    A cell keeps its quotation marks, and gets them where its new text needs them.
    """
    dialect = dialect_of(file.text[:SAMPLE], SourceNotes(name))
    rows = _Rows(file, dialect, map_columns(dialect.header).fields)
    lines = io.StringIO(file.text, newline="")
    made = [lines.readline() for _ in range(dialect.skipped_lines)]
    left: list[Unwritten] = []
    first = 1 - dialect.skipped_records
    for row, record in enumerate(raw_records(lines, dialect.delimiter), start=first):
        if row in changes:
            record, unwritten = rows.changed(record, row, changes[row])
            left += unwritten
        made.append(record)
    return Rewritten(file.encoded("".join(made)), tuple(left))


def raw_records(lines: io.StringIO, delimiter: str) -> Iterator[str]:
    """Yield the records of a CSV file as they stand, line ends and all.

    They are parted as `csv_records` parts them: a record that can't be costs its first line.
    """
    csv.field_size_limit(MAX_LINE)
    again: deque[str] = deque()
    taken: list[str] = []

    def each() -> Iterator[str]:
        while line := again.popleft() if again else lines.readline():
            taken.append(line)
            yield line

    while True:
        reader = csv.reader(each(), delimiter=delimiter, strict=True)
        try:
            for _ in reader:
                yield "".join(taken)
                taken.clear()
            return
        except csv.Error:
            again.extendleft(reversed(taken[1:]))
            yield taken[0]
            taken.clear()


def cell_spans(record: str, delimiter: str) -> list[tuple[int, int]]:
    """Return start and end of each cell of a record, its quotation marks included."""
    end = len(record) - (len("\r\n") if record.endswith("\r\n") else record.endswith(("\n", "\r")))
    spans: list[tuple[int, int]] = []
    start = 0
    while True:
        at = start
        if record.startswith('"', start):
            closing = record.find('"', start + 1)
            while closing >= 0 and record.startswith('"', closing + 1):
                closing = record.find('"', closing + 2)
            at = closing + 1 if closing >= 0 else end
        stop = record.find(delimiter, at)
        if stop < 0:
            return [*spans, (start, end)]
        spans.append((start, stop))
        start = stop + 1


@dataclass(frozen=True)
class _Rows:
    """How the rows of one file are written: its encoding, dialect and columns by our fields."""

    file: EncodedText
    dialect: Dialect
    columns: Mapping[str, str]

    def changed(
        self, record: str, row: int, fields: Mapping[str, Any]
    ) -> tuple[str, list[Unwritten]]:
        """Return a record with its cells replaced, and what could not be."""
        spans = cell_spans(record, self.dialect.delimiter)
        new: dict[int, str] = {}
        left = []
        for field, value in fields.items():
            try:
                at = self.dialect.header.index(place_of(field, self.columns))
                if at >= len(spans):
                    raise UnwritableError("the row is shorter than the header")
                new[at] = self._cell(record[slice(*spans[at])], field, value)
            except UnwritableError as error:
                left.append(Unwritten(row, field, str(error)))
        for at in sorted(new, reverse=True):
            start, end = spans[at]
            record = record[:start] + new[at] + record[end:]
        return record, left

    def _cell(self, raw: str, field: str, value: Any) -> str:
        quoted = raw.startswith('"')
        plain = raw[1:-1].replace('""', '"') if quoted else raw
        text = flat_cell(field, plain, value, alts="media_alt" in self.columns)
        self.file.refuse_foreign(text)
        if quoted or any(sign in text for sign in (self.dialect.delimiter, '"', "\n", "\r")):
            return '"' + text.replace('"', '""') + '"'
        return text
