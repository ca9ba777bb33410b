"""Changed fields of posts put back into the files they were read from, all else as it was."""

import shutil
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl

from ..errors import ReadError, WriteError
from .changed_posts import changes_between
from .new_markdown_posts import new_markdown_posts
from .reading import FileReading, PostFiles, read_posts
from .reading.post_files import STDIN
from .reading.sources import format_of, opened
from .reading_again import differing, place_of
from .rewriting.unwritable import Rewritten, UnwritableError, Unwritten
from .schema import POST_SCHEMA
from .writing import write_beside

Changes = Mapping[int, Mapping[str, Any]]
Added = Mapping[int, Sequence[Mapping[str, Any]]]
_NOT_THE_SAME = "it would not read as it is meant; change it by hand"
_GROWING = ("csv", "json", "jsonl", "parquet", "markdown")
_NUMBERS = ("series", "part", "parts")
_VITAL = ("text", "description", "id")

_Row = tuple[int, int]
"""The row of a post as read, and 0; or, for a post that is added below it, its number from 1."""

_Rows = Mapping[_Row, Mapping[str, Any]]


@dataclass(frozen=True)
class WrittenFile:
    """One file that was looked at: how many posts were changed in it, what was left out.

    ``added`` counts the posts that were added to it, or in ``new_files`` beside it.
    """

    file: str
    posts: int
    left: tuple[Unwritten, ...] = ()
    added: int = 0
    new_files: tuple[str, ...] = ()


def taking_posts(posts: pl.DataFrame) -> frozenset[int]:
    """Return which posts, by position, stand in a file that new posts can be added to.

    A CSV, JSON, JSON Lines, Parquet or Markdown file takes them; a workbook does not, since its
    formulas and formats go by the numbers of its rows.
    """
    taking = {file for file in posts["file"].unique() if _takes_posts(file)}
    return frozenset(at for at, file in enumerate(posts["file"]) if file in taking)


def write_posts(
    files: PostFiles,
    changed: pl.DataFrame,
    *,
    encoding: str | None = None,
    dry: bool = False,
    added: Added | None = None,
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
    added : by position of a post, those that come right below it: rows that begin as its own
        do, or Markdown files beside it. If one of them, or the post, can't be written, the
        post stays as it is. Series, part and parts are left out where they have no column.

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
    below = added or {}
    changes = changes_between(files.posts, changed)
    by_file: dict[str, dict[int, dict[str, Any]]] = {}
    for at in sorted({*changes, *below}):
        by_file.setdefault(files.posts["file"][at], {})[at] = changes.get(at, {})
    return tuple(
        _write(file, files, one, {at: below[at] for at in one if at in below}, encoding, dry=dry)
        for file, one in by_file.items()
        if not (dry and file == STDIN)
    )


def rewritten(
    path: Path,
    changes: Changes,
    reading: FileReading,
    *,
    encoding: str | None = None,
    copies: Mapping[int, int] | None = None,
) -> Rewritten:
    """Return the new content of a file of posts; nothing is written.

    Parameters
    ----------
    path : the file
    changes : by row as in the posts frame, our fields with their new values
    reading : how it, or the folder it is in, was read
    copies : row → how many copies of it come below it first; ``changes`` count these

    Raises
    ------
    UnwritableError
        The file takes no copies.
    """
    from .rewriting import row_copies
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
        again = row_copies.parquet_copies(content, copies) if copies else content
        return rewrite_parquet(again, changes)
    if form == "xlsx":
        return rewrite_xlsx(content, name, changes)
    if form == "xls":
        raise WriteError(f"{name}: not written: an .xls workbook; save it as .xlsx first")
    text = decoded(content, name, encoding)
    if form == "json":
        made = row_copies.json_copies(text, copies, reading.mapped) if copies else text.text
        return rewrite_json(replace(text, text=made), changes, reading.mapped)
    if form == "jsonl":
        made = row_copies.jsonl_copies(text, copies, reading.mapped) if copies else text.text
        return rewrite_jsonl(replace(text, text=made), changes, reading.mapped)
    if form == "markdown":
        return rewrite_markdown(text, name, changes)
    made = row_copies.csv_copies(text, name, copies) if copies else text.text
    return rewrite_csv(replace(text, text=made), name, changes)


def _takes_posts(file: str) -> bool:
    try:
        return format_of(Path(file), file) in _GROWING
    except ReadError:
        return False


def _write(
    file: str,
    files: PostFiles,
    changes: Changes,
    added: Added,
    encoding: str | None,
    *,
    dry: bool,
) -> WrittenFile:
    if file == STDIN or not Path(file).is_file():
        raise WriteError(f"{file}: not written: only files can be changed in place")
    path = Path(file)
    reading = next(one for one in files.files if one.file == file or Path(one.file) in path.parents)
    old = read_posts([path], encoding=encoding)
    _refuse_if_changed(file, old.posts, files.posts, changes)
    is_markdown = format_of(path, file) == "markdown"
    rows = _rows(files.posts, changes, {} if is_markdown else added, reading, is_markdown)
    left: list[Unwritten] = []
    beside: dict[Path, bytes] = {}
    if is_markdown and added:
        try:
            beside = new_markdown_posts(path, next(iter(added.values())))
        except UnwritableError as error:
            return WrittenFile(file, 0, (Unwritten(1, "text", str(error)),))
    while rows:
        failed, content = _tried(path, rows, old, reading, encoding)
        if not failed:
            if not dry:
                for one, text in beside.items():
                    write_beside(one, text)
                write_beside(path, partial(_fill, path, content))
            break
        left += [Unwritten(row, field, why) for ((row, _), field), why in failed.items()]
        rows, beside = _without(rows, failed, vital=bool(beside)), beside
    posts = sum(number == 0 for _, number in rows)
    new = tuple(str(one) for one in beside) if rows else ()
    once = tuple(dict.fromkeys(left))
    return WrittenFile(file, posts, once, len(rows) - posts + len(new), new)


def _rows(
    posts: pl.DataFrame, changes: Changes, added: Added, reading: FileReading, free: bool
) -> dict[_Row, dict[str, Any]]:
    """Return what changes in each row, and in each copy of one against what it copies."""
    from .rewriting.row_copies import stays_with_first

    grows = free or format_of(Path(reading.file), reading.file) in ("json", "jsonl")
    columns = set(_NUMBERS if grows else reading.mapped.values())
    nowhere = {name for name in _NUMBERS if name not in columns}
    rows: dict[_Row, dict[str, Any]] = {}
    for at, fields in changes.items():
        row = posts["row"][at]
        old = posts.row(at, named=True)
        copied = {name: None if stays_with_first(name) else old[name] for name in POST_SCHEMA}
        kept = nowhere if at in added else set()
        rows[row, 0] = {name: value for name, value in fields.items() if name not in kept}
        for number, post in enumerate(added.get(at, ()), start=1):
            rows[row, number] = {
                name: post[name]
                for name in list(POST_SCHEMA)[2:]
                if post[name] != copied[name] and name not in nowhere
            }
    return {row: fields for row, fields in rows.items() if fields}


def _tried(
    path: Path, rows: _Rows, old: PostFiles, reading: FileReading, encoding: str | None
) -> tuple[dict[tuple[_Row, str], str], bytes]:
    """Return why changes can't be written as meant, by row and field, and the new content."""
    copies = Counter(row for row, number in rows if number)
    places = {place_of(copies, row) + number: (row, number) for row, number in rows}
    planned = {place: rows[one] for place, one in places.items()}
    try:
        made = rewritten(path, planned, reading, encoding=encoding, copies=copies)
    except UnwritableError as error:
        return {((row, 0), "text"): str(error) for row in copies}, b""
    failed = {(places[one.row], one.field): one.reason for one in made.left}
    if not failed:
        wrong = differing(path, made.content, old, planned, copies, encoding)
        failed = {(places[place], field): _NOT_THE_SAME for place, field in sorted(wrong)}
    return failed, made.content


def _fill(path: Path, content: bytes, beside: Path) -> None:
    """Fill the file that takes the place of ``path``, with its permissions."""
    shutil.copymode(path, beside)
    beside.write_bytes(content)


def _without(
    rows: _Rows, cells: Collection[tuple[_Row, str]], *, vital: bool = False
) -> dict[_Row, dict[str, Any]]:
    """Return the rows without some changes; a post with others below it goes with its words.

    ``vital``: all the rows are such posts.
    """
    several = {row for row, number in rows if number or vital}
    lost = {row for (row, _), field in cells if field in _VITAL and row in several}
    kept = {
        one: {field: value for field, value in fields.items() if (one, field) not in cells}
        for one, fields in rows.items()
        if one[0] not in lost
    }
    return {one: fields for one, fields in kept.items() if fields}


def _refuse_if_changed(file: str, now: pl.DataFrame, then: pl.DataFrame, changes: Changes) -> None:
    at_row = {row: at for at, row in enumerate(now["row"])}
    for at, fields in changes.items():
        place = at_row.get(then["row"][at])
        for field in fields:
            if place is None or not now[field][place : place + 1].equals(
                then[field][at : at + 1], null_equal=True
            ):
                raise WriteError(f"{file}: not written: it was changed while it was looked at")
