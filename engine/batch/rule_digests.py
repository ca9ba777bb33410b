"""A digest for each rule, so that two runs can tell which rules changed between them."""

from collections import defaultdict

from ..advice.rule import Rule, Rulebook
from .plan import digest_text


def rule_digests(rulebook: Rulebook) -> dict[str, str]:
    """Return a digest for each rule in force, by id.

    It changes with the rule's own definition, with the conditions that its observations stand
    for, and with the rules whose findings it needs or is blocked by, however far back.
    """
    own = {rule.id: _own(rule, rulebook) for rule in rulebook.rules}
    concluding: dict[str, set[str]] = defaultdict(set)
    for rule in rulebook.rules:
        for finding in (rule.id, rule.concludes):
            if finding:
                concluding[finding].add(rule.id)
    before = {
        rule.id: set[str]().union(
            *(concluding[name] for name in (*rule.needs, *rule.blocked_by) if name in concluding)
        )
        for rule in rulebook.rules
    }
    return {
        name: digest_text(*(own[one] for one in sorted(_closure(name, before))))
        for name in sorted(own)
    }


def _own(rule: Rule, rulebook: Rulebook) -> str:
    conditions = [rulebook.observations[name].condition for name in (*rule.when, *rule.unless)]
    told = [repr(getattr(rule, name)) for name in sorted(Rule.__slots__)
            if name not in ("pack", "position", "examples")]  # fmt: skip
    return digest_text(*told, *conditions, repr(_lists_named(conditions, rulebook)))


def _lists_named(conditions: list[str], rulebook: Rulebook) -> dict[str, object]:
    text = " ".join(conditions)
    return {name: values for name, values in sorted(rulebook.lists.items()) if name in text}


def _closure(name: str, before: dict[str, set[str]]) -> set[str]:
    seen, waiting = {name}, [name]
    while waiting:
        new = before[waiting.pop()] - seen
        seen |= new
        waiting += new
    return seen
