"""A fact about a platform or topic: what holds, who says so, since when, how sure it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

KINDS = ("hard-limit", "documented-recommendation", "empirical-study", "convention")
CONFIDENCES = ("high", "medium", "low")
SCOPES = ("api", "native", "api and native", "unknown")
STALE_AFTER_DAYS = 365


@dataclass(frozen=True)
class Source:
    """Where a fact was read; ``address`` is None for common knowledge, ``year`` when undated."""

    title: str
    address: str | None
    year: int | None


@dataclass(frozen=True)
class Fact:
    """One fact; ``owner`` is its platform or topic and ``id`` is unique there.

    ``value`` is a plain number, text, list or mapping in ``unit``; None where only a direction
    is known. ``limits`` are the numbers that rules compare against, by limit name, in that
    limit's own unit. ``also`` agrees with ``source``; ``contested`` says what other sources
    claim. ``checked`` is the day when somebody last held it against its source. ``no_rule`` is
    why no rule follows from it.
    """

    owner: str
    id: str
    value: Any
    unit: str
    kind: str
    confidence: str
    statement: str
    source: Source
    checked: date
    scope: str = "unknown"
    limits: Mapping[str, float] = field(default_factory=dict)
    also: tuple[Source, ...] = ()
    contested: str | None = None
    contested_sources: tuple[Source, ...] = ()
    no_rule: str | None = None

    @property
    def name(self) -> str:
        """The name that rules cite it by: ``x.text.max_weighted``."""
        return f"{self.owner}.{self.id}"

    def is_stale(self, day: date) -> bool:
        """Return whether on ``day`` the last check was more than a year ago."""
        return (day - self.checked).days > STALE_AFTER_DAYS
