"""A pack's data as observations and rules; everything that one pack alone can show is checked.

Gathers problems instead of raising: a person sees all of them at once.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from .conditions import ConditionError, parse_condition
from .did_you_mean import not_one_of
from .pack_files import Problem
from .rule import Observation, Pack, Rule
from .rule_reading import RuleReader

Path = tuple[str | int, ...]
PACK_KEYS = ("pack", "about", "lists", "observations", "rules", "override")

_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")
_RULE_ID = re.compile(r"[A-Z]{3}[0-9]{3}")

Tell = Callable[[Path, str], None]


def read_lists(
    pack: Pack, data: Mapping[str, Any], problems: list[Problem]
) -> dict[str, tuple[str | float, ...]]:
    """Return the word lists of a pack, by name."""
    tell = _teller(pack, problems)
    for key in data:
        if key not in PACK_KEYS:
            tell((key,), not_one_of("key", key, PACK_KEYS))
    lists: dict[str, tuple[str | float, ...]] = {}
    for name, values in _mapping(data, "lists", tell).items():
        path = ("lists", name)
        if not _NAME.fullmatch(str(name)):
            tell(path, f"list name {name!r}; lower-case letters, digits and _ are allowed")
        elif not isinstance(values, list) or not values:
            tell(path, f"list {name!r} is empty or no list")
        elif any(isinstance(one, bool) or not isinstance(one, str | int | float) for one in values):
            tell(path, f"list {name!r} holds something other than texts and numbers")
        else:
            lists[name] = tuple(values)
    return lists


def read_observations(
    pack: Pack,
    data: Mapping[str, Any],
    kinds: Mapping[str, str],
    lists: Mapping[str, tuple[str | float, ...]],
    problems: list[Problem],
) -> dict[str, Observation]:
    """Return the observations of a pack, by name; those that are wrong are left out."""
    tell = _teller(pack, problems)
    observations: dict[str, Observation] = {}
    for name, condition in _mapping(data, "observations", tell).items():
        path = ("observations", name)
        if not _NAME.fullmatch(str(name)):
            tell(path, f"observation name {name!r}; lower-case letters, digits and _ are allowed")
        elif not isinstance(condition, str | bool):
            tell(path, f"observation {name!r} is no condition but {condition!r}")
        else:
            text = str(condition).lower() if isinstance(condition, bool) else condition
            try:
                node = parse_condition(text, kinds, lists)
            except ConditionError as error:
                tell(path, f"{name}: {error}")
            else:
                observations[name] = Observation(name, text, node, pack)
    return observations


def read_rules(
    pack: Pack,
    data: Mapping[str, Any],
    kinds: Mapping[str, str],
    lists: Mapping[str, tuple[str | float, ...]],
    problems: list[Problem],
) -> list[Rule]:
    """Return the rules of a pack in file order; those without a valid id are left out."""
    tell = _teller(pack, problems)
    entries = data.get("rules")
    if entries is None:
        return []
    if not isinstance(entries, list):
        tell(("rules",), "rules is no list; each rule starts with '- id:'")
        return []
    rules = []
    for position, entry in enumerate(entries):
        path = ("rules", position)
        if not isinstance(entry, dict):
            tell(path, f"a rule is a mapping with id, name, when …, not {entry!r}")
        elif not isinstance(entry.get("id"), str) or not _RULE_ID.fullmatch(entry["id"]):
            tell(path, f"rule id {entry.get('id')!r}; three capitals and three digits, as LEN101")
        else:
            rules.append(RuleReader(pack, entry, position, kinds, lists, problems).read())
    return rules


def _mapping(data: Mapping[str, Any], key: str, tell: Tell) -> Mapping[str, Any]:
    value = data.get(key)
    if value is None:
        return {}
    if not isinstance(value, dict):
        tell((key,), f"{key} is no mapping of names")
        return {}
    return value


def _teller(pack: Pack, problems: list[Problem]) -> Tell:
    return lambda path, what: problems.append(Problem(pack, path, what))
