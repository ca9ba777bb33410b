"""The facts behind a rule, as they stand in the platform data."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..content.facts import Fact
from ..content.platform import Platform
from ..content.platforms import find_fact
from .rule import Rule


@dataclass(frozen=True)
class RuleSource:
    """A fact that a rule rests on; ``platforms`` are those it holds for there."""

    reference: str
    platforms: tuple[str, ...]
    fact: Fact


def rule_sources(rule: Rule, platforms: Mapping[str, Platform]) -> Iterator[RuleSource]:
    """Yield the facts that a rule names; a limit has one for each platform that has the limit."""
    meant = tuple(rule.platforms or platforms)
    for reference in rule.sources:
        if not reference.startswith("limit."):
            fact = find_fact(reference)
            if fact is not None:
                yield RuleSource(reference, meant, fact)
            continue
        for name in meant:
            fact = find_fact(reference, platforms[name])
            if fact is not None:
                yield RuleSource(reference, (name,), fact)
