"""Fixes of links and their utm parameters, by hand-worked examples."""

from typing import Any

import pytest

from sharewise.engine.advice.fixes.fix_context import FixContext
from sharewise.engine.advice.fixes.link_places import link_to_bio, link_to_comment
from sharewise.engine.advice.fixes.links import add_scheme, drop_links, drop_repeated_links, https
from sharewise.engine.advice.fixes.utm import add_utm, lowercase_utm, utm_value, with_parameters
from sharewise.engine.content.measures.context import Context
from sharewise.engine.content.platforms import load_platforms
from sharewise.engine.content.schema import POST_SCHEMA

NOWHERE = FixContext()
X = FixContext(load_platforms(["x"])["x"], brand=Context(domains=("example.com",)))


def post(**fields: Any) -> dict[str, Any]:
    return {**dict.fromkeys(POST_SCHEMA), **fields}


def test_utm_values_in_lower_case() -> None:
    given = post(
        text="See https://example.com/A?B=C&utm_source=X&utm_campaign=Big%20Sale#Top now",
        links=["https://example.com/?utm_medium=Social+Media"],
    )
    assert lowercase_utm(given, NOWHERE) == {
        "text": "See https://example.com/A?B=C&utm_source=x&utm_campaign=big-sale#Top now",
        "links": ["https://example.com/?utm_medium=social-media"],
    }
    assert lowercase_utm(post(text="https://example.com/?utm_source=x"), NOWHERE) is None
    capitals = post(text="https://example.com/?UTM_medium=Social&Size=L")
    assert lowercase_utm(capitals, NOWHERE) == {
        "text": "https://example.com/?utm_medium=social&Size=L"
    }


def test_own_links_get_what_they_lack() -> None:
    given = post(
        text="Ours https://shop.example.com/new?utm_source=x#beans, not https://other.example/",
        links=["https://example.com"],
        campaign="Winter Blend 2026",
    )
    assert add_utm(given, X) == {
        "text": "Ours https://shop.example.com/new?utm_source=x&utm_medium=social"
        "&utm_campaign=winter-blend-2026#beans, not https://other.example/",
        "links": [
            "https://example.com/?utm_source=x&utm_medium=social&utm_campaign=winter-blend-2026"
        ],
    }


def test_nothing_is_made_up() -> None:
    link = ["https://example.com/"]
    assert add_utm(post(links=link), X) is None
    assert add_utm(post(links=link, campaign="a"), NOWHERE) is None
    assert add_utm(post(links=["https://notexample.com/"], campaign="a"), X) is None
    done = ["https://example.com/?utm_source=x&utm_medium=email&utm_campaign=b"]
    assert add_utm(post(links=done, campaign="a"), X) is None


def test_a_parameter_without_value_is_replaced() -> None:
    assert with_parameters("https://a.com/?utm_source=&q=1", {"utm_source": "x"}) == (
        "https://a.com/?q=1&utm_source=x"
    )
    assert with_parameters("https://a.com/", {"utm_source": ""}) == "https://a.com/"


@pytest.mark.parametrize(("name", "value"), [("Winter 2026!", "winter-2026"), ("É té", "é-té")])
def test_campaign_names_become_values(name: str, value: str) -> None:
    assert utm_value(name) == value


def test_schemes() -> None:
    given = post(text="See example.com/a, EXAMPLE.com/b and Example.com here", links=["a.com"])
    assert add_scheme(given, NOWHERE) == {
        "text": "See https://example.com/a, https://EXAMPLE.com/b and Example.com here",
        "links": ["https://a.com"],
    }
    assert https(post(text="HTTP://a.com http://b.com https://c.com"), NOWHERE) == {
        "text": "https://a.com https://b.com https://c.com"
    }


@pytest.mark.parametrize(
    ("text", "once"),
    [
        ("See https://a.com\nAgain: https://a.com", "See https://a.com\nAgain:"),
        ("See https://a.com https://b.com https://a.com", "See https://a.com https://b.com"),
        ("Go https://a.com or https://a.com today", None),
        ("Go https://a.com or https://b.com", None),
    ],
)
def test_each_link_once(text: str, once: str | None) -> None:
    assert drop_repeated_links(post(text=text), NOWHERE) == (once and {"text": once})


def test_links_down_to_the_limit() -> None:
    context = FixContext(measured="links.unique", target=1)
    given = post(
        text="One https://a.com two https://b.com", links=["https://a.com", "https://c.com"]
    )
    assert drop_links(given, context) == {
        "text": "One https://a.com two",
        "links": ["https://a.com"],
    }
    assert drop_links(post(text="One https://a.com"), context) is None


def test_links_leave_a_text_where_they_are_dead() -> None:
    context = FixContext(limits={"links_clickable": 0.0})
    assert drop_links(post(text="Look: https://a.com or b.com"), context) == {
        "text": "Look",
        "links": ["https://a.com"],
    }
    for text, bare in (
        ("New. https://a.com See you", "New. See you"),
        ("Shop: https://a.com\nFarm 👉 https://b.com\nBye", "Shop\nFarm\nBye"),
        ("Our blend https://a.com.", "Our blend."),
        ("Our blend, https://a.com. Try it!", "Our blend. Try it!"),
        ("Our blend! https://a.com. Try it!", "Our blend! Try it!"),
    ):
        changes = drop_links(post(text=text), context)
        assert changes == {"text": bare, "links": ["https://a.com"]}
    for text in ("Read it here: https://a.com and tell us", "Read more at https://a.com"):
        assert drop_links(post(text=text), context) is None
    assert drop_links(post(text="https://a.com"), context) is None


def test_links_move_away() -> None:
    given = post(text="Our blend https://a.com", links=["https://a.com"])
    assert link_to_bio(given, NOWHERE) == {"text": "Our blend\n\nLink in bio", "links": None}
    assert link_to_comment(post(text="Our blend https://a.com"), NOWHERE) == {
        "text": "Our blend\n\nLink in the first comment"
    }
    assert link_to_bio(post(text="Link in bio! https://a.com"), NOWHERE) == {"text": "Link in bio!"}
    assert link_to_bio(post(text="No link"), NOWHERE) is None


@pytest.mark.parametrize(
    ("text", "moved"),
    [
        (
            "Read it here: https://a.com/b and tell us what you think",
            "Read it here: link in bio and tell us what you think",
        ),
        ("Save this: https://a.com/b or https://a.com/c", "Save this: link in bio"),
        ("Read more at https://a.com.", "Read more at link in bio."),
        ("Our shop (https://a.com) is open", "Our shop (link in bio) is open"),
        ("https://a.com is our new home", "Link in bio is our new home"),
        ("New. https://a.com See you!", "New. See you!\n\nLink in bio"),
        ("Read it here:\nhttps://a.com\n\nSee you!", "Read it here:\nLink in bio\n\nSee you!"),
        (
            "Three ways.\nShop: https://a.com/a\nThe farm: https://a.com/b\nVisit: https://a.com/c",
            "Three ways.\nShop · The farm · Visit: link in bio",
        ),
        ("https://a.com", "Link in bio"),
    ],
)
def test_no_words_hang_where_a_link_was(text: str, moved: str) -> None:
    assert link_to_bio(post(text=text), NOWHERE) == {"text": moved}
