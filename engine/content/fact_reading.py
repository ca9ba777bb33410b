"""Facts from what a YAML file says; everything about them is checked."""

import math
from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from .facts import CONFIDENCES, KINDS, SCOPES, Fact, Source
from .limit_names import LIMIT_UNITS

Where = tuple[str | int, ...]

_REQUIRED = ("value", "unit", "kind", "confidence", "statement", "source", "checked")
_OPTIONAL = ("scope", "limits", "also", "contested", "contested_sources", "no_rule")
_FACT_KEYS = frozenset(_REQUIRED + _OPTIONAL)
_SOURCE_KEYS = frozenset(("title", "address", "year"))
_YEARS = range(1990, 2101)


class WrongData(Exception):  # noqa: N818 - it says what is wrong, and turns into PlatformError
    """Data that is not as it must be; ``path`` leads to it from the top of its file."""

    def __init__(self, path: Where, message: str) -> None:
        super().__init__(message)
        self.path = path


def read_facts(data: object, owner: str) -> dict[str, Fact]:
    """Return the facts under the key ``facts`` of a platform or topic file, by id.

    Raises
    ------
    WrongData
        An unknown or missing key, a value outside its vocabulary, a number not finite,
        a limit with an unknown name.
    """
    entries = mapping(data, ("facts",))
    if not entries:
        raise WrongData(("facts",), "no facts; at least one is needed")
    return {
        text(key, ("facts", key)): _fact(owner, key, mapping(entry, ("facts", key)))
        for key, entry in entries.items()
    }


def mapping(data: object, path: Where) -> Mapping[str, Any]:
    """Return ``data`` if it is a mapping, else raise `WrongData`."""
    if not isinstance(data, dict):
        raise WrongData(path, f"found {_kind(data)}, a mapping is needed")
    return data


def text(data: object, path: Where) -> str:
    """Return ``data`` if it is a text that is not blank, else raise `WrongData`."""
    if not isinstance(data, str) or not data.strip():
        raise WrongData(path, f"found {data!r}, a text is needed")
    return data


def one_of(data: object, allowed: Collection[str], path: Where) -> str:
    """Return ``data`` if it is one of the ``allowed`` words, else raise `WrongData`."""
    if not isinstance(data, str) or data not in allowed:
        raise WrongData(path, f"{data!r} is none of {', '.join(allowed)}")
    return data


def only_keys(data: Mapping[str, Any], allowed: Collection[str], path: Where) -> None:
    """Raise `WrongData` at the first key of ``data`` that is not ``allowed``."""
    for key in data:
        if key not in allowed:
            raise WrongData((*path, key), f"unknown key {key!r}; allowed: {', '.join(allowed)}")


def _fact(owner: str, key: str, data: Mapping[str, Any]) -> Fact:
    path: Where = ("facts", key)
    if not data.keys() <= _FACT_KEYS:
        only_keys(data, _REQUIRED + _OPTIONAL, path)
    for needed in _REQUIRED:
        if needed not in data:
            raise WrongData(path, f"{key}: no {needed}")
    _finite(data["value"], (*path, "value"))
    return Fact(
        owner=owner,
        id=key,
        value=data["value"],
        unit=text(data["unit"], (*path, "unit")),
        kind=one_of(data["kind"], KINDS, (*path, "kind")),
        confidence=one_of(data["confidence"], CONFIDENCES, (*path, "confidence")),
        statement=text(data["statement"], (*path, "statement")),
        source=_source(data["source"], (*path, "source")),
        checked=_day(data["checked"], (*path, "checked")),
        scope=one_of(data.get("scope", "unknown"), SCOPES, (*path, "scope")),
        limits=_limits(data["limits"], (*path, "limits")) if "limits" in data else {},
        also=_sources(data.get("also"), (*path, "also")),
        contested=_optional_text(data, "contested", path),
        contested_sources=_sources(data.get("contested_sources"), (*path, "contested_sources")),
        no_rule=_optional_text(data, "no_rule", path),
    )


def _limits(data: object, path: Where) -> dict[str, float]:
    limits = mapping(data, path)
    for name, value in limits.items():
        if name not in LIMIT_UNITS:
            raise WrongData(
                (*path, name), f"{name!r} is no limit; allowed: {', '.join(LIMIT_UNITS)}"
            )
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise WrongData((*path, name), f"{name}: found {value!r}, a number is needed")
        if not math.isfinite(value) or value < 0:
            raise WrongData((*path, name), f"{name}: {value} is not a finite number from 0 up")
    return dict(limits)


def _source(data: object, path: Where) -> Source:
    entry = mapping(data, path)
    if entry.keys() != _SOURCE_KEYS:
        only_keys(entry, sorted(_SOURCE_KEYS), path)
        missing = ", ".join(sorted(_SOURCE_KEYS - entry.keys()))
        raise WrongData(path, f"no {missing}; write null where it is not known")
    year = entry["year"]
    if year is not None and (type(year) is not int or year not in _YEARS):
        raise WrongData(
            (*path, "year"), f"{year!r} is no year; write e.g. 2026, or null if undated"
        )
    address = entry["address"]
    return Source(
        title=text(entry["title"], (*path, "title")),
        address=None if address is None else text(address, (*path, "address")),
        year=year,
    )


def _sources(data: object, path: Where) -> tuple[Source, ...]:
    if data is None:
        return ()
    if not isinstance(data, list):
        raise WrongData(path, f"found {_kind(data)}, a list is needed")
    return tuple(_source(entry, (*path, position)) for position, entry in enumerate(data))


def _day(data: object, path: Where) -> date:
    if not isinstance(data, date) or isinstance(data, datetime):
        raise WrongData(path, f"{data!r} is no day; write e.g. 2026-11-22")
    return data


def _optional_text(data: Mapping[str, Any], key: str, path: Where) -> str | None:
    return text(data[key], (*path, key)) if key in data else None


def _finite(value: object, path: Where) -> None:
    if isinstance(value, float) and not math.isfinite(value):
        raise WrongData(path, f"{value} is not finite")
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            _finite(inner, path)


def _kind(data: object) -> str:
    return "nothing" if data is None else f"a {type(data).__name__}"
