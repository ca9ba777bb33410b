"""The order in which rules must be decided so that "nobody concluded it" is certain."""

from collections.abc import Iterable, Sequence
from typing import Protocol


class Chained(Protocol):
    """What stratification reads of a rule."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def needs(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def blocked_by(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def concludes(self) -> str | None: ...  # noqa: D102


class NegationCycleError(ValueError):
    """Rules that block what they depend on; ``rules`` are their positions."""

    def __init__(self, rules: tuple[int, ...], ids: Iterable[str]) -> None:
        super().__init__(f"recursion through blocked_by: {' → '.join(ids)}")
        self.rules = rules


def producers(rules: Sequence[Chained]) -> dict[str, tuple[int, ...]]:
    """Return finding → positions of the rules that conclude it."""
    made: dict[str, list[int]] = {}
    for position, rule in enumerate(rules):
        if rule.concludes is not None:
            made.setdefault(rule.concludes, []).append(position)
    return {finding: tuple(positions) for finding, positions in made.items()}


def strata(rules: Sequence[Chained]) -> tuple[int, ...]:
    """Return each rule's stratum: above every rule that may block it, not below one it needs.

    Raises
    ------
    NegationCycleError
        A rule is blocked by a finding that depends on the rule itself.

    References
    ----------
    Apt, Blair, Walker: Towards a theory of declarative knowledge (1988), stratified programs.
    """
    made = producers(rules)
    levels = [0] * len(rules)
    for _ in range(len(rules) + 1):
        changed = False
        for position, rule in enumerate(rules):
            below = [levels[one] for name in rule.needs for one in made.get(name, ())]
            below += [levels[one] + 1 for name in rule.blocked_by for one in made.get(name, ())]
            lowest = max(below, default=0)
            if lowest > levels[position]:
                levels[position], changed = lowest, True
        if not changed:
            return tuple(levels)
    cycle = _negative_cycle(rules, made)
    raise NegationCycleError(cycle, (rules[position].id for position in cycle))


def depends_on(
    rules: Sequence[Chained], made: dict[str, tuple[int, ...]], start: int
) -> frozenset[int]:
    """Return the rules that ``start`` depends on, directly or not; itself only on a cycle."""
    found: set[int] = set()
    waiting = [start]
    while waiting:
        rule = rules[waiting.pop()]
        for name in (*rule.needs, *rule.blocked_by):
            fresh = set(made.get(name, ())) - found
            found |= fresh
            waiting += fresh
    return frozenset(found)


def _negative_cycle(rules: Sequence[Chained], made: dict[str, tuple[int, ...]]) -> tuple[int, ...]:
    """Return a shortest chain of rules from one over its blocker back to itself."""
    for start, rule in enumerate(rules):
        for name in rule.blocked_by:
            for blocker in made.get(name, ()):
                path = _path(rules, made, blocker, start)
                if path:
                    return (start, *path)
    return ()


def _path(
    rules: Sequence[Chained], made: dict[str, tuple[int, ...]], start: int, goal: int
) -> tuple[int, ...]:
    routes: dict[int, tuple[int, ...]] = {start: (start,)}
    waiting = [start]
    for position in waiting:
        if position == goal:
            return routes[position]
        rule = rules[position]
        for name in (*rule.needs, *rule.blocked_by):
            for one in made.get(name, ()):
                if one not in routes:
                    routes[one] = (*routes[position], one)
                    waiting.append(one)
    return ()
