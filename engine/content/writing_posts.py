"""Changed fields of posts put back into the files they were read from, all else as it was."""

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl

from ..errors import WriteError
from .changed_posts import changes_between, with_changes
from .reading import FileReading, PostFiles, read_posts
from .reading.post_files import STDIN
from .reading.sources import format_of, opened
from .rewriting.unwritable import Rewritten, Unwritten
from .writing import write_beside

Changes = Mapping[int, Mapping[str, Any]]
_NOT_THE_SAME = "it would not read as it is meant; change it by hand"


@dataclass(frozen=True)
class WrittenFile:
    """One file that was looked at: how many posts were changed in it, what was left out."""

    file: str
    posts: int
    left: tuple[Unwritten, ...] = ()


def write_posts(
    files: PostFiles,
    changed: pl.DataFrame,
    *,
    encoding: str | None = None,
    dry: bool = False,
) -> tuple[WrittenFile, ...]:
    """Write what differs between the posts as read and ``changed`` into their files.

    A file keeps its format, its own column names, the columns and rows that are not posts or
    not changed, its order, encoding and line ends; each is written beside and then renamed.
    Before that it is read again: only the changed fields may read differently.

    Parameters
    ----------
    files : what `reading.read_posts` gave
    changed : the same posts in the same order, with some fields changed
    encoding : the encoding given for reading, if any
    dry : write nothing, only say what would be written and what has no place; what was read
        from standard input is passed over

    Returns
    -------
    tuple[WrittenFile, ...]
        One entry a file with changes, in the order of the posts.

    Raises
    ------
    WriteError
        Standard input; a file that was changed meanwhile or can't be written. Files written
        before it stay written.
    """
    by_file: dict[str, dict[int, dict[str, Any]]] = {}
    for at, fields in changes_between(files.posts, changed).items():
        by_file.setdefault(files.posts["file"][at], {})[at] = fields
    return tuple(
        _write(file, files, changes, encoding, dry=dry)
        for file, changes in by_file.items()
        if not (dry and file == STDIN)
    )


def rewritten(
    path: Path, changes: Changes, reading: FileReading, *, encoding: str | None = None
) -> Rewritten:
    """Return the new content of a file of posts; nothing is written.

    Parameters
    ----------
    path : the file
    changes : by row as in the posts frame, our fields with their new values
    reading : how it, or the folder it is in, was read
    """
    from .rewriting.csv_cells import rewrite_csv
    from .rewriting.encoded_text import decoded
    from .rewriting.json_values import rewrite_json, rewrite_jsonl
    from .rewriting.markdown_post import rewrite_markdown
    from .rewriting.parquet_columns import rewrite_parquet
    from .rewriting.xlsx_cells import rewrite_xlsx

    name = str(path)
    form = format_of(path, name)
    with opened(path, name) as file:
        content = file.read()
    if form == "parquet":
        return rewrite_parquet(content, changes)
    if form == "xlsx":
        return rewrite_xlsx(content, name, changes)
    if form == "xls":
        raise WriteError(f"{name}: not written: an .xls workbook; save it as .xlsx first")
    text = decoded(content, name, encoding)
    if form == "json":
        return rewrite_json(text, changes, reading.mapped)
    if form == "jsonl":
        return rewrite_jsonl(text, changes, reading.mapped)
    if form == "markdown":
        return rewrite_markdown(text, name, changes)
    return rewrite_csv(text, name, changes)


def _write(
    file: str, files: PostFiles, changes: Changes, encoding: str | None, *, dry: bool
) -> WrittenFile:
    if file == STDIN or not Path(file).is_file():
        raise WriteError(f"{file}: not written: only files can be changed in place")
    path = Path(file)
    reading = next(one for one in files.files if one.file == file or Path(one.file) in path.parents)
    rows = {files.posts["row"][at]: dict(fields) for at, fields in changes.items()}
    old = read_posts([path], encoding=encoding)
    _refuse_if_changed(file, old.posts, files.posts, changes)
    left: list[Unwritten] = []
    while rows:
        made = rewritten(path, rows, reading, encoding=encoding)
        left += made.left
        rows = _without(rows, {(one.row, one.field) for one in made.left})
        wrong = _differing(path, made.content, old, rows, encoding)
        if not wrong:
            if rows and not dry:
                write_beside(path, partial(_fill, path, made.content))
            break
        left += [Unwritten(row, field, _NOT_THE_SAME) for row, field in sorted(wrong)]
        rows = _without(rows, wrong)
    return WrittenFile(file, len(rows), tuple(left))


def _fill(path: Path, content: bytes, beside: Path) -> None:
    """Fill the file that takes the place of ``path``, with its permissions."""
    shutil.copymode(path, beside)
    beside.write_bytes(content)


def _without(rows: Changes, cells: set[tuple[int, str]]) -> dict[int, dict[str, Any]]:
    kept = {
        row: {field: value for field, value in fields.items() if (row, field) not in cells}
        for row, fields in rows.items()
    }
    return {row: fields for row, fields in kept.items() if fields}


def _differing(
    path: Path, content: bytes, old: PostFiles, rows: Changes, encoding: str | None
) -> set[tuple[int, str]]:
    """Return row and field of the changes that would not read as meant.

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
    at_row = {row: at for at, row in enumerate(old.posts["row"])}
    expected = with_changes(old.posts, {at_row[row]: fields for row, fields in rows.items()})
    wrong: set[tuple[int, str]] = set()
    whole = (
        new.posts.columns == expected.columns
        and new.posts["row"].equals(expected["row"])
        and new.rejects.drop("file").equals(old.rejects.drop("file"))
    )
    for name in expected.columns[1:] if whole else ():
        if not new.posts[name].equals(expected[name], null_equal=True):
            unequal = new.posts[name].ne_missing(expected[name])
            wrong |= {(row, name) for row in expected["row"].filter(unequal)}
    if not whole or any(field not in rows.get(row, ()) for row, field in wrong):
        raise WriteError(f"{path}: not written: what was not changed would read differently")
    return wrong


def _refuse_if_changed(file: str, now: pl.DataFrame, then: pl.DataFrame, changes: Changes) -> None:
    at_row = {row: at for at, row in enumerate(now["row"])}
    for at, fields in changes.items():
        place = at_row.get(then["row"][at])
        for field in fields:
            if place is None or not now[field][place : place + 1].equals(
                then[field][at : at + 1], null_equal=True
            ):
                raise WriteError(f"{file}: not written: it was changed while it was looked at")
