"""Where the rows of a text file end, in bytes, found block by block."""

import codecs
import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from .csv_dialect import Dialect
from .csv_records import MAX_LINE, parted_fast, records_one_by_one

RowEnds = NDArray[np.int64]
_BLOCK = 1 << 22
_NEWLINE, _QUOTE, _RETURN = b'\n"\r'


def line_ends(file: BinaryIO) -> Iterator[RowEnds]:
    """Yield the position after each line of a file, a block at a time.

    A file with carriage returns that end lines by themselves has one end, its own.
    """
    size = file.seek(0, 2)
    file.seek(0)
    done, last = 0, b""
    while block := file.read(_BLOCK):
        if _has_lone_return(last + block):
            yield np.array([size] if not done else [], dtype=np.int64)
            return
        found = np.flatnonzero(np.frombuffer(block, dtype=np.uint8) == _NEWLINE) + 1 + done
        done += len(block)
        last = block[-1:]
        yield found


def csv_ends(
    file: BinaryIO, encoding: str, errors: str, dialect: Dialect, name: str
) -> Iterator[RowEnds]:
    """Yield the position after each record of a CSV file, a block at a time, the header's too.

    A block counts by its quotation marks where a strict reading of it agrees; else record by
    record, as `csv_records` reads them, to the end of the file.
    """
    file.seek(0)
    done = sum(len(file.readline(MAX_LINE)) for _ in range(dialect.skipped_lines))
    rest = b""
    while True:
        more = file.read(_BLOCK)
        block = rest + more
        if not block:
            return
        ends = _even_ends(block if not more else block[: block.rfind(b"\n") + 1])
        if not more and (not len(ends) or ends[-1] < len(block)):
            ends = np.append(ends, len(block))
        whole = block[: int(ends[-1])] if len(ends) else b""
        if more and not whole and len(block) < MAX_LINE:
            rest = block
            continue
        text = whole.decode(encoding, errors) if whole else ""
        if not whole or not _agrees(text.lstrip("\ufeff"), dialect, len(ends)):
            file.seek(done)
            yield from _one_by_one(file, encoding, errors, dialect, name, done)
            return
        yield ends + done
        done += len(whole)
        rest = block[len(whole) :]
        if not more:
            return


def _even_ends(block: bytes) -> RowEnds:
    """Return the positions after the line ends that stand outside quotation marks."""
    codes = np.frombuffer(block, dtype=np.uint8)
    ends = np.flatnonzero(codes == _NEWLINE)
    if _QUOTE in block:
        marks = np.flatnonzero(codes == _QUOTE)
        ends = ends[np.searchsorted(marks, ends) % 2 == 0]
    return (ends + 1).astype(np.int64)


def _agrees(text: str, dialect: Dialect, records: int) -> bool:
    """Tell whether the text is read as so many records, each where the marks say."""
    if "\r" in text.replace("\r\n", ""):
        return False
    frame = parted_fast(text, dialect.delimiter, len(dialect.header))
    return frame is not None and frame.height == records


def _one_by_one(
    file: BinaryIO, encoding: str, errors: str, dialect: Dialect, name: str, done: int
) -> Iterator[RowEnds]:
    csv.field_size_limit(MAX_LINE)
    marked = encoding == "utf-8-sig"
    encoded = "utf-8" if marked else encoding
    done += len(codecs.BOM_UTF8) if marked and not done else 0
    ends: list[int] = []
    text = io.TextIOWrapper(file, encoding, errors, newline="")
    try:
        for lines in records_one_by_one(text, name, dialect.delimiter):
            done += len("".join(lines).encode(encoded, errors))
            ends.append(done)
            if len(ends) >= _BLOCK >> 6:
                yield np.array(ends, dtype=np.int64)
                ends = []
    finally:
        text.detach()
    yield np.array(ends, dtype=np.int64)


def _has_lone_return(block: bytes) -> bool:
    if b"\r" not in block:
        return False
    returns = block.count(b"\r") - block.endswith(b"\r")
    return returns != block.count(b"\r\n")
