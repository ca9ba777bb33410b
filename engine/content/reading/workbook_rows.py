"""The rows in a workbook of any kind: which sheet, which header, and what other sheets add."""

from collections.abc import Callable, Iterator, Sequence

import polars as pl

from ...errors import ReadError
from .column_names import map_columns
from .csv_dialect import unique_names
from .plain_name import plain_name
from .subject import POSTS, Subject
from .tables import MAX_COLUMNS, SourceNotes, Table, one_file

_HEADER_WITHIN = 5

Load = Callable[[str], pl.DataFrame]
"""Gives the cells of a sheet by its name, as texts, header and all."""


def sheet_tables(cells: pl.DataFrame, notes: SourceNotes, rows: int) -> Iterator[Table]:
    """Yield the rows below the header of a sheet, ``rows`` at a time, without blank ones."""
    blank = cells.select(pl.all_horizontal(pl.all().is_null())).to_series()
    numbers = pl.int_range(1, cells.height + 1, dtype=pl.Int64, eager=True).filter(~blank)
    filled = cells.filter(~blank)
    if filled.is_empty():
        raise ReadError(
            f"{notes.name}: a header and no rows; add a row for every {notes.subject.noun}"
        )
    for start in range(0, filled.height, rows):
        part = filled.slice(start, rows)
        yield Table(part, numbers.slice(start, rows), one_file(notes.name, part.height))


def sheet_of_rows(
    names: Sequence[str], load: Load, notes: SourceNotes
) -> tuple[str, int, pl.DataFrame]:
    """Return name, place of the header, and rows of the first sheet that holds the subject.

    Raises
    ------
    ReadError
        No sheet has a header with the columns that the subject needs.
    """
    for place, name in enumerate(names):
        sheet = load(name)
        header = header_row(sheet, notes.subject)
        if header is None:
            continue
        if len(names) > 1:
            notes.warn(f"sheet {name!r} of {len(names)} was read")
        if map_columns(header[1]).export is None:
            _tell_left_out(names[place + 1 :], load, notes)
        at = header[0]
        if at:
            notes.warn(f"the header is row {at + 1}; the rows before it are not read")
        return name, at, _below(sheet, header)
    raise ReadError(
        f"{notes.name}: no sheet holds {notes.subject.plural} "
        f"(found {', '.join(names[:8]) or 'none'}); {notes.subject.needs}"
    )


def header_row(sheet: pl.DataFrame, subject: Subject = POSTS) -> tuple[int, tuple[str, ...]] | None:
    """Return place and column names of a sheet's header, None where it lacks the columns needed."""
    best: tuple[int, tuple[str, ...]] | None = None
    known = 0
    if sheet.width > MAX_COLUMNS:
        return None
    for at, row in enumerate(sheet.head(_HEADER_WITHIN).iter_rows()):
        names = unique_names([str(cell or "") for cell in row])
        if subject.holds(names) and subject.known(names) > known:
            best, known = (at, names), subject.known(names)
    return best


def with_other_sheets(
    posts: pl.DataFrame, sheet: str, names: Sequence[str], load: Load, notes: SourceNotes
) -> pl.DataFrame:
    """Return the posts with what the workbook's other sheets say of them, in an export of several.

    Their columns follow as ``sheet: column``; of a sheet with two rows for a post the first
    counts. Rows that name a post that is not there are noted.
    """
    export = map_columns(posts.columns).export
    key = export and export.key and _named(posts.columns, export.key)
    if export is None or not key:
        return posts
    joined = posts
    for name in names:
        raw = load(name)
        header = None if name == sheet else header_row(raw)
        theirs = header and _named(header[1], export.key or "")
        if not header or not theirs:
            continue
        other = _below(raw, header).filter(pl.col(theirs).str.contains(r"\S"))
        more = other.select(
            pl.col(theirs).alias(key),
            pl.exclude(theirs, *posts.columns).name.prefix(f"{name.rstrip('.( ')}: "),
        ).unique(key, keep="first", maintain_order=True)
        joined = joined.join(more, on=key, how="left", maintain_order="left")
        unmatched = more.join(posts, on=key, how="anti").height
        lost = f"; {unmatched} rows of it name a post that is not there" if unmatched else ""
        notes.warn(f"sheet {name!r} was joined by {key!r}{lost}")
    return joined


def _tell_left_out(names: Sequence[str], load: Load, notes: SourceNotes) -> None:
    """Note the other sheets that hold the subject, too, and how to have them read."""
    plural = notes.subject.plural
    others = [name for name in names if header_row(load(name), notes.subject) is not None]
    if len(others) == 1:
        notes.warn(
            f"sheet {others[0]!r} holds {plural}, too, and was not read: save it as a file of its "
            "own, or move it before the others"
        )
    elif others:
        notes.warn(
            f"sheets {', '.join(map(repr, others[:8]))}{' …' if others[8:] else ''} hold {plural}, "
            "too, and were not read: save each as a file of its own"
        )


def _below(sheet: pl.DataFrame, header: tuple[int, tuple[str, ...]]) -> pl.DataFrame:
    at, names = header
    return sheet.slice(at + 1).rename(dict(zip(sheet.columns, names, strict=True)))


def _named(columns: Sequence[str], plain: str) -> str | None:
    return next((column for column in columns if plain_name(column) == plain), None)
