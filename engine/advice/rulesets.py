"""A module as a durable-rules ruleset: generated identifiers, the integer 1, nothing else."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .modules import Module
from .rule import Rule
from .stratification import strata

POST = "post"


@dataclass(frozen=True, slots=True)
class Ruleset:
    """What the engine is told of one module.

    ``definition`` is JSON with a rule ``r<i>`` for the i-th of ``rules``, the positions in the
    rulebook. ``properties`` are the observation, its value and the property it has then:
    ``p<n>`` known true, ``n<n>`` known false; only those that a rule asks for. ``findings``
    maps a finding to its fact. ``concluded`` gives the finding of the i-th rule. ``phases``
    are the strata above the first, lowest first.
    """

    rules: tuple[int, ...]
    definition: str
    properties: tuple[tuple[str, bool, str], ...]
    findings: Mapping[str, str]
    concluded: tuple[str | None, ...]
    phases: tuple[int, ...]

    def post_fact(self, values: Mapping[str, bool | None]) -> str:
        """Return the fact that holds the observations of a post."""
        known = [f',"{known}":1' for name, value, known in self.properties if values[name] is value]
        return f'{{"id":"{POST}","k":"{POST}"{"".join(known)}}}'


def build_ruleset(rules: Sequence[Rule], module: Module) -> Ruleset:
    """Return the ruleset of a module of ``rules``.

    A rule that needs a finding which nobody concludes (its rule is switched off) is left out:
    it can't fire. Each of the others is one pattern on the post, its phase if its stratum is
    above the first, its needed findings, then the absence of its blocking ones.
    """
    own = [rules[position] for position in module.rules]
    concluded = {rule.concludes for rule in own if rule.concludes} | set(module.given)
    findings = {name: f"f{number}" for number, name in enumerate(sorted(concluded))}
    properties = {name: number for number, name in enumerate(module.observations)}
    definition: dict[str, object] = {}
    phases = set()
    for number, (rule, stratum) in enumerate(zip(own, strata(own), strict=True)):
        if not concluded.issuperset(rule.needs):
            continue
        phases.add(stratum)
        patterns = [_post_pattern(rule, properties)]
        if stratum:
            patterns.append({"ph": {"ph": stratum}})
        patterns += [{f"y{i}": {"f": findings[name]}} for i, name in enumerate(rule.needs)]
        absent = [findings[name] for name in rule.blocked_by if name in findings]
        patterns += [{f"z{i}$not": {"f": fact}} for i, fact in enumerate(absent)]
        definition[f"r{number}"] = {"all": patterns, "pri": stratum}
    return Ruleset(
        rules=module.rules,
        definition=json.dumps(definition),
        properties=_asked(own, properties),
        findings=findings,
        concluded=tuple(rule.concludes for rule in own),
        phases=tuple(sorted(phases - {0})),
    )


def _post_pattern(rule: Rule, properties: Mapping[str, int]) -> dict[str, object]:
    conditions: list[dict[str, object]] = [{"k": POST}]
    conditions += [{"$ex": {f"p{properties[name]}": 1}} for name in sorted(rule.conditions)]
    conditions += [{"$ex": {f"n{properties[name]}": 1}} for name in sorted(rule.unless)]
    return {"m": {"$and": conditions}}


def _asked(
    rules: Sequence[Rule], properties: Mapping[str, int]
) -> tuple[tuple[str, bool, str], ...]:
    true = {name for rule in rules for name in rule.conditions}
    false = {name for rule in rules for name in rule.unless}
    return (
        *((name, True, f"p{properties[name]}") for name in sorted(true)),
        *((name, False, f"n{properties[name]}") for name in sorted(false)),
    )
