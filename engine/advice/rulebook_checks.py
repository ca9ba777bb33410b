"""What only all packs together can show to be wrong."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..errors import PlatformError
from .condition_expressions import condition_expression
from .condition_nodes import Call, walk
from .did_you_mean import did_you_mean
from .pack_files import Problem
from .rule import Observation, Rule
from .stratification import NegationCycleError, strata

FindFact = Callable[[str, Any], Any]


def unique_ids(rules: Sequence[Rule]) -> list[Problem]:
    """Return a problem for each rule whose id another rule has already."""
    first: dict[str, Rule] = {}
    problems = []
    for rule in rules:
        other = first.setdefault(rule.id, rule)
        if other is not rule:
            where = other.pack.file if other.pack else "?"
            problems.append(problem(rule, "id", f"rule id {rule.id} is taken in {where}"))
    return problems


def observation_names(
    rules: Sequence[Rule], observations: Mapping[str, Observation], broken: frozenset[str]
) -> list[Problem]:
    """Return a problem for each name in ``when`` or ``unless`` that is no observation.

    ``broken`` are observations that exist but could not be read: told already.
    """
    problems = []
    for rule in rules:
        for key in ("when", "unless"):
            for name in getattr(rule, key):
                if name not in observations and name not in broken:
                    hint = did_you_mean(name, observations)
                    problems.append(problem(rule, key, f"unknown observation {name!r}{hint}"))
    return problems


def same_conditions(
    rules: Sequence[Rule], observations: Mapping[str, Observation]
) -> list[Problem]:
    """Return a problem for each condition that a rule wants both true and false."""
    problems = []
    for rule in rules:
        true = {observations[n].node: n for n in rule.when if n in observations}
        for name in rule.unless:
            twin = true.get(observations[name].node) if name in observations else None
            if twin is not None and twin != name:
                what = f"contradiction: {twin} in when and {name} in unless are one condition"
                problems.append(problem(rule, "unless", what))
    return problems


def findings(rules: Sequence[Rule]) -> list[Problem]:
    """Return problems with findings: concluded by nobody, or blocking what they rest on."""
    made = {rule.concludes for rule in rules if rule.concludes is not None}
    problems = []
    for rule in rules:
        for key in ("needs", "blocked_by"):
            for name in getattr(rule, key):
                if name not in made:
                    hint = did_you_mean(name, made)
                    what = f"no rule concludes the finding {name!r}{hint}"
                    problems.append(problem(rule, key, what))
    try:
        strata(rules)
    except NegationCycleError as error:
        problems.append(problem(rules[error.rules[0]], "blocked_by", str(error)))
    return problems


def patterns(observations: Sequence[Observation], rules: Sequence[Rule]) -> list[Problem]:
    """Return a problem for each regular expression that Polars refuses.

    The syntax is that of Rust's regex crate: no look-around, no back-references; it takes
    time linear in the text.
    """
    cases: list[tuple[str, Problem]] = []
    for one in observations:
        for node in walk(one.node):
            if isinstance(node, Call) and node.function in ("matches", "count"):
                told = Problem(one.pack, ("observations", one.name), f"{one.name}: ")
                cases.append((str(node.argument), told))
    for rule in rules:
        if rule.mark and rule.mark.pattern:
            cases.append((rule.mark.pattern, problem(rule, "mark", "mark: ")))
    wrong = _refused([pattern for pattern, _ in cases])
    return [
        Problem(told.pack, told.path, f"{told.what}{wrong[pattern]}")
        for pattern, told in cases
        if pattern in wrong
    ]


def sources(rules: Sequence[Rule], platforms: Mapping[str, Any], find: FindFact) -> list[Problem]:
    """Return a problem for each source that is no fact and no limit of the rule's platforms.

    Our own rules must have a source; a person's own may rest on nothing but their word.
    """
    problems = []
    for rule in rules:
        if not rule.sources and rule.pack and rule.pack.ours:
            problems.append(problem(rule, None, "no sources; a limit.<name> or a fact is needed"))
        for source in rule.sources:
            try:
                found = find(source, None)
                if source.startswith("limit."):
                    where = rule.platforms or tuple(platforms)
                    found = next((f for p in where if (f := find(source, platforms[p]))), None)
            except PlatformError as error:
                problems.append(problem(rule, "sources", f"source {error}"))
                continue
            if found is None:
                what = f"source {source}: none of its platforms has this limit"
                problems.append(problem(rule, "sources", what))
    return problems


def problem(rule: Rule, key: str | None, what: str, *within: str | int) -> Problem:
    """Return a problem at a key of the rule and ``within`` it, or at its start, naming the rule."""
    assert rule.pack is not None  # noqa: S101 - rules that were loaded have one
    path = ("rules", rule.position) if key is None else ("rules", rule.position, key, *within)
    return Problem(rule.pack, path, what if what.startswith(rule.id) else f"{rule.id}: {what}")


def _refused(regexes: Sequence[str]) -> dict[str, str]:
    import polars as pl

    probe = pl.DataFrame({"text": [""]})
    tests = [pl.col("text").str.contains(regex) for regex in dict.fromkeys(regexes)]
    try:
        probe.select(test.alias(str(number)) for number, test in enumerate(tests))
    except pl.exceptions.PolarsError:
        return {regex: said for regex in regexes if (said := _refusal(probe, regex))}
    return {}


def _refusal(probe: Any, regex: str) -> str | None:
    import polars as pl

    try:
        probe.select(pl.col("text").str.contains(regex))
    except pl.exceptions.PolarsError as error:
        lines = [line.strip() for line in str(error).splitlines()]
        why = next((line for line in lines if line.startswith("error:")), lines[0])
        return f"bad regular expression {regex!r}: {why.removeprefix('error: ')}"
    return None


def compiles(observations: Sequence[Observation], types: Mapping[str, Any]) -> list[Problem]:
    """Return a problem for each observation that Polars can't compute on an empty frame."""
    import polars as pl

    empty = pl.DataFrame(schema=dict(types))
    problems = []
    for one in observations:
        try:
            dtype = empty.select(condition_expression(one.node).alias("o")).schema["o"]
        except pl.exceptions.PolarsError as error:
            first = str(error).splitlines()[0]
            problems.append(Problem(one.pack, ("observations", one.name), f"{one.name}: {first}"))
            continue
        if dtype != pl.Boolean:
            what = f"{one.name}: a {dtype} where a yes/no is needed"
            problems.append(Problem(one.pack, ("observations", one.name), what))
    return problems
