"""Structured data of a page: its blocks, their types, and whether they say it is not free."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .markup import Markup

MOST_VALUES = 10_000


@dataclass(frozen=True, slots=True)
class StructuredData:
    """Blocks of JSON-LD and microdata; ``broken`` are JSON-LD blocks that are no JSON."""

    blocks: int
    broken: int
    types: tuple[str, ...]
    not_free: bool


def structured_data(markup: Markup, has_microdata: bool = True) -> StructuredData:
    """Return what a page's JSON-LD and microdata say."""
    blocks = broken = 0
    types: list[str] = []
    not_free = False
    for script in markup.named("script"):
        if script.get("type").lower() != "application/ld+json":
            continue
        blocks += 1
        try:
            data = json.loads(script.raw_text)
        except (ValueError, RecursionError):
            broken += 1
            continue
        for item in _objects(data):
            types += _types(item.get("@type"))
            not_free = not_free or _is_false(item.get("isAccessibleForFree"))
    for one in markup.matching("[itemtype]") if has_microdata else ():
        blocks += 1
        types.append(one.get("itemtype").rstrip("/").rpartition("/")[2][:80])
    return StructuredData(blocks, broken, tuple(dict.fromkeys(types)), not_free)


def _objects(data: Any) -> Iterator[dict[str, Any]]:
    waiting, seen = [data], 0
    while waiting and seen < MOST_VALUES:
        value = waiting.pop()
        seen += 1
        if isinstance(value, dict):
            yield value
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value


def _types(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [one[:80] for one in values[:20] if isinstance(one, str)]


def _is_false(value: Any) -> bool:
    return value is False or (
        isinstance(value, str) and value.lower().rpartition("/")[2] == "false"
    )
