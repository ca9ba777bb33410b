"""Where a rule's limit comes from: the fact behind it on each platform."""

from collections.abc import Mapping
from dataclasses import dataclass

from ..content.platform_names import PLATFORM_IDS
from ..content.platforms import Fact, Platform, find_fact
from .rule import Rule

OWN_LIMIT = "the account's own limit, from your settings"
SHOWN_OF_DISPUTE = 160


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a finding tells of its source; all None where the rule has none on the platform."""

    source: str | None = None
    year: int | None = None
    confidence: str | None = None
    dispute: str = ""


def provenance(rule: Rule, platform: Platform, platforms: Mapping[str, Platform]) -> Provenance:
    """Return the source of the rule's that fits the platform best.

    ``limit.<name>`` is the fact behind that limit there, passed over where there is none. A
    fact of another platform counts only if no other source is left. When the fact is
    contested, ``dispute`` says how.
    """
    for source in sorted(rule.sources, key=lambda one: _distance(one, platform)):
        owner, _, name = source.partition(".")
        limit = platform.limits.get(name) if owner == "limit" else None
        if limit is not None and limit.fact is None:
            return Provenance(OWN_LIMIT)
        fact = find_fact(source, platforms.get(owner, platform))
        if fact is not None:
            return _told(fact)
    return Provenance()


def provenances(
    rules: Mapping[int, Rule], pairs: list[tuple[int, str]], platforms: Mapping[str, Platform]
) -> dict[tuple[int, str], Provenance]:
    """Return the provenance of each (rule position, platform id)."""
    return {pair: provenance(rules[pair[0]], platforms[pair[1]], platforms) for pair in pairs}


def _distance(source: str, platform: Platform) -> int:
    """Return 0 for a source that speaks of the platform or of all, 1 for another platform's."""
    owner = source.partition(".")[0]
    return int(owner in PLATFORM_IDS and owner != platform.id)


def _told(fact: Fact) -> Provenance:
    address = f" ({fact.source.address})" if fact.source.address else ""
    return Provenance(
        source=f"{fact.source.title}{address}",
        year=fact.source.year,
        confidence=fact.confidence,
        dispute=f" (sources disagree: {_short(fact.contested)})" if fact.contested else "",
    )


def _short(text: str) -> str:
    line = " ".join(text.split()).rstrip(".")
    if len(line) <= SHOWN_OF_DISPUTE:
        return line
    return line[:SHOWN_OF_DISPUTE].rsplit(" ", 1)[0].rstrip(",;:") + " …"
