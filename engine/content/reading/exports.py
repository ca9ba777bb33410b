"""The platforms' own exports, recognised by their header: the formats, as data."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from ..platform_names import PLATFORM_IDS
from ..safe_yaml import load_yaml
from ..schema import POST_SCHEMA
from .plain_name import plain_name

_DATA = Path(__file__).parent.parent / "export_formats.yaml"


@dataclass(frozen=True)
class Export:
    """How one platform's export is read; the columns by their plain names.

    Attributes
    ----------
    name : how the user is told of it
    marks : the columns it is recognised by
    fields : its column → our field
    platform : the platform of every post in it, None where the header does not tell
    times : the layouts of its times
    account : the column that holds the account, and the pattern whose first group is it
    escaped : what the text has in place of a character → that character
    longest : the columns of which the longer one is the text
    nulls : what stands for "not known"
    description : the column that is blank in a row of explanations below the header
    total : the column and the value that tell a row of sums
    key : the column by which the sheets of a workbook are joined
    """

    name: str
    marks: frozenset[str]
    fields: Mapping[str, str] = field(default_factory=dict)
    platform: str | None = None
    times: tuple[str, ...] = ()
    account: tuple[str, str] | None = None
    escaped: Mapping[str, str] = field(default_factory=dict)
    longest: tuple[str, ...] = ()
    nulls: tuple[str, ...] = ()
    description: str | None = None
    total: tuple[str, str] | None = None
    key: str | None = None


@dataclass(frozen=True)
class WithoutPosts:
    """An export that holds no posts, and the one to take instead."""

    name: str
    marks: frozenset[str]
    instead: str


def export_of(plain: Collection[str]) -> Export | None:
    """Return the export whose marks are all among the plain names of a header."""
    names = set(plain)
    return next((one for one in _formats()[0] if one.marks <= names), None)


def without_posts(columns: Sequence[str]) -> WithoutPosts | None:
    """Return the export without posts that a header, as the file writes it, is of."""
    names = {plain_name(column) for column in columns}
    return next((one for one in _formats()[1] if one.marks <= names), None)


def exports_from(data: Mapping[str, Any]) -> tuple[Export, ...]:
    """Return the exports that a table of them says, checked.

    Raises
    ------
    ValueError
        A key, field, platform or pattern that is none, or an export without name or marks.
    """
    return tuple(_export(entry) for entry in data["exports"])


@cache
def _formats() -> tuple[tuple[Export, ...], tuple[WithoutPosts, ...]]:
    data = load_yaml(_DATA.read_text(encoding="utf-8"))
    others = tuple(
        WithoutPosts(one["name"], _plain(one["marks"]), one["instead"])
        for one in data["without_posts"]
    )
    return exports_from(data), others


def _export(entry: Mapping[str, Any]) -> Export:
    name = str(entry.get("name") or "an export without a name")
    unknown = set(entry) - set(Export.__dataclass_fields__)
    if unknown:
        raise ValueError(f"{name}: {sorted(unknown)[0]!r} is no key of an export")
    if not entry.get("name") or not entry.get("marks"):
        raise ValueError(f"{name}: an export needs a name and marks")
    platform = entry.get("platform")
    if platform is not None and platform not in PLATFORM_IDS:
        raise ValueError(f"{name}: {platform!r} is no platform")
    description, key = entry.get("description"), entry.get("key")
    return Export(
        name,
        _plain(entry["marks"]),
        _fields(name, entry.get("fields", {})),
        platform,
        tuple(entry.get("times", ())),
        _account(name, entry.get("account")),
        _escaped(name, entry.get("escaped", {})),
        tuple(plain_name(column) for column in entry.get("longest", ())),
        tuple(entry.get("nulls", ())),
        None if description is None else plain_name(description),
        _total(entry.get("total")),
        None if key is None else plain_name(key),
    )


def _fields(name: str, data: Mapping[str, Sequence[str]]) -> dict[str, str]:
    wrong = next((ours for ours in data if ours not in POST_SCHEMA), None)
    if wrong is not None:
        raise ValueError(f"{name}: {wrong!r} is no field of a post")
    return {plain_name(theirs): ours for ours, found in data.items() for theirs in found}


def _escaped(name: str, data: Mapping[str, str]) -> dict[str, str]:
    if not isinstance(data, Mapping) or not all(
        isinstance(one, str) and one for pair in data.items() for one in pair
    ):
        raise ValueError(f"{name}: 'escaped' gives what is written: the character it stands for")
    return dict(data)


def _account(name: str, data: Mapping[str, str] | None) -> tuple[str, str] | None:
    if data is None:
        return None
    if re.compile(data["pattern"]).groups != 1:
        raise ValueError(f"{name}: the pattern of the account needs one group")
    return plain_name(data["column"]), data["pattern"]


def _total(data: Mapping[str, str] | None) -> tuple[str, str] | None:
    return None if data is None else (plain_name(data["column"]), data["value"].lower())


def _plain(names: Sequence[str]) -> frozenset[str]:
    return frozenset(plain_name(name) for name in names)
