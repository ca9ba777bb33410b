"""Load the rule packs, ours and a person's own, into one checked rulebook."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import RulebookError
from . import rulebook_checks as checks
from .did_you_mean import did_you_mean
from .measure_kinds import catalogue_kinds, kinds_of
from .pack_checks import read_lists, read_observations, read_rules
from .pack_files import OUR_PACKS, Problem, pack_paths, raise_problems, read_pack
from .rule import SEVERITIES, Observation, Pack, Rule, Rulebook

if TYPE_CHECKING:
    import polars as pl

__all__ = ["Rulebook", "load_rulebook"]

OFF = "off"


def load_rulebook(
    extra: Iterable[str | Path] = (),
    severities: Mapping[str, str] | None = None,
    disabled: Iterable[str] = (),
    *,
    measures: "Mapping[str, pl.DataType] | None" = None,
    ours: Path | None = OUR_PACKS,
    thorough: bool = False,
) -> Rulebook:
    """Read all packs, check them, and return the rules in force.

    Parameters
    ----------
    extra
        A person's own packs: files, or folders of ``*.yaml``; one named twice is read once.
        They add rules, observations and lists; their ``override`` changes a rule's severity
        or switches it off.
    severities
        Rule id → error, warning, suggestion or off; stronger than any ``override``.
    disabled
        Rule ids, or the start of some, to switch off.
    measures
        Measure → Polars type; the catalogue's by default.
    ours
        The folder of our packs; None: only ``extra``.
    thorough
        Check patterns and sources of our own packs too, which our tests have checked already.

    Raises
    ------
    RulebookError
        All that is wrong, a line each: ``file:line: what, allowed``.
    """
    loaded = _Loaded(catalogue_kinds() if measures is None else kinds_of(measures))
    found = [(path, True) for path in (pack_paths(ours) if ours is not None else ())]
    own = len(found)
    found += [(path, False) for one in extra for path in pack_paths(Path(one))]
    # Only a person's own packs can be named twice; to resolve ours costs as much as to read them.
    if len(found) > own:
        once: dict[Path, tuple[Path, bool]] = {}
        for path, is_ours in found:
            once.setdefault(path.resolve(), (path, is_ours))
        found = list(once.values())
    loaded.packs += [read_pack(path, is_ours) for path, is_ours in found]
    _read(loaded)
    _check(loaded, thorough)
    changes = _overrides(loaded)
    raise_problems(loaded.problems)
    return _in_force(loaded, changes, severities or {}, tuple(disabled))


@dataclass
class _Loaded:
    """What a load has gathered so far."""

    kinds: Mapping[str, str]
    packs: list[tuple[Pack, dict[str, Any]]] = field(default_factory=list)
    lists: dict[str, tuple[str | float, ...]] = field(default_factory=dict)
    observations: dict[str, Observation] = field(default_factory=dict)
    rules: list[Rule] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)


def _read(loaded: _Loaded) -> None:
    for pack, data in loaded.packs:
        lists = read_lists(pack, data, loaded.problems)
        _merge(loaded, loaded.lists, lists, pack, "lists")
    for pack, data in loaded.packs:
        found = read_observations(pack, data, loaded.kinds, loaded.lists, loaded.problems)
        _merge(loaded, loaded.observations, found, pack, "observations")
        named = data.get("observations")
        loaded.broken |= set(named if isinstance(named, dict) else ()) - found.keys()
    for pack, data in loaded.packs:
        loaded.rules += read_rules(pack, data, loaded.kinds, loaded.lists, loaded.problems)


def _merge(
    loaded: _Loaded, into: dict[str, Any], fresh: Mapping[str, Any], pack: Pack, key: str
) -> None:
    for name in fresh:
        if name in into:
            what = f"{key.removesuffix('s')} name {name!r} is taken by another pack"
            loaded.problems.append(Problem(pack, (key, name), what))
        else:
            into[name] = fresh[name]


def _check(loaded: _Loaded, thorough: bool) -> None:
    rules, observations = loaded.rules, loaded.observations
    loaded.problems += [
        *checks.unique_ids(rules),
        *checks.observation_names(rules, observations, frozenset(loaded.broken)),
        *checks.same_conditions(rules, observations),
        *checks.findings(rules),
    ]
    watched = [one for one in observations.values() if thorough or not one.pack.ours]
    watched_rules = [one for one in rules if one.pack and (thorough or not one.pack.ours)]
    if watched:
        loaded.problems += checks.patterns(watched, watched_rules)
    if watched_rules:
        from ..content.platforms import find_fact, load_platforms

        loaded.problems += checks.sources(watched_rules, load_platforms(), find_fact)


def _overrides(loaded: _Loaded) -> dict[str, str]:
    """Return rule id → severity or ``off`` as the packs' ``override`` say, later packs last."""
    known = {rule.id for rule in loaded.rules}
    changes: dict[str, str] = {}
    for pack, data in loaded.packs:
        entries = data.get("override") or {}
        if not isinstance(entries, dict):
            loaded.problems.append(Problem(pack, ("override",), "override is no mapping of rules"))
            continue
        for rule_id, change in entries.items():
            path = ("override", rule_id)
            severity = change.get("severity") if isinstance(change, dict) else change
            if severity is False:
                severity = OFF
            if rule_id not in known:
                what = f"unknown rule {rule_id!r}{did_you_mean(str(rule_id), known)}"
                loaded.problems.append(Problem(pack, path, what))
            elif (isinstance(change, dict) and set(change) != {"severity"}) or (
                severity not in (*SEVERITIES, OFF)
            ):
                what = f"{rule_id}: {change!r}; allowed: off, or severity: {', '.join(SEVERITIES)}"
                loaded.problems.append(Problem(pack, path, what))
            else:
                changes[rule_id] = severity
    return changes


def _in_force(
    loaded: _Loaded, changes: Mapping[str, str], severities: Mapping[str, str],
    disabled: Sequence[str],
) -> Rulebook:  # fmt: skip
    known = [rule.id for rule in loaded.rules]
    for rule_id, severity in severities.items():
        if rule_id not in known:
            hint = did_you_mean(rule_id, known)
            raise RulebookError(f"severities: unknown rule {rule_id!r}{hint}")
        if severity not in (*SEVERITIES, OFF):
            allowed = ", ".join((*SEVERITIES, OFF))
            raise RulebookError(f"severities: {rule_id}: {severity!r}; allowed: {allowed}")
    for prefix in disabled:
        if not prefix or not any(rule_id.startswith(prefix) for rule_id in known):
            hint = did_you_mean(prefix, known)
            raise RulebookError(f"disabled: no rule starts with {prefix!r}{hint}")
    wanted = {**changes, **severities}
    on, off = [], []
    for rule in loaded.rules:
        severity = wanted.get(rule.id, rule.severity)
        if severity == OFF or rule.id.startswith(tuple(disabled)):
            off.append(rule)
        else:
            on.append(rule if severity == rule.severity else replace(rule, severity=severity))
    return Rulebook(
        packs=tuple(pack for pack, _ in loaded.packs),
        rules=tuple(on),
        observations=loaded.observations,
        lists=loaded.lists,
        kinds=loaded.kinds,
        digest=_digest([pack.text for pack, _ in loaded.packs], wanted, disabled),
        switched_off=tuple(off),
    )


def _digest(texts: Sequence[str], wanted: Mapping[str, str], disabled: Sequence[str]) -> str:
    digest = hashlib.sha256()
    for part in (*texts, *(f"{key}={value}" for key, value in sorted(wanted.items())), *disabled):
        digest.update(part.encode("utf-8", "surrogatepass"))
        digest.update(b"\0")
    return digest.hexdigest()
