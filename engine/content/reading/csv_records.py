"""The records of a CSV file: in blocks while they are well formed, else one by one."""

import csv
import io
from collections import deque
from collections.abc import Iterator
from itertools import islice
from typing import Literal

import polars as pl

from ...errors import ReadError

MAX_LINE = 20_000_000
_BLOCK = 1 << 22
_LINES_BACK = 1_000
_ONE_BY_ONE = 5_000
_INSIDE = 'a quotation mark inside quoted text; write it twice, as in ""'
_NEVER_CLOSED = "a quotation mark opens here and is never closed; close it, or write it twice"


_Style = Literal["necessary", "always"]


class BrokenRecord(list[str]):
    """A record that could not be parted: no cells, its first line and the reason."""

    def __init__(self, line: str, reason: str) -> None:
        super().__init__()
        self.line = line
        self.reason = reason


def record_blocks(
    text: io.TextIOBase, name: str, delimiter: str, width: int
) -> Iterator[pl.DataFrame | list[list[str]]]:
    """Yield the records from where the text stands, in their order.

    A block is a frame of ``width`` text columns where every record has as many cells, else a
    list of records: of any length, an empty one for a blank line, a `BrokenRecord` for one
    that costs its first line only.
    """
    csv.field_size_limit(MAX_LINE)
    block = ""
    while True:
        more = text.read(_BLOCK)
        if more.endswith("\r"):
            more += text.read(1)
        block += more
        cut = _record_end(block) if more else len(block)
        if not cut and more and len(block) < MAX_LINE:
            continue
        records = parted(block[:cut], delimiter, width) if cut else None
        if records is None:
            yield from _in_lists(_one_by_one(_Lines(block, text, name), delimiter))
            return
        yield records
        block = block[cut:]


def records_one_by_one(text: io.TextIOBase, name: str, delimiter: str) -> Iterator[list[str]]:
    """Yield the lines of each record from where the text stands: of a broken one, its first."""
    lines = _Lines("", text, name)
    for record in _one_by_one(lines, delimiter):
        yield [record.line] if isinstance(record, BrokenRecord) else lines.record


def parted(block: str, delimiter: str, width: int) -> pl.DataFrame | list[list[str]] | None:
    """Return the records of whole lines; None where a quotation mark is out of place."""
    frame = parted_fast(block, delimiter, width)
    if frame is not None:
        return frame
    try:
        return list(csv.reader(io.StringIO(block, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        return None


def parted_fast(block: str, delimiter: str, width: int) -> pl.DataFrame | None:
    """Return the records as a frame, None where that may differ from the strict reading.

    Polars fills short records up and takes some quotation marks for text. So its reading counts
    only where writing it gives the block again, with marks where needed or around every cell.
    """
    if not block:
        return None
    end = "\r\n" if block.endswith("\r\n") else "\n"
    block += "" if block.endswith("\n") else end
    try:
        frame = pl.read_csv(
            block.encode(),
            has_header=False,
            separator=delimiter,
            schema={str(number): pl.String for number in range(width)},
            infer_schema=False,
        )
    except (UnicodeEncodeError, pl.exceptions.PolarsError, pl.exceptions.PanicException):
        return None
    if _plain(block, delimiter, width):
        return frame
    styles: list[_Style] = ["necessary", "always"]
    for style in reversed(styles) if block.startswith('"') else styles:
        again = frame.write_csv(
            include_header=False, separator=delimiter, line_terminator=end, quote_style=style
        )
        if again == block:
            return frame
    return None


def _plain(block: str, delimiter: str, width: int) -> bool:
    """Tell whether no reading of whole lines but one is possible: no quotation mark at all.

    Polars refuses a line of too many cells; where there are as many delimiters as ``width`` asks
    of all lines together, none has too few.
    """
    lines = block.count("\n")
    ends = block.count("\r")
    return (
        '"' not in block
        and not block.startswith("\ufeff")
        and block.count(delimiter) == lines * (width - 1)
        and (not ends or ends == block.count("\r\n") == lines)
        and width > 1
    )


def _record_end(block: str) -> int:
    """Return where the last whole record of a block ends, by its quotation marks; 0 for none."""
    end = block.rfind("\n") + 1
    even = block.count('"', 0, end) % 2 == 0
    for _ in range(_LINES_BACK):
        if even or not end:
            break
        before = block.rfind("\n", 0, end - 1) + 1
        even = block.count('"', before, end) % 2 == 1
        end = before
    return end if even else 0


class _Lines:
    """The lines of a file after ``start``; those of the current record can be taken again."""

    def __init__(self, start: str, text: io.TextIOBase, name: str) -> None:
        self._start = io.StringIO(start, newline="")
        self._text = text
        self._name = name
        self._again: deque[str] = deque()
        self.record: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else self._start.readline(MAX_LINE)
        if not line.endswith(("\n", "\r")):
            line += self._text.readline(MAX_LINE)
        if not line:
            raise StopIteration
        if len(line) >= MAX_LINE:
            raise ReadError(
                f"{self._name}: a line of over {MAX_LINE} characters; is it a file of text?"
            )
        self.record.append(line)
        return line

    def take_again(self) -> str:
        """Put all lines of the record but the first back, and return the first."""
        self._again.extendleft(reversed(self.record[1:]))
        first = self.record[0]
        self.record = []
        return first


def _one_by_one(lines: _Lines, delimiter: str) -> Iterator[list[str]]:
    while True:
        lines.record.clear()
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        try:
            for record in reader:
                yield record
                lines.record.clear()
            return
        except csv.Error as error:
            closed = "expected after" in str(error)
        yield BrokenRecord(lines.take_again(), _INSIDE if closed else _NEVER_CLOSED)


def record_lengths(text: io.TextIOBase, name: str, delimiter: str) -> Iterator[int]:
    """Yield over how many lines each record goes, of those that `record_blocks` yields."""
    csv.field_size_limit(MAX_LINE)
    lines = _Lines("", text, name)
    for record in _one_by_one(lines, delimiter):
        yield 1 if isinstance(record, BrokenRecord) else len(lines.record)


def _in_lists(records: Iterator[list[str]]) -> Iterator[list[list[str]]]:
    while batch := list(islice(records, _ONE_BY_ONE)):
        yield batch
