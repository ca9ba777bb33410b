"""Rows of a file written again below themselves: for a post that becomes several."""

import io
import json
from collections.abc import Iterator, Mapping

import polars as pl

from ..reading.column_names import map_columns
from ..reading.csv_dialect import dialect_of
from ..reading.json_tables import MAX_LINE
from ..reading.tables import SourceNotes
from ..schema import OUTCOMES
from .csv_cells import SAMPLE, cell_spans, raw_records
from .encoded_text import EncodedText
from .json_places import elements, first_value, members, value_end
from .json_values import posts_array
from .parquet_columns import parquet_bytes
from .unwritable import UnwritableError

Copies = Mapping[int, int]
"""Row number → how many copies of the row come right below it."""

_OF_FIRST = (
    *("links", "hashtags", "media", "poll", "type", "cover"),
    *("scheduled_at", "published_at", "when", "when_time", *OUTCOMES),
)


def stays_with_first(field: str) -> bool:
    """Return whether a field, as a column map names it, is left blank in the copies."""
    return field in _OF_FIRST or field.startswith("media")


def csv_copies(file: EncodedText, name: str, copies: Copies) -> str:
    """Return the text of a CSV file with the copies."""
    dialect = dialect_of(file.text[:SAMPLE], SourceNotes(name))
    fields = map_columns(dialect.header).fields
    blank = [dialect.header.index(fields[field]) for field in fields if stays_with_first(field)]
    lines = io.StringIO(file.text, newline="")
    made = [lines.readline() for _ in range(dialect.skipped_lines)]
    records = raw_records(lines, dialect.delimiter)
    for row, record in enumerate(records, start=1 - dialect.skipped_records):
        copy = _blanked(record, dialect.delimiter, blank) if row in copies else ""
        made += _below(record, copy, copies.get(row, 0), file.text)
    return "".join(made)


def jsonl_copies(file: EncodedText, copies: Copies, columns: Mapping[str, str]) -> str:
    """Return the text of a JSON Lines file with the copies; ``columns``: its key → our field."""
    lines = io.StringIO(file.text, newline="")
    made: list[str] = []
    row = 0
    while line := lines.readline(MAX_LINE):
        row += 1
        copy = ""
        if row in copies:
            start = first_value(line)
            end = value_end(line, start)
            copy = line[:start].lstrip("\ufeff") + _nulled(line[start:end], columns) + line[end:]
        made += _below(line, copy, copies.get(row, 0), file.text)
    return "".join(made)


def json_copies(file: EncodedText, copies: Copies, columns: Mapping[str, str]) -> str:
    """Return a JSON document with the copies; ``columns``: its key → our field.

    Raises
    ------
    UnwritableError
        It is a single post, not a list of them.
    """
    text = file.text
    start = posts_array(text)
    if start is None:
        raise UnwritableError("the file is one post and has no room for more")
    places = list(elements(text, start))
    ends = [end for _, end in places]
    lone = len(places) == 1
    gap = _gap(text[start + 1 : places[0][0]], text) if lone else text[ends[0] : places[1][0]]
    made, done = [], 0
    for row, (begin, end) in enumerate(places, start=1):
        copy = _nulled(text[begin:end], columns) if row in copies else ""
        made += [text[done:end], *([gap + copy] * copies.get(row, 0))]
        done = end
    return "".join([*made, text[done:]])


def parquet_copies(content: bytes, copies: Copies) -> bytes:
    """Return a Parquet file with the copies."""
    frame = pl.read_parquet(io.BytesIO(content))
    places = [at for at in range(frame.height) for _ in range(1 + copies.get(at + 1, 0))]
    again = pl.Series([at == before for before, at in zip([-1, *places], places, strict=False)])
    fields = map_columns(frame.columns).fields
    blank = [fields[field] for field in fields if stays_with_first(field)]
    rows = frame[places].with_columns(
        pl.when(~again).then(pl.col(name)).alias(name) for name in blank
    )
    return parquet_bytes(rows, content)


def _gap(before_first: str, text: str) -> str:
    """Return what parts elements of a list that has one: as it is set off, else as colons are."""
    return "," + (before_first or (" " if '": ' in text else ""))


def _below(record: str, copy: str, count: int, text: str) -> Iterator[str]:
    """Yield a record and its copies, with a line's end between where the record has none."""
    yield record
    if not count:
        return
    end = "\r\n" if "\r\n" in text else "\n"
    if record.endswith(("\n", "\r")):
        yield from [copy] * count
    else:
        yield from [end + copy] * count


def _blanked(record: str, delimiter: str, blank: list[int]) -> str:
    spans = cell_spans(record, delimiter)
    for at in sorted(blank, reverse=True):
        if at < len(spans):
            start, end = spans[at]
            record = record[:start] + record[end:]
    return record


def _nulled(text: str, columns: Mapping[str, str]) -> str:
    """Return an object with null for what stays with the first."""
    found = [one for one in members(text, 0) if stays_with_first(columns.get(one.key, ""))]
    for one in reversed(found):
        if json.loads(text[one.start : one.end], strict=False) is not None:
            text = text[: one.start] + "null" + text[one.end :]
    return text
