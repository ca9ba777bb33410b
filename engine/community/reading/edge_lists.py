"""Edge lists without a header, as network collections write them: ``from to time kind``."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO

import polars as pl

from ...content.reading.rejects import Reject, shown
from ...content.reading.tables import SourceNotes, Table, one_file
from ...errors import ReadError
from .columns import INTERACTIONS

_BLOCK = 1 << 26
_COLUMNS = ("from", "to", "at", "kind")
_EPOCH = re.compile(rb"\d{9,16}(\.\d+)?")
_MOST = 0.6
_PARTS = re.compile(rb"[ \t,;]+")


def is_edge_list(head: bytes) -> bool:
    """Tell whether a file's first lines are mostly two to four words each, and none is a header."""
    lines = [line for line in head.splitlines()[:20] if line.strip() and not _comment(line)]
    whole = lines[:-1] if len(lines) > 1 and not head.endswith(b"\n") else lines
    if not whole:
        return False
    parts = [_PARTS.split(line.strip()) for line in whole]
    width, lines_so = Counter(len(one) for one in parts).most_common(1)[0]
    if not 2 <= width <= len(_COLUMNS) or lines_so < _MOST * len(parts):
        return False
    parts = [one for one in parts if len(one) == width]
    first = [cell.decode("utf-8", errors="replace") for cell in parts[0]]
    return not INTERACTIONS.holds(first) and _numbers(parts)


def edge_list_tables(file: BinaryIO, notes: SourceNotes) -> Iterator[Table]:
    """Yield the lines of an edge list in large blocks; ``#`` and ``%`` begin a comment.

    The third column is the time where it counts from 1970; a smaller number is a weight, which is
    not used. Rows are numbered by line.
    """
    file.seek(0)
    done, rest, names = 0, b"", None
    while True:
        more = file.read(_BLOCK)
        block = rest + more
        cut = block.rfind(b"\n") + 1 if more else len(block)
        if not cut and more:
            rest = block
            continue
        part, rest = block[:cut], block[cut:]
        if part:
            names = names or _names(part, notes)
            yield _table(part, names, notes.name, done)
            done += part.count(b"\n")
        if not more:
            break
    if names is None:
        raise ReadError(f"{notes.name}: the file is empty")


def _table(part: bytes, names: tuple[str, ...], file: str, done: int) -> Table:
    text = part.decode("utf-8", errors="replace").replace("\r", "")
    lines = pl.Series("line", text.split("\n")[: part.count(b"\n") + 1])
    frame = pl.DataFrame({"line": lines}).with_row_index("row", offset=done + 1)
    frame = frame.with_columns(pl.col("line").str.strip_chars())
    frame = frame.filter((pl.col("line") != "") & ~pl.col("line").str.contains(r"^[#%]"))
    one = frame["line"].str.replace_all(r"[ \t,;]+", " ")
    width = one.str.count_matches(" ") + 1
    wrong = width != len(names)
    rejects = [
        Reject(file, row, "", shown(line), f"{cells} words where others have {len(names)}")
        for row, line, cells in zip(
            frame["row"].filter(wrong),
            frame["line"].filter(wrong),
            width.filter(wrong),
            strict=True,
        )
    ]
    parted = one.filter(~wrong).str.split_exact(" ", len(names) - 1).struct.unnest()
    cells = parted.rename(dict(zip(parted.columns, names, strict=True)))
    rows = frame["row"].filter(~wrong).cast(pl.Int64)
    return Table(cells, rows, one_file(file, cells.height), rejects)


def _names(part: bytes, notes: SourceNotes) -> tuple[str, ...]:
    line = next((one for one in part.splitlines() if one.strip() and not _comment(one)), b"")
    cells = _PARTS.split(line.strip())
    names = list(_COLUMNS[: len(cells)])
    if len(cells) == 3 and not _EPOCH.fullmatch(cells[2]):
        names[2] = "weight" if re.fullmatch(rb"[-+.\deE]+", cells[2]) else "kind"
    notes.warn(f"no header; the columns were taken as {', '.join(names)}")
    return tuple(names)


def _numbers(parts: list[list[bytes]]) -> bool:
    """Tell whether ids, or at least the times, are numbers: words alone would be a text."""
    ids = all(cell.isdigit() for row in parts for cell in row[:2])
    return ids or all(len(row) > 2 and _EPOCH.fullmatch(row[2]) for row in parts)


def _comment(line: bytes) -> bool:
    return line.lstrip().startswith((b"#", b"%"))
