"""What there is to know of a platform, as plain data that JSON can hold."""

from datetime import date
from typing import Any

from .facts import Fact, Source
from .limit_names import LIMIT_UNITS
from .platform import Limit, Platform

_EVIDENCE = ("kind", "scope", "confidence", "source", "contested", "checked", "stale")


def platform_data(platform: Platform, day: date) -> dict[str, Any]:
    """Return a platform as plain data; ``stale``: last checked over a year before ``day``."""
    return {
        "id": platform.id,
        "name": platform.name,
        "kind": platform.kind,
        "count": platform.count,
        "link_cost": platform.link_cost,
        "mentions": platform.mentions,
        "post": dict(vars(platform.post)),
        "limits": [_limit_data(limit, day) for limit in platform.limits.values()],
        "facts": [_fact_data(fact, day) for fact in platform.facts.values()],
    }


def limit_unit(limit: Limit) -> str:
    """Return the unit of a limit's value; the text's is the platform's own."""
    if limit.name == "text" and limit.fact is not None:
        return limit.fact.unit
    return LIMIT_UNITS[limit.name]


def _limit_data(limit: Limit, day: date) -> dict[str, Any]:
    fact = {} if limit.fact is None else _fact_data(limit.fact, day)
    return {
        "name": limit.name,
        "value": limit.value,
        "unit": limit_unit(limit),
        "fact": fact.get("id"),
        **{key: fact.get(key) for key in _EVIDENCE},
    }


def _fact_data(fact: Fact, day: date) -> dict[str, Any]:
    return {
        "id": fact.id,
        "value": fact.value,
        "unit": fact.unit,
        "kind": fact.kind,
        "scope": fact.scope,
        "confidence": fact.confidence,
        "statement": fact.statement,
        "source": _source_data(fact.source),
        "also": [_source_data(source) for source in fact.also],
        "contested": fact.contested,
        "contested_sources": [_source_data(source) for source in fact.contested_sources],
        "limits": dict(fact.limits),
        "no_rule": fact.no_rule,
        "checked": fact.checked.isoformat(),
        "stale": fact.is_stale(day),
    }


def _source_data(source: Source) -> dict[str, Any]:
    return {"title": source.title, "address": source.address, "year": source.year}
