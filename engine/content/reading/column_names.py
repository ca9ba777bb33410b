"""Which column of a file is which field of a post: the names of other tools, as data."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ..safe_yaml import load_yaml
from ..schema import GOALS, OUTCOMES, POST_SCHEMA, POST_TYPES
from .exports import Export, export_of
from .near_columns import near_column, without_remark
from .plain_name import plain_name

WHEN, WHEN_TIME = "when", "when_time"
HOLDS_POST = (
    *("text", "title", "description", "links", "media"),
    *("media_image", "media_gif", "media_video", "media_document"),
)
"""The fields of which a file needs one to be a file of posts."""

_DATA = Path(__file__).parent.parent / "column_names.yaml"
_ITEMS = {"media_image", "media_gif", "media_video", "media_document"}


@dataclass(frozen=True)
class ColumnMap:
    """How the columns of a file are read.

    Attributes
    ----------
    fields : our field (also ``media_width`` …, ``when``, ``when_time``) → the file's column
    unknown : the file's column → the name under which it goes through
    export : the platform's export that the header is of, None for none
    warnings : columns that were left aside because another holds the same field
    """

    fields: dict[str, str]
    unknown: dict[str, str]
    export: Export | None = None
    warnings: tuple[str, ...] = ()

    def shown(self) -> dict[str, str]:
        """Return the file's column → our field as a person calls it (``media.alt``)."""
        return {theirs: self.called(field) for field, theirs in self.fields.items()}

    def called(self, field: str) -> str:
        """Return our field as a person calls it."""
        if field in (WHEN, WHEN_TIME):
            return self.time_field()
        if field in _ITEMS:
            return "media"
        return field.replace("media_", "media.", 1)

    def time_field(self) -> str:
        """Return the time that ``when`` and ``when_time`` are part of."""
        return _time_field(self.fields)


@dataclass(frozen=True)
class _Names:
    places: Mapping[str, tuple[str, int]]
    types: Mapping[str, str]
    goals: Mapping[str, str]
    with_remark: frozenset[str]

    def place(self, column: str) -> tuple[str, int] | None:
        """Return the field of a column and the rank of its name, None where it is not known."""
        found = self.places.get(plain_name(column))
        if found is not None:
            return found
        field, rank = self.places.get(without_remark(column), ("", 0))
        return (field, rank + len(self.places)) if field in self.with_remark else None


def map_columns(columns: Sequence[str]) -> ColumnMap:
    """Return how the columns of a file are read, by their names alone."""
    names = _names()
    plain = [plain_name(column) for column in columns]
    export = export_of(plain)
    candidates: dict[str, list[tuple[int, int]]] = {}
    for at, name in enumerate(plain):
        if export and name in export.fields:
            candidates.setdefault(export.fields[name], []).append((-1, at))
        elif (place := names.place(columns[at])) is not None:
            field, priority = place
            candidates.setdefault(field, []).append((priority, at))
    fields = {field: columns[min(candidates[field])[1]] for field in _order(candidates)}
    target = _time_field(fields)
    if WHEN in fields and target in fields:
        candidates[target] += [(len(names.places), at) for _, at in candidates.pop(WHEN)]
        del fields[WHEN]
    warnings = [
        f"column {columns[at]!r} goes through as it is: {field} is read from {fields[field]!r}"
        for field in fields
        for _, at in sorted(candidates[field])[1:]
    ]
    warnings += _missing(columns, fields, export)
    unknown = _unknown_names(columns, set(fields.values()))
    return ColumnMap(fields, unknown, export, tuple(warnings))


def recognised(columns: Sequence[str]) -> int:
    """Return how many of the columns are known by name."""
    names = _names()
    return sum(names.place(column) is not None for column in columns)


def probable_column(columns: Sequence[str], field: str) -> str | None:
    """Return the first column that is not known and whose name ends as one of the field does."""
    names = _names()
    unknown = [column for column in columns if names.place(column) is None]
    fields = {name: of for name, (of, _) in names.places.items()}
    return near_column(unknown, fields, field)


def type_names() -> Mapping[str, str]:
    """Return the accepted names of post types, in lower case, → ours."""
    return _names().types


def goal_names() -> Mapping[str, str]:
    """Return the accepted names of goals, in lower case, → ours."""
    return _names().goals


def _order(fields: Mapping[str, Any]) -> list[str]:
    places = list(dict.fromkeys(field for field, _ in _names().places.values()))
    return sorted(fields, key=places.index)


def _missing(
    columns: Sequence[str], fields: Mapping[str, str], export: Export | None
) -> Iterator[str]:
    """Yield what columns may have been meant for the text and the platform, where one lacks."""
    for field in ("text", "platforms") if export is None else ():
        column = None if field in fields else probable_column(columns, field)
        if column is not None:
            ours = field.removesuffix("s")
            yield f"no column is read as the {ours}; if it is {column!r}, call it {ours!r}"


def _time_field(fields: Mapping[str, str]) -> str:
    if WHEN not in fields:
        for field in ("scheduled_at", "published_at"):
            if field in fields:
                return field
    return "published_at" if any(name in fields for name in OUTCOMES) else "scheduled_at"


def _unknown_names(columns: Sequence[str], taken: set[str]) -> dict[str, str]:
    """Return new names where one of ours, or an earlier one, stands in the way."""
    used = set(POST_SCHEMA)
    names: dict[str, str] = {}
    for column in columns:
        if column in taken:
            continue
        name, number = column, 2
        while name in used:
            name, number = f"{column}_{number}", number + 1
        used.add(name)
        names[column] = name
    return names


@cache
def _names() -> _Names:
    data = load_yaml(_DATA.read_text(encoding="utf-8"))
    places = {
        plain_name(alias): (field, priority)
        for field, aliases in data["fields"].items()
        for priority, alias in enumerate(_flat(aliases))
    }
    return _Names(
        places,
        _choices(POST_TYPES, data["types"]),
        _choices(GOALS, data["goals"]),
        frozenset(data["with_remark"]),
    )


def _choices(ours: Sequence[str], others: Mapping[str, Sequence[str]]) -> dict[str, str]:
    return {name: name for name in ours} | {
        alias: name for name, aliases in others.items() for alias in aliases
    }


def _flat(aliases: Sequence[Any]) -> Iterator[str]:
    for alias in aliases:
        if isinstance(alias, list):
            yield from alias
        else:
            yield str(alias)
