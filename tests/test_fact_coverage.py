"""Every hard limit of the eleven platforms has a rule, or a reason why it has none."""

import pytest

from sharewise.engine.advice.rule_sources import rule_sources
from sharewise.engine.advice.rulebook import load_rulebook
from sharewise.engine.content.platforms import Fact, load_platforms

PLATFORMS = load_platforms()
HARD_LIMITS = [
    fact
    for platform in PLATFORMS.values()
    for fact in platform.facts.values()
    if fact.kind == "hard-limit"
]
ENFORCED = {
    source.fact.name for rule in load_rulebook().rules for source in rule_sources(rule, PLATFORMS)
}


def test_there_are_eleven_platforms() -> None:
    assert len(PLATFORMS) == 11
    assert {fact.owner for fact in HARD_LIMITS} == set(PLATFORMS)


@pytest.mark.parametrize("fact", HARD_LIMITS, ids=lambda fact: fact.name)
def test_hard_limit_has_a_rule_or_a_reason(fact: Fact) -> None:
    assert (fact.name in ENFORCED) != (fact.no_rule is not None)


@pytest.mark.parametrize("fact", HARD_LIMITS, ids=lambda fact: fact.name)
def test_reason_for_no_rule_is_a_sentence(fact: Fact) -> None:
    if fact.no_rule is not None:
        assert len(fact.no_rule.split()) >= 4
        assert fact.no_rule.endswith(".")
