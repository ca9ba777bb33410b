"""The rows of a source as they stand in it, before anything is understood."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import polars as pl

from .rejects import Reject, shown
from .subject import POSTS, Subject

MAX_COLUMNS = 2_000


@dataclass(frozen=True)
class Table:
    """A batch of raw rows.

    Attributes
    ----------
    cells : the columns under their own names, of any type
    rows : Int64, the number of each row in its file
    files : String, the file of each row
    rejects : rows that could not even be taken apart; they are not in ``cells``
    """

    cells: pl.DataFrame
    rows: pl.Series
    files: pl.Series
    rejects: list[Reject] = field(default_factory=list)

    @property
    def height(self) -> int:
        """The rows of the batch, those rejected included."""
        return len(self.rows) + len(self.rejects)


@dataclass
class SourceNotes:
    """What is found out about one source; filled while it is read."""

    name: str
    encoding: str = ""
    subject: Subject = POSTS
    warnings: dict[str, None] = field(default_factory=dict)

    def warn(self, sentence: str) -> None:
        """Keep a warning, once."""
        self.warnings[sentence] = None


def one_file(name: str, length: int) -> pl.Series:
    """Return the ``files`` of a table whose rows all come from one file."""
    return pl.Series("file", [name], dtype=pl.String).new_from_index(0, length)


def text_table(
    names: Sequence[str],
    columns: Sequence[Sequence[str | None]],
    rows: Sequence[int],
    files: Sequence[str],
    rejects: list[Reject],
) -> Table:
    """Return a table of text cells; a row with bytes or surrogates that are no text is rejected.

    Parameters
    ----------
    names, columns : as many names as columns; each column has a cell for each of ``rows``
    files : one name for each row
    rejects : those found so far; the table's continue them
    """
    try:
        series = [
            pl.Series(name, column, dtype=pl.String)
            for name, column in zip(names, columns, strict=True)
        ]
    except UnicodeEncodeError:
        bad = _not_unicode(names, columns, rows, files)
        fine = [at for at in range(len(rows)) if at not in bad]
        return text_table(
            names,
            [[column[at] for at in fine] for column in columns],
            [rows[at] for at in fine],
            [files[at] for at in fine],
            [*rejects, *bad.values()],
        )
    return Table(
        pl.DataFrame(series),
        pl.Series("row", rows, dtype=pl.Int64),
        pl.Series("file", files, dtype=pl.String),
        rejects,
    )


def regrouped(tables: Iterable[Table], rows: int) -> Iterator[Table]:
    """Yield the same rows of one file in tables of ``rows`` rows, the last one shorter."""
    waiting: list[Table] = []
    for table in tables:
        waiting.append(table)
        if sum(one.height for one in waiting) < rows:
            continue
        rest = _together(waiting)
        while rest.height >= rows:
            first, rest = _parted(rest, rows)
            yield first
        waiting = [rest]
    if waiting and (rest := _together(waiting)).height:
        yield rest


def _together(tables: Sequence[Table]) -> Table:
    return Table(
        pl.concat([table.cells for table in tables]),
        pl.concat([table.rows for table in tables]),
        pl.concat([table.files for table in tables]),
        [reject for table in tables for reject in table.rejects],
    )


def _parted(table: Table, rows: int) -> tuple[Table, Table]:
    """Return the first rows by number, rejects among them, and the others."""
    count, before, after = rows, [], table.rejects
    if after:
        last = sorted([*table.rows, *(reject.row for reject in after)])[rows - 1]
        count = int((table.rows <= last).sum())
        before = [reject for reject in table.rejects if reject.row <= last]
        after = [reject for reject in table.rejects if reject.row > last]
    return (
        Table(table.cells[:count], table.rows[:count], table.files[:count], before),
        Table(table.cells[count:], table.rows[count:], table.files[count:], after),
    )


def _not_unicode(
    names: Sequence[str],
    columns: Sequence[Sequence[str | None]],
    rows: Sequence[int],
    files: Sequence[str],
) -> dict[int, Reject]:
    bad: dict[int, Reject] = {}
    for name, column in zip(names, columns, strict=True):
        for at, cell in enumerate(column):
            wrong = None if cell is None else _surrogate(cell)
            if wrong is not None and cell is not None:
                around = shown(cell[max(0, wrong - 20) : wrong + 20])
                reason = _why_not_text(ord(cell[wrong]))
                bad.setdefault(at, Reject(files[at], rows[at], name, around, reason))
    return bad


def _surrogate(text: str) -> int | None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        return error.start
    return None


def _why_not_text(code: int) -> str:
    if 0xDC80 <= code <= 0xDCFF:
        return f"the byte 0x{code - 0xDC00:02x} is not UTF-8; save the file as UTF-8"
    return f"half a character (the lone surrogate U+{code:04X}); write the text again"
