"""Group rules into modules, each small enough to be decided alone and rarely in a new way.

A module holds some target rules and every rule that they depend on, so that chaining and
blocking happen inside it. The fewer rules it has, the fewer distinct situations it meets.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ..errors import RulebookError
from .rule import Rule
from .stratification import depends_on, producers

MAX_RULES = 40
MAX_OBSERVATIONS = 100
USUAL_RULES = 6


@dataclass(frozen=True, slots=True)
class Module:
    """Rules decided together; all are positions in the whole rulebook.

    ``targets`` are the rules whose firing is taken from here, the others are there because
    targets depend on them. ``given`` are findings that earlier modules decide: only where a
    target depends on more rules than fit.
    """

    rules: tuple[int, ...]
    targets: frozenset[int]
    observations: tuple[str, ...]
    given: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Part:
    rules: frozenset[int]
    targets: frozenset[int]
    observations: frozenset[str]
    given: tuple[str, ...]
    rank: int
    largest: int

    def joined(self, other: "_Part") -> "_Part":
        return _Part(
            self.rules | other.rules,
            self.targets | other.targets,
            self.observations | other.observations,
            self.given,
            self.rank,
            max(self.largest, other.largest),
        )


def group_rules(
    rules: Sequence[Rule],
    max_rules: int = MAX_RULES,
    max_observations: int = MAX_OBSERVATIONS,
    usual: int = USUAL_RULES,
) -> tuple[Module, ...]:
    """Return modules that have every rule as a target once, in an order to decide them in.

    Each has at most ``max_rules`` rules and ``max_observations`` observations, the most one
    ruleset of durable-rules is trusted with. Parts become one module while that has at
    most ``usual`` rules more than the largest of them.

    Raises
    ------
    RulebookError
        More than ``max_rules`` rules need one another in a circle.
    """
    merged: list[_Part] = []
    for part in sorted(_parts(rules, max_rules, max_observations), key=_largest_first):
        best = max(
            (one for one in merged if _fit(one, part, max_rules, max_observations, usual)),
            key=lambda one: (len(one.rules & part.rules), len(one.rules)),
            default=None,
        )
        if best is None:
            merged.append(part)
        else:
            merged[merged.index(best)] = best.joined(part)
    return tuple(
        Module(tuple(sorted(p.rules)), p.targets, tuple(sorted(p.observations)), p.given)
        for p in sorted(merged, key=lambda part: part.rank)
    )


def _largest_first(part: _Part) -> tuple[int, int, int]:
    return (part.rank, -len(part.rules), min(part.targets))


def _fit(one: _Part, other: _Part, max_rules: int, max_observations: int, usual: int) -> bool:
    if (one.rank, one.given) != (other.rank, other.given):
        return False
    if len(one.observations | other.observations) > max_observations:
        return False
    largest = max(one.largest, other.largest)
    return len(one.rules | other.rules) <= min(max_rules, largest + usual)


def _parts(rules: Sequence[Rule], max_rules: int, max_observations: int) -> list[_Part]:
    made = producers(rules)
    below = [depends_on(rules, made, position) for position in range(len(rules))]
    closures = [rest | {position} for position, rest in enumerate(below)]
    ranks: dict[int, int] = {}
    parts: dict[frozenset[int], _Part] = {}
    # What a rule outside its circle depends on has a smaller closure: its rank exists by then.
    for position in sorted(range(len(rules)), key=lambda one: len(closures[one])):
        closure = closures[position]
        observations = _observations(rules, closure)
        if len(closure) <= max_rules and len(observations) <= max_observations:
            ranks[position] = 0
            parts[frozenset({position})] = _Part(
                closure, frozenset({position}), observations, (), 0, len(closure)
            )
            continue
        circle = frozenset(one for one in closure if position in below[one]) | {position}
        if len(circle) > max_rules or len(_observations(rules, circle)) > max_observations:
            ids = ", ".join(rules[one].id for one in sorted(circle)[:5])
            raise RulebookError(f"{len(circle)} rules need one another in a circle: {ids} …")
        names = {name for one in circle for name in (*rules[one].needs, *rules[one].blocked_by)}
        outside = {name: set(made.get(name, ())) - circle for name in names}
        rank = 1 + max(ranks[one] for givers in outside.values() for one in givers)
        given = tuple(sorted(name for name, givers in outside.items() if givers))
        ranks |= dict.fromkeys(circle, rank)
        parts[circle] = _Part(
            circle, circle, _observations(rules, circle), given, rank, len(circle)
        )
    return list(parts.values())


def _observations(rules: Sequence[Rule], chosen: frozenset[int]) -> frozenset[str]:
    return frozenset(
        name for one in chosen for name in (*rules[one].conditions, *rules[one].unless)
    )
