"""The table ``[community]`` of the settings: half-life, who is left out, tiers, gates."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from .errors import SettingsError
from .settings_gates import GATES, Thresholds
from .settings_values import number, one_of, only_keys, table, texts

HALF_LIFE = 14.0
TIERS = {"gold": 0.01, "silver": 0.05, "bronze": 0.2}
_DURATION = re.compile(r"(?P<number>\d+(?:\.\d+)?)\s*(?P<unit>h|d|w)(?:ours?|ays?|eeks?)?")
_DAYS = {"h": 1 / 24, "d": 1.0, "w": 7.0}


@dataclass(frozen=True)
class CommunitySettings:
    """How people are ranked.

    Attributes
    ----------
    half_life : days after which an act counts half
    opted_out : handles that are never ranked
    consent : handles that may be ranked; None: everyone
    allow : reason codes of gates that hold nobody back
    tiers : tier → the best part of the ranked that reaches it
    gates : thresholds by name that differ from the usual ones
    """

    half_life: float = HALF_LIFE
    opted_out: tuple[str, ...] = ()
    consent: tuple[str, ...] | None = None
    allow: tuple[str, ...] = ()
    tiers: Mapping[str, float] = field(default_factory=lambda: dict(TIERS))
    gates: Mapping[str, float] = field(default_factory=dict)


def community_from(value: object, where: str) -> CommunitySettings:
    """Return the table ``[community]``, checked.

    Raises
    ------
    SettingsError
        A key or value is wrong.
    """
    data = table(value, where)
    only_keys(data, [one.name for one in fields(CommunitySettings)], where)
    limits = table(data.get("gates", {}), f"{where}.gates")
    only_keys(limits, [one.name for one in fields(Thresholds)], f"{where}.gates")
    read: dict[str, Any] = {}
    if "half_life" in data:
        read["half_life"] = days(data["half_life"], f"{where}.half_life")
    for key in ("opted_out", "consent", "allow"):
        if key in data:
            read[key] = texts(data[key], f"{where}.{key}")
    for code in read.get("allow", ()):
        one_of(code, GATES, f"{where}.allow")
    if "tiers" in data:
        read["tiers"] = _tiers(data["tiers"], f"{where}.tiers")
    gates = {name: number(limit, f"{where}.gates.{name}") for name, limit in limits.items()}
    return CommunitySettings(gates=gates, **read)


def days(value: object, where: str) -> float:
    """Return a span of time in days: ``14``, ``"14d"``, ``"36h"``, ``"2w"``."""
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < 1e6:
        return float(value)
    found = _DURATION.fullmatch(value.strip().lower()) if isinstance(value, str) else None
    plain = value.strip() if isinstance(value, str) else ""
    if found is None and re.fullmatch(r"\d{1,6}(\.\d+)?", plain):
        span = float(plain)
    elif found is not None:
        span = float(found["number"]) * _DAYS[found["unit"]]
    else:
        span = 0.0
    if not 0 < span < 1e6:
        raise SettingsError(f"{where}: {value!r} is no span of time; write 14d, 36h or 2w")
    return span


def _tiers(value: object, where: str) -> dict[str, float]:
    tiers = {name: number(part, f"{where}.{name}") for name, part in table(value, where).items()}
    for name, part in tiers.items():
        if not 0 < part <= 1:
            raise SettingsError(f"{where}.{name}: {part:g} is no part of the ranked; write 0.05")
    return dict(sorted(tiers.items(), key=lambda tier: tier[1]))
