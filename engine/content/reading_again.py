"""Whether a rewritten file reads as it is meant: the changed fields, and nothing else."""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl

from ..errors import WriteError
from .changed_posts import with_changes
from .reading import PostFiles, read_posts
from .rewriting.row_copies import stays_with_first
from .schema import POST_SCHEMA

Changes = Mapping[int, Mapping[str, Any]]


def differing(
    path: Path,
    content: bytes,
    old: PostFiles,
    rows: Changes,
    copies: Mapping[int, int],
    encoding: str | None,
) -> set[tuple[int, str]]:
    """Return row and field of the changes that would not read as meant.

    Parameters
    ----------
    path : the file; it stays as it is
    content : its new content
    old : how it reads now
    rows : what was changed, by row number once the copies are in
    copies : row → how many copies of it were put below it
    encoding : the encoding given for reading, if any

    Raises
    ------
    WriteError
        Something else would read differently.
    """
    found = old.files[0].encoding
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, path.name)
        copy.write_bytes(content)
        known = found if found and not found.startswith("utf-8") else None
        new = read_posts([copy], encoding=encoding or known)
    copied = _with_copies(old.posts, copies)
    at_row = {row: at for at, row in enumerate(copied["row"])}
    expected = with_changes(copied, {at_row[row]: fields for row, fields in rows.items()})
    rejected = [place_of(copies, row) for row in old.rejects["row"]]
    rejects = old.rejects.with_columns(pl.Series("row", rejected, dtype=pl.Int64))
    wrong: set[tuple[int, str]] = set()
    whole = (
        new.posts.columns == expected.columns
        and new.posts["row"].equals(expected["row"])
        and new.rejects.drop("file").equals(rejects.drop("file"))
    )
    for name in expected.columns[1:] if whole else ():
        read, meant = (_blank_as_null(frame[name]) for frame in (new.posts, expected))
        if not read.equals(meant, null_equal=True):
            unequal = read.ne_missing(meant)
            wrong |= {(row, name) for row in expected["row"].filter(unequal)}
    if not whole or any(field not in rows.get(row, ()) for row, field in wrong):
        raise WriteError(f"{path}: not written: what was not changed would read differently")
    return wrong


def place_of(copies: Mapping[int, int], row: int) -> int:
    """Return the number of a row once the copies of those above it are in."""
    return row + sum(count for above, count in copies.items() if above < row)


def _blank_as_null(column: pl.Series) -> pl.Series:
    """Return a column with null for "": both are a blank cell of one that goes through."""
    return column if column.dtype != pl.String else column.replace("", None)


def _with_copies(posts: pl.DataFrame, copies: Mapping[int, int]) -> pl.DataFrame:
    """Return a posts frame with copies of some rows, as `row_copies` makes them."""
    if not copies:
        return posts
    rows = posts["row"].to_list()
    order = [
        (at, number) for at, row in enumerate(rows) for number in range(copies.get(row, 0) + 1)
    ]
    places = [place_of(copies, rows[at]) + number for at, number in order]
    is_copy = pl.Series([number > 0 for _, number in order], dtype=pl.Boolean)
    return posts[[at for at, _ in order]].with_columns(
        pl.Series("row", places, dtype=pl.Int64),
        *(
            pl.when(~is_copy).then(pl.col(name)).alias(name)
            for name in POST_SCHEMA
            if stays_with_first(name)
        ),
    )
