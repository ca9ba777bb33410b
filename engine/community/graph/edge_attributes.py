"""What an edge of a networkx graph says of itself, checked: weight, count, time, kinds.

Each function takes the edge's attributes and its name for messages.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from math import isfinite
from numbers import Real
from typing import Any
from zoneinfo import ZoneInfo

from ...content.reading.written_time import parse_time
from ...errors import GraphError

KIND_SEPARATOR = ","
TIMES, KINDS = ("last_seen", "at"), ("kinds", "kind")
_SHOWN = 60
_SECONDS, _MILLISECONDS = 1e11, 1e14


def edge_name(source: str, target: str) -> str:
    """Return how an edge is called in messages."""
    return f"edge {source!r} → {target!r}"


def weight_of(data: Mapping[str, Any], edge: str) -> float:
    """Return ``weight``, by default 1.

    Raises
    ------
    GraphError
        It is no number, NaN, infinite or negative.
    """
    given = data.get("weight", 1.0)
    try:
        weight = float(given)
    except (TypeError, ValueError):
        raise GraphError(f"{edge}: the weight {_shown(given)} is no number") from None
    if not (isfinite(weight) and weight >= 0):
        raise GraphError(
            f"{edge}: the weight is {weight}; allowed: a finite number of 0 or more. Give it a "
            "number, or leave the edge out"
        )
    return weight


def count_of(data: Mapping[str, Any], edge: str) -> int | None:
    """Return ``count``, how many acts the edge stands for; None where it is not there.

    Raises
    ------
    GraphError
        It is no whole number of 1 or more.
    """
    given = data.get("count")
    if given is None:
        return None
    number = float(given) if isinstance(given, Real) else 0.0
    if not (number >= 1 and number.is_integer()):
        raise GraphError(f"{edge}: the count is {_shown(given)}; allowed: a whole number from 1")
    return int(number)


def time_of(data: Mapping[str, Any], edge: str) -> datetime | None:
    """Return ``last_seen``, or ``at``, in UTC; None where neither is there.

    It may be a datetime, a text (ISO 8601 or another plain form), or a number since 1970 in
    seconds, milliseconds or microseconds, which its size tells apart. Without a zone it is UTC.

    Raises
    ------
    GraphError
        It is no time.
    """
    given = next((data[name] for name in TIMES if data.get(name) is not None), None)
    if given is None or given == "":
        return None
    try:
        if isinstance(given, Real):
            return _since_1970(float(given))
        if isinstance(given, str):
            return parse_time(given, ZoneInfo("UTC"), None).at
        if isinstance(given, datetime):
            return given.replace(tzinfo=given.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError, OSError):
        pass
    raise GraphError(
        f"{edge}: {_shown(given)} is no time; write ISO 8601 such as 2026-12-01T09:00:00Z"
    )


def kinds_of(data: Mapping[str, Any]) -> list[str]:
    """Return ``kinds``, or ``kind``: texts, or one text in which commas part them."""
    given = next((data[name] for name in KINDS if data.get(name) is not None), ())
    parts = given.split(KIND_SEPARATOR) if isinstance(given, str) else given
    if not isinstance(parts, list | tuple | set | frozenset):
        return []
    return [text for part in parts if (text := str(part).strip())]


def _since_1970(number: float) -> datetime:
    size = abs(number)
    unit = 1 if size < _SECONDS else 1_000 if size < _MILLISECONDS else 1_000_000
    return datetime.fromtimestamp(number / unit, UTC)


def _shown(value: object) -> str:
    return repr(str(value)[:_SHOWN])
