"""The facts: all that were found out are carried, each with its source, in our own words."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sharewise.engine.content import facts as module
from sharewise.engine.content.facts import Fact
from sharewise.engine.content.platforms import load_platforms, load_topics
from sharewise.engine.content.safe_yaml import load_yaml

KNOWLEDGE = Path(module.__file__).parents[3] / "shared" / "knowledge" / "platform-facts.yaml"
UNSOURCED = ("general knowledge", "What is Social Media Optimization?")


def all_facts() -> dict[str, Fact]:
    platforms = [platform.facts for platform in load_platforms().values()]
    owners = [*platforms, *load_topics().values()]
    return {fact.name: fact for facts in owners for fact in facts.values()}


def test_every_hard_limit_says_where_it_holds() -> None:
    unknown = {
        fact.name
        for platform in load_platforms().values()
        for fact in platform.facts.values()
        if fact.kind == "hard-limit" and fact.scope == "unknown"
    }
    assert unknown == {"threads.alt.max"}


def test_statements_are_one_short_sentence() -> None:
    for name, fact in all_facts().items():
        assert fact.statement.endswith("."), name
        assert len(fact.statement) <= 100, name
        assert fact.statement.strip() == fact.statement, name


def test_stale_after_a_year() -> None:
    fact = replace(all_facts()["x.text.max_weighted"], checked=date(2026, 11, 22))
    assert not fact.is_stale(date(2027, 11, 22))
    assert fact.is_stale(date(2027, 11, 23))


def known_facts() -> dict[str, dict[str, Any]]:
    if not KNOWLEDGE.is_file():
        pytest.skip(f"{KNOWLEDGE} is not here")
    owners = load_yaml(KNOWLEDGE.read_text(encoding="utf-8"))["platforms"]
    return {
        f"{owner}.{key}": fact for owner, facts in owners.items() for key, fact in facts.items()
    }


def known_source(source: dict[str, Any], year: object) -> tuple[str, str | None, int | None]:
    address = None if source["address"] == "none" else source["address"]
    return source["title"], address, year if isinstance(year, int) else None


def test_every_known_fact_is_carried() -> None:
    assert set(known_facts()) <= set(all_facts())


def test_carried_facts_are_equal() -> None:
    ours = all_facts()
    for name, known in known_facts().items():
        fact = ours[name]
        assert fact.value == known["value"], name
        assert type(fact.value) is type(known["value"]), name
        assert (fact.unit, fact.kind) == (known["unit"], known["kind"]), name
        assert fact.confidence == known["confidence"], name
        assert (fact.contested is None) == (known.get("contested") is None), name
        told = [known_source(known["source"], known["source_year"])]
        told += [known_source(source, source["year"]) for source in known.get("also", [])]
        told += [
            known_source(source, source["year"]) for source in known.get("contested_sources", [])
        ]
        sources = (fact.source, *fact.also, *fact.contested_sources)
        assert [(source.title, source.address, source.year) for source in sources] == told, name


def test_statements_are_our_own_words() -> None:
    ours = all_facts()
    same = [
        name for name, known in known_facts().items() if known["statement"] == ours[name].statement
    ]
    assert same == []


def test_what_has_no_source_is_called_so() -> None:
    for fact in all_facts().values():
        assert (fact.source.address is None) == fact.source.title.startswith(UNSOURCED), fact.name
