"""Which rules enforce a fact, derived from the sources that rules name."""

from collections.abc import Mapping

from ..content.platforms import Platform
from .rule import Rulebook


def rules_for_fact(
    rulebook: Rulebook, platforms: Mapping[str, Platform]
) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return (platform or topic, fact id) → ids of the rules that cover the fact.

    A rule with the source ``limit.<name>`` covers, on each of its platforms, the fact that
    gives the limit there; a source ``<owner>.<fact id>`` covers that fact. Facts that no rule
    covers are not among the keys. Rules that are switched off cover nothing.
    """
    covered: dict[tuple[str, str], list[str]] = {}
    for rule in rulebook.rules:
        for source in rule.sources:
            owner, _, rest = source.partition(".")
            if owner != "limit":
                facts = [(owner, rest)]
            else:
                where = [
                    platforms[name] for name in rule.platforms or platforms if name in platforms
                ]
                limits = [platform.limits.get(rest) for platform in where]
                facts = [(one.fact.owner, one.fact.id) for one in limits if one and one.fact]
            for fact in facts:
                rules = covered.setdefault(fact, [])
                if rule.id not in rules:
                    rules.append(rule.id)
    return {fact: tuple(rules) for fact, rules in covered.items()}
