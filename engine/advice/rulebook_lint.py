"""Stricter checks of a rulebook than loading makes, for those who write packs."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Protocol

from ..content.platform import Platform
from .exclusion import exclusive
from .fix_names import OPPOSING
from .implications import Implied, implications, never_fires
from .pack_files import Problem
from .rule import Rule, Rulebook
from .rulebook_checks import compiles, problem

LEAST_WORDS = 3


@dataclass(frozen=True, slots=True)
class LintProblem:
    """Something to better in a pack: where, which rule or observation, and what."""

    file: Path
    line: int
    subject: str
    what: str


class Example(Protocol):
    """An example as whoever tries them knows it."""

    @property
    def rule(self) -> Rule:
        """Whose example it is."""

    @property
    def name(self) -> str:
        """What to call it."""


class WrongExample(Protocol):
    """An example that does not do what it stands for."""

    @property
    def example(self) -> Example:
        """Which one."""

    @property
    def reason(self) -> str:
        """What it does instead."""


Runner = Callable[[Rulebook], Iterable[WrongExample]]


def lint_rulebook(rulebook: Rulebook, runner: Runner | None = None) -> tuple[LintProblem, ...]:
    """Return what should be better, by file and line.

    Unused observations, conditions that Polars can't compute, rules that can never fire, rules
    with one and the same condition, advice that contradicts other advice, a ``why`` of fewer
    than `LEAST_WORDS` words; and, when ``runner`` tries them, examples that do the opposite of
    what they say.
    """
    from ..content.measures.catalogue import MEASURES

    types = {name: measure.dtype for name, measure in MEASURES.items()}
    known = rulebook.kinds.keys() <= types.keys() | {"platform"}
    implied = implications(rulebook.rules)
    problems = [
        *_unused(rulebook),
        *(compiles(tuple(rulebook.observations.values()), types) if known else ()),
        *_short_reasons(rulebook.rules),
        *_dead(rulebook.rules, implied),
        *_twins(rulebook.rules),
        *_contradictions(rulebook, implied),
        *(_wrong_example(one) for one in (runner(rulebook) if runner else ())),
    ]
    return tuple(sorted((_lint(one) for one in problems), key=lambda p: (str(p.file), p.line)))


def _unused(rulebook: Rulebook) -> list[Problem]:
    rules = (*rulebook.rules, *rulebook.switched_off)
    used = {name for rule in rules for name in (*rule.when, *rule.unless)}
    return [
        Problem(one.pack, ("observations", name), f"{name}: no rule uses this observation")
        for name, one in rulebook.observations.items()
        if name not in used
    ]


def _short_reasons(rules: Sequence[Rule]) -> list[Problem]:
    return [
        problem(rule, "why", f"why has {words} words; {LEAST_WORDS} or more are needed")
        for rule in rules
        if (words := len(rule.why.split())) < LEAST_WORDS
    ]


def _dead(rules: Sequence[Rule], implied: Sequence[Implied]) -> list[Problem]:
    return [
        problem(rule, None, f"can never fire: {why}")
        for position, rule in enumerate(rules)
        if (why := never_fires(position, rules, implied))
    ]


def _twins(rules: Sequence[Rule]) -> list[Problem]:
    problems = []
    for one, other in combinations(rules, 2):
        same = all(
            set(getattr(one, key)) == set(getattr(other, key))
            for key in ("when", "unless", "needs", "blocked_by")
        )
        if same and _meet(one, other):
            what = f"fires on the same condition as {one.id}; make them one, or tell them apart"
            problems.append(problem(other, "when", what))
    return problems


def _contradictions(rulebook: Rulebook, implied: Sequence[Implied]) -> list[Problem]:
    from ..content.platforms import load_platforms

    platforms = load_platforms()
    problems = []
    numbered = [(place, rule) for place, rule in enumerate(rulebook.rules) if rule.fix]
    for (i, one), (j, other) in combinations(numbered, 2):
        pair = next((p for p in OPPOSING if _opposed(one, other, p)), None)
        if pair and _together((one, other), (implied[i], implied[j]), rulebook, platforms):
            what = (
                f"advises {' or '.join(set(pair) & set(other.fix))} where {one.id} may advise "
                f"{' or '.join(set(pair) & set(one.fix))}; block one by what the other concludes"
            )
            problems.append(problem(other, "fix", what))
    return problems


def _opposed(one: Rule, other: Rule, pair: tuple[str, str]) -> bool:
    return (pair[0] in one.fix and pair[1] in other.fix) or (
        pair[1] in one.fix and pair[0] in other.fix
    )


def _together(
    pair: tuple[Rule, Rule], implied: tuple[Implied, Implied], rulebook: Rulebook,
    platforms: Mapping[str, Platform],
) -> bool:  # fmt: skip
    """Return whether nothing keeps the two rules from firing in one place."""
    (one, other), (a, b) = pair, implied
    if a.true & b.false or a.false & b.true:
        return False
    if set(one.blocked_by) & b.findings or set(other.blocked_by) & a.findings:
        return False
    nodes = [rulebook.observations[name].node for name in sorted(a.true | b.true)]
    shared = set(one.platforms or platforms).intersection(other.platforms or platforms)
    return any(not exclusive(nodes, _limits(platforms[name])) for name in sorted(shared))


def _limits(platform: Platform) -> dict[str, float]:
    return {name: limit.value for name, limit in platform.limits.items()}


def _meet(one: Rule, other: Rule) -> bool:
    return not one.platforms or not other.platforms or bool({*one.platforms} & {*other.platforms})


def _wrong_example(wrong: WrongExample) -> Problem:
    what = f"example {wrong.example.name} {wrong.reason}"
    return problem(wrong.example.rule, "examples", what)


def _lint(one: Problem) -> LintProblem:
    subject, _, what = one.what.partition(": ")
    return LintProblem(one.pack.file, one.line(), subject, what)
