"""What a rulebook is made of: observations, rules, packs; all frozen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .condition_nodes import Node

SEVERITIES = ("error", "warning", "suggestion")
CATEGORIES = (
    *("length", "hashtags", "links", "media", "accessibility", "engagement", "disclosure"),
    *("timing", "text", "community", "series", "goals", "calendar", "page"),
)
_PLATFORM_IN = "platform in "
HTML = "html"
"""The key of an example that is a page."""
GOALS = ("sharing", "brand", "leads", "engagement", "local")


@dataclass(frozen=True, slots=True)
class Pack:
    """One pack file as read: its theme, where it stands and its text.

    ``ours`` is False for a pack that a user adds.
    """

    name: str
    file: Path
    text: str = field(repr=False)
    ours: bool = True


@dataclass(frozen=True, slots=True)
class Observation:
    """A named yes/no about measures; ``condition`` is its text, ``node`` what it says."""

    name: str
    condition: str
    node: Node = field(repr=False)
    pack: Pack = field(repr=False)


@dataclass(frozen=True, slots=True)
class Mark:
    """What to point at in the text: the first match of a pattern, or of a measure's value.

    Exactly one of ``pattern`` and ``measure`` is set, or both: the elements of the measure
    that match.
    """

    pattern: str | None = None
    measure: str | None = None


@dataclass(frozen=True, slots=True)
class Examples:
    """The posts a rule fires on and those it is quiet on, as its pack writes them."""

    fires: tuple[Mapping[str, Any], ...] = ()
    quiet: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """What fires when, and what it says then; equal to itself alone.

    ``when`` names observations that must be known true, ``unless`` those that must be known
    false, ``needs`` and ``blocked_by`` findings of other rules. An empty ``platforms`` means
    all. ``advice`` is a template; ``measured`` and ``limit`` are numbers to show as evidence.
    """

    id: str
    name: str = ""
    platforms: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    blocked_by: tuple[str, ...] = ()
    concludes: str | None = None
    severity: str = "suggestion"
    category: str = "text"
    goal: str | None = None
    advice: str = ""
    why: str = ""
    measured: Node | None = field(default=None, repr=False)
    limit: Node | None = field(default=None, repr=False)
    mark: Mark | None = None
    fix: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    examples: Examples = field(default=Examples(), repr=False)
    pack: Pack | None = field(default=None, repr=False)
    position: int = 0

    @property
    def conditions(self) -> tuple[str, ...]:
        """``when``, and the implicit observation that the platform is one of the rule's."""
        return (*self.when, platform_observation(self.platforms)) if self.platforms else self.when


@dataclass(frozen=True, eq=False)
class Rulebook:
    """Everything that was loaded, checked; ``rules`` are those in force, in a fixed order.

    ``switched_off`` are the rules that settings or a pack's ``override`` disable. ``kinds``
    gives each measure's kind (number, text, truth, texts). ``digest`` changes when a pack or
    an override does.
    """

    packs: tuple[Pack, ...]
    rules: tuple[Rule, ...]
    observations: Mapping[str, Observation]
    lists: Mapping[str, tuple[str | float, ...]]
    kinds: Mapping[str, str]
    digest: str
    switched_off: tuple[Rule, ...] = ()

    def rule(self, rule_id: str) -> Rule:
        """Return the rule of that id, also one switched off; KeyError when there is none."""
        for rule in (*self.rules, *self.switched_off):
            if rule.id == rule_id:
                return rule
        raise KeyError(rule_id)


def platform_observation(platforms: tuple[str, ...]) -> str:
    """Return the name of the implicit observation "the platform is one of these".

    No pack can define that name: it holds a space.
    """
    return _PLATFORM_IN + ",".join(sorted(platforms))


def platform_in_observation(name: str) -> tuple[str, ...] | None:
    """Return the platforms of an implicit observation; None for one that a pack defines."""
    if not name.startswith(_PLATFORM_IN):
        return None
    return tuple(name.removeprefix(_PLATFORM_IN).split(","))
