"""Stricter checks of a rulebook than loading makes, for those who write packs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from ..content.measures.catalogue import MEASURES
from ..content.measures.page_catalogue import PAGE_MEASURES
from ..content.platforms import Platform, load_platforms
from .example_trials import WrongExample
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


def lint_rulebook(
    rulebook: Rulebook, wrong: Iterable[WrongExample] = ()
) -> tuple[LintProblem, ...]:
    """Return what should be better, by file and line.

    Unused observations, conditions that Polars can't compute, rules that can never fire, rules
    with one and the same condition, advice that contradicts other advice, a ``why`` of fewer
    than `LEAST_WORDS` words, packs of one name; and the examples in ``wrong``, which
    `example_trials.wrong_examples` finds to do the opposite of what they say.
    """
    types = {name: measure.dtype for name, measure in (MEASURES | PAGE_MEASURES).items()}
    known = rulebook.kinds.keys() <= types.keys() | {"platform"}
    implied = implications(rulebook.rules)
    problems = [
        *_unused(rulebook),
        *(compiles(tuple(rulebook.observations.values()), types) if known else ()),
        *_short_reasons(rulebook.rules),
        *_dead(rulebook, implied),
        *_twins(rulebook.rules),
        *_contradictions(rulebook, implied),
        *_namesakes(rulebook),
        *(_wrong_example(one) for one in wrong),
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


def _dead(rulebook: Rulebook, implied: Sequence[Implied]) -> list[Problem]:
    return [
        problem(rule, None, f"can never fire: {why}")
        for position, rule in enumerate(rulebook.rules)
        if (why := never_fires(position, rulebook.rules, implied))
        or (why := _impossible(rule, implied[position], rulebook))
    ]


def _impossible(rule: Rule, holds: Implied, rulebook: Rulebook) -> str | None:
    """Return why the rule's conditions can't all hold on any of its platforms, None if they may."""
    nodes = [rulebook.observations[name].node for name in sorted(holds.true)]
    platforms = load_platforms(rule.platforms or None)
    if all(exclusive(nodes, _limits(one), may_be_set=True) for one in platforms.values()):
        return f"{', '.join(sorted(holds.true))} can't all hold on any of its platforms"
    return None


def _namesakes(rulebook: Rulebook) -> list[Problem]:
    """Return a problem for each pack whose name an earlier one has."""
    first: dict[str, Path] = {}
    return [
        Problem(pack, ("pack",), f"pack: {pack.name!r} is also the name of {first[pack.name]}")
        for pack in rulebook.packs
        if first.setdefault(pack.name, pack.file) != pack.file
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
    example = wrong.example
    key = "fires" if example.fires else "quiet"
    what = f"example {example.number} under {key}: {wrong.reason}"
    return problem(example.rule, "examples", what, key, example.number - 1)


def _lint(one: Problem) -> LintProblem:
    subject, _, what = one.what.partition(": ")
    return LintProblem(one.pack.file, one.line(), subject, what)
