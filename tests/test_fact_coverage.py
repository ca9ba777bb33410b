"""Every fact has a rule, or a reason why it has none."""

import pytest

from sharewise.engine.advice.facts_by_rule import rules_for_fact
from sharewise.engine.advice.rulebook import load_rulebook
from sharewise.engine.content.platforms import Fact, load_platforms, load_topics

PLATFORMS = load_platforms()
FACTS = [
    fact
    for facts in (*(one.facts for one in PLATFORMS.values()), *load_topics().values())
    for fact in facts.values()
]
COVERED = rules_for_fact(load_rulebook(), PLATFORMS)


def test_there_are_eleven_platforms() -> None:
    assert len(PLATFORMS) == 11
    assert {fact.owner for fact in FACTS if fact.kind == "hard-limit"} >= set(PLATFORMS)


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.name)
def test_fact_has_a_rule_or_a_reason(fact: Fact) -> None:
    assert ((fact.owner, fact.id) in COVERED) != (fact.no_rule is not None)


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.name)
def test_reason_for_no_rule_is_a_sentence(fact: Fact) -> None:
    if fact.no_rule is not None:
        assert len(fact.no_rule.split()) >= 4
        assert fact.no_rule.endswith(".")
