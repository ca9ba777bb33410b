"""Objects of JSON and JSON Lines as rows of text cells."""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from types import NoneType
from typing import Any

from .column_names import map_columns
from .rejects import Reject, shown
from .tables import MAX_COLUMNS, Table, text_table

DEEP = "nested too deep; write an object of values and lists"
_NESTED = ("links", "hashtags", "platforms", "tags", "poll", "ignore", "media")


def table_of_objects(
    objects: Sequence[Any], rows: Sequence[int], files: Sequence[str], rejects: Iterable[Reject]
) -> Table:
    """Return JSON values as a table: numbers and lists as their JSON text.

    What is no object, has a list where one value belongs, a number that is none, or brings
    more than `MAX_COLUMNS` different names is rejected.
    """
    refused = list(rejects)
    names = _names(objects)
    if not all(type(value) is dict and value.keys() <= names.keys() for value in objects):
        fine = []
        for at, (value, row, file) in enumerate(zip(objects, rows, files, strict=True)):
            fault = _name_fault(value, names)
            if fault:
                refused.append(Reject(file, row, *fault))
            else:
                fine.append(at)
        objects = [objects[at] for at in fine]
        rows, files = [rows[at] for at in fine], [files[at] for at in fine]
    columns: list[Sequence[str | None]] = []
    faults: dict[int, tuple[str, str, str]] = {}
    nested = _may_nest(names)
    for name in names:
        column, wrong = _column([value.get(name) for value in objects], name in nested)
        columns.append(column)
        for at, (value, reason) in wrong.items():
            faults.setdefault(at, (name, value, reason))
    if faults:
        refused += [Reject(files[at], rows[at], *fault) for at, fault in faults.items()]
        fine = [at for at in range(len(rows)) if at not in faults]
        columns = [[column[at] for at in fine] for column in columns]
        rows, files = [rows[at] for at in fine], [files[at] for at in fine]
    return text_table(list(names), columns, rows, files, refused)


def _column(values: list[Any], nested: bool) -> tuple[list[str | None], dict[int, tuple[str, str]]]:
    """Return JSON values as text, and by position value and reason of those that can't be."""
    kinds = set(map(type, values))
    if kinds <= {str, NoneType}:
        return values, {}
    if kinds <= {int, NoneType}:
        return [None if value is None else str(value) for value in values], {}
    cells: list[str | None] = []
    wrong: dict[int, tuple[str, str]] = {}
    for at, value in enumerate(values):
        try:
            cells.append(_cell(value, nested))
        except (ValueError, RecursionError) as error:
            reason = DEEP if isinstance(error, RecursionError) else str(error)
            wrong[at] = (shown(_brief(value)), reason)
            cells.append(None)
    return cells, wrong


def _names(objects: Iterable[Any]) -> dict[str, None]:
    names: dict[str, None] = {}
    for value in objects:
        if isinstance(value, dict) and not value.keys() <= names.keys():
            new = names | dict.fromkeys(value)
            if len(new) <= MAX_COLUMNS:
                names = new
    return {name: None for name in names if _encodes(name)}


def _may_nest(names: Iterable[str]) -> set[str]:
    """Return the names under which lists and objects may stand."""
    columns = map_columns(list(names))
    ours = {theirs: field for field, theirs in columns.fields.items()}
    items = (*_NESTED, "media_image", "media_gif", "media_video", "media_document")
    return {name for name in names if ours.get(name, "ignore") in items}


def _name_fault(value: object, names: Mapping[str, None]) -> tuple[str, str, str] | None:
    """Return column, value and reason where a value is no object or has a name too many."""
    if not isinstance(value, dict):
        return "", shown(_brief(value)), 'not an object; write one such as {"text": …}'
    for name in value.keys() - names.keys():
        if not _encodes(name):
            return shown(name), "", "half a character in the name; write it again"
        return shown(name), "", f"over {MAX_COLUMNS} different names in the file"
    return None


def _cell(value: object, nested: bool) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError(f"{value} is not a value; write null where nothing is known")
        return str(int(value)) if value.is_integer() and abs(value) < 1e18 else str(value)
    if isinstance(value, list | dict):
        if not nested:
            raise ValueError("a list or an object; write one value")
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


def _brief(value: object) -> str:
    if isinstance(value, list | dict):
        return (
            f"a list of {len(value)}" if isinstance(value, list) else f"an object of {len(value)}"
        )
    return str(value)[:200]


def _encodes(name: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in name)
