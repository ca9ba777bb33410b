"""Hashtags, mentions, cashtags and URLs: own cases beside the published ones."""

import importlib
import importlib.util
import random
import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from sharewise.engine.content.text.entities import (
    Entity,
    extract_cashtags,
    extract_digit_tags,
    extract_hashtags,
    extract_mentions,
    extract_mentions_or_lists,
    extract_reply,
    extract_urls,
)
from sharewise.engine.content.text.entity import outside
from sharewise.engine.content.text.top_level_domains import top_level_domains


def _values(entities: list[Entity]) -> list[str]:
    return [entity.value for entity in entities]


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("Fresh bread #Sourdough, and #brot!", ["Sourdough", "brot"]),
        ("#2026 #1_2 #_", []),
        ("#2026goals", ["2026goals"]),
        ("tea&#amp; coffee#shop", []),
        ("##double", ["double"]),
        ("#one#two #three", ["three"]),
        ("＃ｐａｎ #पाव #ขนมปัง #لحم_طازج", ["ｐａｎ", "पाव", "ขนมปัง", "لحم_طازج"]),
        ("see https://bread.example.com/#menu and bread.com/#menu", []),
        ("#https://bread.com", []),
        ("#\ufe0f\u20e3 keycap, #x", ["x"]),
        ("#a\ufe0f#b\ufe0f#c", ["c"]),
        ("\N{THUMBS UP SIGN}#yes", ["yes"]),
    ],
)
def test_hashtags(text: str, tags: list[str]) -> None:
    assert _values(extract_hashtags(text)) == tags


def test_positions_are_code_points_and_include_the_sign() -> None:
    text = "\N{CROISSANT}\N{CROISSANT} #new @anna $BRED"
    assert extract_hashtags(text) == [Entity("new", 3, 7)]
    assert extract_mentions(text) == [Entity("anna", 8, 13)]
    assert extract_cashtags(text) == [Entity("BRED", 14, 19)]


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("Hello #2026, bus #16", ["2026", "16"]),
        ("#2026goals #1_2 a#3", []),
        ("#٢٠٢٦ #१२", ["٢٠٢٦", "१२"]),
        ("example.com/#123 https://example.com/#7", []),
        ("#1#2 #3", ["3"]),
    ],
)
def test_digit_tags(text: str, tags: list[str]) -> None:
    assert _values(extract_digit_tags(text)) == tags


def test_lists_are_no_mentions() -> None:
    assert _values(extract_mentions("@anna/bakers and @ben")) == ["ben"]
    assert _values(extract_mentions_or_lists("@anna/bakers and @ben")) == ["anna/bakers", "ben"]


@pytest.mark.parametrize("text", ["mail anna@example.com", "a@@b", "@éa", "@http://x"])
def test_no_mentions(text: str) -> None:
    assert extract_mentions(text) == []


def test_a_name_ends_after_twenty_characters() -> None:
    assert _values(extract_mentions("@" + "a" * 25)) == ["a" * 20]


def test_replies() -> None:
    assert extract_reply(" @anna hello") == Entity("anna", 1, 6)
    assert extract_reply("hello @anna") is None
    assert extract_reply(".@anna hello") is None


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("at foo.museum today", ["foo.museum"]),
        ("bread.bakery", []),
        ("bread.coffee/menu", ["bread.coffee/menu"]),
        ("file.txt and 3.14 and e.g. and U.S. and no.Bread", []),
        ("Out now.It is great", ["now.It"]),
        ("https://example.com/a?utm_source=x&utm_medium=y.", None),
        ("(https://example.com/a_(b))", ["https://example.com/a_(b)"]),
        ("https://example.com/ü/жук", ["https://example.com/ü/жук"]),
        ("https://example.com/日本", ["https://example.com/"]),
        ("https://例え.テスト.com/x", ["https://例え.テスト.com/x"]),
        ("example.com?q=1", ["example.com"]),
        ("example.com:80/x?q=1", ["example.com:80/x?q=1"]),
        ("HTTPS://EXAMPLE.COM/A", ["HTTPS://EXAMPLE.COM/A"]),
        ("ftp://example.com", []),
        ("http://" + "a" * 64 + ".com", []),
        ("http://example.com/" + "a" * 5000, []),
    ],
)
def test_urls(text: str, urls: list[str] | None) -> None:
    assert _values(extract_urls(text)) == (urls if urls is not None else [text[:-1]])


def test_the_first_of_two_overlapping_wins() -> None:
    a, b, c = Entity("a", 0, 4), Entity("b", 3, 6), Entity("c", 6, 8)
    assert outside([b, c], [a]) == [c]
    assert outside([a], [b]) == [a]


def test_a_top_level_domain_begins_with_a_letter() -> None:
    assert all(name[0].isalpha() for name in top_level_domains())
    assert {"com", "museum", "みんな", "рф"} <= set(top_level_domains())


_PIECES = (
    *("a", "b", ".", ".", "-", "_", "/", " ", "@", "#", "$", "(", ")", "?", "=", "!", ":80", "\n"),
    *("com", ".com", ".jp", "みんな", ".みんな", "中", "。", "é", "ü.de", "http://", "https://"),
    *("t.co/", "?x=1", ".museum", "xn--abc", "\u202a", "РФ", "＠", '"', "–", "|", "(a)"),
)


def _reference() -> Callable[[str], list[dict[str, Any]]]:
    """Return twitter_text's extractor, without its __init__: that needs pkg_resources."""
    spec = importlib.util.find_spec("twitter_text")
    assert spec is not None
    package = ModuleType("_reference_twitter_text")
    package.__path__ = list(spec.submodule_search_locations or ())
    sys.modules[package.__name__] = package
    module = importlib.import_module(f"{package.__name__}.extract_urls")
    found: Callable[[str], list[dict[str, Any]]] = module.extract_urls_with_indices
    return found


@pytest.mark.parametrize("seed", range(20))
def test_urls_are_those_of_the_reference_implementation(seed: int) -> None:
    """Short texts only: the reference takes exponential time on some long ones."""
    reference = _reference()
    chance = random.Random(seed)
    for _ in range(250):
        text = "".join(chance.choices(_PIECES, k=chance.randint(2, 9)))
        expected = [(found["url"], *found["indices"]) for found in reference(text)]
        assert [tuple(url) for url in extract_urls(text)] == expected, text
