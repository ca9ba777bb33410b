"""Check values of a settings file; every error says which key, what was found, what is allowed."""

import math
from collections.abc import Iterable, Mapping
from typing import Any

from .errors import SettingsError


def only_keys(table: Mapping[str, Any], allowed: Iterable[str], where: str) -> None:
    """Refuse a key that is not in ``allowed``, proposing the nearest one."""
    known = tuple(allowed)
    for key in table:
        if key not in known:
            raise SettingsError(
                f"{where}: unknown key {key!r}{nearest(key, known)}; allowed: {', '.join(known)}"
            )


def nearest(word: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """Return `` (did you mean …?)`` when one of ``known`` is close to ``word``, else nothing.

    ``cutoff`` is how alike they must be, from 0 to 1, by difflib.
    """
    from difflib import get_close_matches

    near = get_close_matches(word[:60], tuple(known), n=1, cutoff=cutoff)
    return f" (did you mean {near[0]}?)" if near else ""


def table(value: object, where: str) -> dict[str, Any]:
    """Return a table of the file."""
    if not isinstance(value, dict):
        raise SettingsError(f"{where}: {_shown(value)} is no table")
    return value


def text(value: object, where: str) -> str:
    """Return a text that is not blank."""
    if not isinstance(value, str) or not value.strip():
        raise SettingsError(f"{where}: {_shown(value)} is no text")
    return value.strip()


def texts(value: object, where: str) -> tuple[str, ...]:
    """Return a list of texts."""
    if not isinstance(value, list):
        raise SettingsError(f'{where}: {_shown(value)} is no list of texts, such as ["a", "b"]')
    return tuple(text(item, f"{where}[{position}]") for position, item in enumerate(value, 1))


def one_of(value: object, allowed: Iterable[str], where: str) -> str:
    """Return a text that is one of ``allowed``."""
    known = tuple(allowed)
    if not isinstance(value, str) or value not in known:
        near = nearest(value, known) if isinstance(value, str) else ""
        raise SettingsError(f"{where}: {_shown(value)}{near}; allowed: {', '.join(known)}")
    return value


def number(value: object, where: str) -> float:
    """Return a finite number of zero or more; true is 1, false is 0."""
    if not isinstance(value, int | float) or not math.isfinite(value) or value < 0:
        raise SettingsError(f"{where}: {_shown(value)} is no number of 0 or more")
    return float(value)


def zone(value: object, where: str) -> str:
    """Return the name of a time zone, such as Europe/Lisbon."""
    from zoneinfo import ZoneInfo, available_timezones

    name = text(value, where)
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        near = nearest(name, available_timezones())
        raise SettingsError(
            f"{where}: {_shown(name)} is no time zone{near}; write UTC or one like Europe/Lisbon"
        ) from None
    return name


def _shown(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= 60 else f"{shown[:60]}…"
