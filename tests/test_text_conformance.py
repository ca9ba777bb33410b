"""The published conformance cases of twitter-text for finding things in texts, case by case."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from sharewise.engine.content.text.entities import (
    Entity,
    extract_cashtags,
    extract_hashtags,
    extract_mentions,
    extract_mentions_or_lists,
    extract_reply,
    extract_urls,
)

_FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data" / "twitter_text"
_ABSENT = f"no published cases at {_FOLDER}"


def _cases() -> list[Any]:
    path = _FOLDER / "extract.yml"
    if not path.exists():
        return [pytest.param("", {}, marks=pytest.mark.skip(reason=_ABSENT))]
    kinds = yaml.safe_load(path.read_text("utf-8"))["tests"]
    return [
        pytest.param(kind, case, id=f"{kind}-{number}")
        for kind, cases in kinds.items()
        for number, case in enumerate(cases, 1)
    ]


def _values(entities: list[Entity]) -> list[str]:
    return [entity.value for entity in entities]


def _indexed(key: str, entities: list[Entity]) -> list[dict[str, Any]]:
    return [{key: entity.value, "indices": [entity.start, entity.end]} for entity in entities]


def _lists(entities: list[Entity]) -> list[dict[str, Any]]:
    found = []
    for entity in entities:
        name, slash, slug = entity.value.partition("/")
        indices = [entity.start, entity.end]
        found.append({"screen_name": name, "list_slug": slash + slug, "indices": indices})
    return found


def _found(kind: str, text: str) -> Any:
    if kind == "replies":
        reply = extract_reply(text)
        return reply.value if reply else None
    if kind == "mentions_or_lists_with_indices":
        return _lists(extract_mentions_or_lists(text))
    extract, key = {
        "mentions": (extract_mentions, ""),
        "mentions_with_indices": (extract_mentions, "screen_name"),
        "urls": (extract_urls, ""),
        "tco_urls_with_params": (extract_urls, ""),
        "urls_with_indices": (extract_urls, "url"),
        "urls_with_directional_markers": (extract_urls, "url"),
        "hashtags": (extract_hashtags, ""),
        "hashtags_from_astral": (extract_hashtags, ""),
        "hashtags_with_indices": (extract_hashtags, "hashtag"),
        "cashtags": (extract_cashtags, ""),
        "cashtags_with_indices": (extract_cashtags, "cashtag"),
    }[kind]
    entities: list[Entity] = extract(text)
    return _indexed(key, entities) if key else _values(entities)


@pytest.mark.parametrize(("kind", "case"), _cases())
def test_extraction_conforms(kind: str, case: dict[str, Any]) -> None:
    assert _found(kind, case["text"]) == case["expected"], case["description"]


def test_published_top_level_domains_make_urls() -> None:
    path = _FOLDER / "tlds.yml"
    if not path.exists():
        pytest.skip(_ABSENT)
    kinds = yaml.safe_load(path.read_text("utf-8"))["tests"]
    cases = [case for cases in kinds.values() for case in cases]
    wrong = [c["text"] for c in cases if _values(extract_urls(c["text"])) != c["expected"]]
    assert len(cases) > 1000
    assert wrong == []
