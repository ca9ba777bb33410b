"""What must hold whenever a rule fires, as far as the rulebook alone can tell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from .rule import Rule
from .stratification import producers


@dataclass(frozen=True, slots=True)
class Implied:
    """True and false observations and concluded findings that a rule's firing implies.

    ``possible`` is False when nothing can make it fire: its needs rest on one another.
    """

    true: frozenset[str] = frozenset()
    false: frozenset[str] = frozenset()
    findings: frozenset[str] = frozenset()
    possible: bool = True

    def joined(self, other: "Implied") -> "Implied":
        """Return what holds when both hold."""
        return Implied(
            self.true | other.true,
            self.false | other.false,
            self.findings | other.findings,
            self.possible and other.possible,
        )

    def common(self, other: "Implied") -> "Implied":
        """Return what holds when one of the two holds."""
        if not self.possible or not other.possible:
            return other if not self.possible else self
        return Implied(
            self.true & other.true, self.false & other.false, self.findings & other.findings
        )


def implications(rules: Sequence[Rule]) -> tuple[Implied, ...]:
    """Return what each rule's firing implies, over every way to conclude what it needs."""
    made = producers(rules)
    found = [Implied(possible=False)] * len(rules)
    while True:
        fresh = [_of(rule, found, made) for rule in rules]
        if fresh == found:
            return tuple(found)
        found = fresh


def never_fires(position: int, rules: Sequence[Rule], implied: Sequence[Implied]) -> str | None:
    """Return why a rule can never fire, None if it may."""
    rule, holds = rules[position], implied[position]
    if not holds.possible:
        return "what it needs rests on the rule itself"
    both = holds.true & holds.false
    if both:
        return f"what it needs makes {sorted(both)[0]} both true and false"
    blocked = set(rule.blocked_by) & holds.findings
    if blocked:
        return f"what it needs concludes {sorted(blocked)[0]}, which blocks it"
    for other in rules:
        if other.concludes in rule.blocked_by and _always_with(other, rule, holds):
            return f"{other.id} fires wherever it would, and concludes {other.concludes}"
    return _nowhere(rule, rules)


def _of(rule: Rule, found: Sequence[Implied], made: Mapping[str, tuple[int, ...]]) -> Implied:
    holds = Implied(frozenset(rule.when), frozenset(rule.unless))
    for name in rule.needs:
        ways = Implied(possible=False)
        for producer in made.get(name, ()):
            ways = ways.common(found[producer])
        holds = holds.joined(replace(ways, findings=ways.findings | {name}))
    if rule.concludes is not None:
        holds = replace(holds, findings=holds.findings | {rule.concludes})
    return holds


def _always_with(other: Rule, rule: Rule, holds: Implied) -> bool:
    return (
        holds.true.issuperset(other.when)
        and holds.false.issuperset(other.unless)
        and holds.findings.issuperset(other.needs)
        and not other.blocked_by
        and (not other.platforms or bool(rule.platforms))
        and set(other.platforms or rule.platforms).issuperset(rule.platforms)
    )


def _nowhere(rule: Rule, rules: Sequence[Rule]) -> str | None:
    for name in rule.needs:
        where = [set(other.platforms) for other in rules if other.concludes == name]
        if rule.platforms and all(one and one.isdisjoint(rule.platforms) for one in where):
            return f"{name} is never concluded on its platforms"
    return None
