"""JSON and JSON Lines files as tables of raw rows."""

import io
import json
from collections.abc import Iterator
from typing import Any

from ...errors import ReadError
from .json_rows import DEEP, table_of_objects
from .rejects import Reject, shown
from .tables import SourceNotes, Table

LISTS = ("posts", "interactions", "data")
MAX_LINE = 20_000_000
_MAX_DOCUMENT = 500_000_000
_decoder = json.JSONDecoder(strict=False)


def json_tables(text: io.TextIOBase, notes: SourceNotes, rows: int) -> Iterator[Table]:
    """Yield the posts of a JSON document: an array, one object, or ``posts`` or ``data``.

    Raises
    ------
    ReadError
        Not JSON, of another shape, without a post, or longer than 500,000,000 characters.
    """
    document = text.read(_MAX_DOCUMENT + 1)
    if len(document) > _MAX_DOCUMENT:
        raise ReadError(
            f"{notes.name}: over {_MAX_DOCUMENT} characters of JSON; write JSON Lines instead"
        )
    if not document.strip("\ufeff \t\r\n"):
        raise ReadError(
            f"{notes.name}: the file is empty; "
            f"sharewise template {notes.subject.template} prints one"
        )
    try:
        data = json.loads(document.lstrip("\ufeff"), strict=False)
    except RecursionError:
        raise ReadError(f"{notes.name}: {DEEP}") from None
    except ValueError as error:
        raise ReadError(f"{notes.name}: not JSON: {_where(error)}") from None
    del document
    posts = _posts(data, notes)
    for start in range(0, len(posts), rows):
        batch = posts[start : start + rows]
        numbers = range(start + 1, start + len(batch) + 1)
        yield table_of_objects(batch, numbers, [notes.name] * len(batch), [])


def jsonl_tables(
    text: io.TextIOBase, notes: SourceNotes, rows: int, before: int = 0
) -> Iterator[Table]:
    """Yield the lines of a JSON Lines file, ``rows`` at a time; blank lines are none.

    A line that is not a JSON object is rejected, and the next one is read. ``before`` is how
    many lines of the file come before the text.

    Raises
    ------
    ReadError
        No line at all.
    """
    number, done = before, 0
    objects: list[Any] = []
    numbers: list[int] = []
    rejects: list[Reject] = []
    while line := text.readline(MAX_LINE):
        number += 1
        if len(line) >= MAX_LINE:
            _skip_line(text)
            rejects.append(Reject(notes.name, number, "", shown(line[:80]), _TOO_LONG))
        elif line.strip("\ufeff \t\r\n"):
            try:
                objects.append(_object(line))
                numbers.append(number)
            except (ValueError, RecursionError) as error:
                reason = DEEP if isinstance(error, RecursionError) else f"not JSON: {_where(error)}"
                rejects.append(Reject(notes.name, number, "", shown(line.strip()), reason))
        if len(numbers) + len(rejects) >= rows:
            done += len(numbers) + len(rejects)
            yield table_of_objects(objects, numbers, [notes.name] * len(objects), rejects)
            objects, numbers, rejects = [], [], []
    if numbers or rejects:
        yield table_of_objects(objects, numbers, [notes.name] * len(objects), rejects)
    elif not done:
        raise ReadError(f"{notes.name}: the file is empty; write one {notes.subject.noun} a line")


_TOO_LONG = f"a line of over {MAX_LINE} characters"


def _object(line: str) -> Any:
    """Return the JSON value of a line."""
    bare = line.strip("\ufeff \t\r\n")
    value, end = _decoder.raw_decode(bare)
    return value if end == len(bare) else json.loads(bare, strict=False)


def _skip_line(text: io.TextIOBase) -> None:
    while (more := text.readline(MAX_LINE)) and not more.endswith("\n"):
        pass


def list_key(data: Any) -> str | None:
    """Return the key under which an object lists rows: ``posts`` …, or ``data`` as Meta's API."""
    if not isinstance(data, dict):
        return None
    return next((key for key in LISTS if isinstance(data.get(key), list)), None)


def _posts(data: Any, notes: SourceNotes) -> list[Any]:
    name, subject = notes.name, notes.subject
    listed = list_key(data)
    if listed:
        data = data[listed]
    elif isinstance(data, dict):
        if not subject.holds(list(data)):
            keys = ", ".join(shown(key, 40) for key in list(data)[:8]) or "nothing"
            raise ReadError(
                f"{name}: an object with {keys}; write an array of {subject.plural}, "
                f'or {{"{subject.plural}": [...]}}'
            )
        data = [data]
    if not isinstance(data, list):
        raise ReadError(f"{name}: {shown(data, 40)} is not an array of {subject.plural}")
    if not data:
        raise ReadError(f"{name}: no {subject.noun} in it; write at least one")
    return data


def _where(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg} (line {error.lineno}, column {error.colno})"
    return "a number of thousands of digits"
