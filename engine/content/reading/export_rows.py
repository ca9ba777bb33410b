"""What the rows of a platform's export need: no sums, no explanations, the values implied."""

from collections.abc import Collection, Mapping

import polars as pl

from .exports import Export
from .plain_name import plain_name
from .tables import SourceNotes, Table


def posts_alone(table: Table, export: Export, read: Collection[str], notes: SourceNotes) -> Table:
    """Return the table without rows that are no posts, and with null for the export's null marks.

    ``read`` are the columns that a field is read from; the others stay as they are.
    A row of explanations is one right below the header; a row of sums stands anywhere. What is
    left out is noted.
    """
    named = {plain_name(column): column for column in table.cells.columns}
    other = pl.Series([False]).new_from_index(0, len(table.rows))
    if export.description in named:
        blank = table.cells[named[export.description]].cast(pl.String).str.strip_chars()
        explains = (table.rows == 1) & (blank.fill_null("") == "")
        if explains.any():
            notes.warn("row 1 explains the columns; it is no post")
        other = other | explains
    if export.total is not None and export.total[0] in named:
        column = table.cells[named[export.total[0]]].cast(pl.String)
        sums = (column.str.strip_chars().str.to_lowercase() == export.total[1]).fill_null(False)
        for row in table.rows.filter(sums):
            notes.warn(f"row {row} holds the sums of the others; it is no post")
        other = other | sums
    cells = _without_marks(table.cells, export, read)
    if not other.any():
        return Table(cells, table.rows, table.files, table.rejects)
    kept = ~other
    return Table(
        cells.filter(kept), table.rows.filter(kept), table.files.filter(kept), table.rejects
    )


def implied(
    values: Mapping[str, pl.Series], cells: pl.DataFrame, export: Export
) -> dict[str, pl.Series]:
    """Return the values of the fields with what the export says beside its columns.

    The platform; the account out of an address; the longer one of two texts; text with the
    characters that the export writes otherwise. A value that a column of its own gives stays.
    """
    named = {plain_name(column): column for column in cells.columns}
    found = dict(values)
    if export.platform is not None and "platforms" not in found:
        found["platforms"] = pl.Series([[export.platform]]).new_from_index(0, cells.height)
    if export.account is not None and "account" not in found and export.account[0] in named:
        column, pattern = export.account
        found["account"] = cells[named[column]].cast(pl.String).str.extract(pattern)
    texts = [cells[named[column]].cast(pl.String) for column in export.longest if column in named]
    if texts:
        found["text"] = _longest(texts)
        found.setdefault("description", _null_where_same(texts[0], found["text"]))
    if export.escaped and "text" in found:
        found["text"] = found["text"].str.replace_many(export.escaped)
    return found


def told(export: Export) -> str:
    """Return the sentence that tells the user what the file was taken for."""
    parts = [f"read as an export of {export.name}"]
    if export.platform is not None:
        parts.append(f"platform {export.platform}")
    if export.account is not None:
        parts.append(f"the account is taken from {export.account[0].replace('_', ' ')!r}")
    if len(export.longest) > 1:
        parts.append(f"the text is the longer one of {' and '.join(export.longest)}")
    if export.escaped:
        pairs = [f"{written} is read as {meant}" for written, meant in export.escaped.items()]
        parts.append(f"in the text {', '.join(pairs)}")
    return "; ".join(parts)


def _without_marks(cells: pl.DataFrame, export: Export, read: Collection[str]) -> pl.DataFrame:
    columns = [
        column
        for column in read
        if cells[column].dtype == pl.String and export.fields.get(plain_name(column)) != "text"
    ]
    if not export.nulls or not columns:
        return cells
    texts = pl.col(columns)
    absent = texts.str.strip_chars().is_in(list(export.nulls))
    return cells.with_columns(pl.when(absent).then(None).otherwise(texts).name.keep())


def _longest(texts: list[pl.Series]) -> pl.Series:
    best = texts[0]
    for other in texts[1:]:
        longer = other.str.len_chars().fill_null(0) > best.str.len_chars().fill_null(0)
        best = other.zip_with(longer, best)
    blank = ~best.str.contains(r"\S")
    return best.set(blank, None) if blank.any() else best


def _null_where_same(texts: pl.Series, chosen: pl.Series) -> pl.Series:
    other = texts.str.contains(r"\S") & (texts != chosen)
    return texts.set(~other.fill_null(False), None)
