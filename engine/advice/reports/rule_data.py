"""Rules as plain data: the documented contract of ``sharewise rules --format json``."""

from collections.abc import Mapping
from typing import Any

from ...content.facts import Source
from ...content.platform import Platform
from ..example_posts import expanded
from ..fix_names import safety_of
from ..rule import Rule
from ..rule_sources import RuleSource, rule_sources


def rule_data(rule: Rule, platforms: Mapping[str, Platform]) -> dict[str, Any]:
    """Return a rule as plain data; ``platforms`` lists all where the rule holds for all."""
    return {
        "id": rule.id,
        "name": rule.name,
        "severity": rule.severity,
        "category": rule.category,
        "platforms": list(rule.platforms or platforms),
        "why": rule.why,
        "sources": [_source(source) for source in rule_sources(rule, platforms)],
        "examples": {
            "fires": [expanded(post) for post in rule.examples.fires],
            "quiet": [expanded(post) for post in rule.examples.quiet],
        },
        "advice": rule.advice,
        "goal": rule.goal,
        "fix": list(rule.fix),
        "fix_safety": safety_of(rule.fix),
        "when": list(rule.when),
        "unless": list(rule.unless),
        "needs": list(rule.needs),
        "blocked_by": list(rule.blocked_by),
        "concludes": rule.concludes,
        "pack": rule.pack.name if rule.pack else None,
    }


def _source(source: RuleSource) -> dict[str, Any]:
    fact = source.fact
    return {
        "reference": source.reference,
        "fact": fact.name,
        "platforms": list(source.platforms),
        "value": fact.value,
        "unit": fact.unit,
        "kind": fact.kind,
        "confidence": fact.confidence,
        **_page(fact.source),
        "also": [_page(page) for page in fact.also],
        "contested": fact.contested,
        "checked": fact.checked.isoformat(),
    }


def _page(source: Source) -> dict[str, Any]:
    return {"title": source.title, "address": source.address, "year": source.year}
