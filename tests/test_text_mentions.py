"""Mentions as Mastodon and Bluesky document them, beside X's."""

import polars as pl
import pytest

from sharewise.engine.content.measures.context import Context
from sharewise.engine.content.measures.measuring import measure
from sharewise.engine.content.platforms import load_platforms
from sharewise.engine.content.reading import from_frame
from sharewise.engine.content.text.mentions import (
    MENTION_FORMS,
    extract_channel_mentions,
    extract_domain_mentions,
    extract_dotted_mentions,
    extract_server_mentions,
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@user@server.social hi @a and @b@c.example", ["user@server.social", "a", "b@c.example"]),
        ("thanks (@ada.lovelace@uni.example).", ["ada.lovelace@uni.example"]),
        ("@ada, @ben-b.", ["ada", "ben-b"]),
        ("@ada@café.example", ["ada@café.example"]),
        ("write to info@example.com", []),
        ("https://server.social/@ada and a=@b", []),
        ("@ and @@", []),
    ],
)
def test_mastodon_names_accounts_with_or_without_server(text: str, found: list[str]) -> None:
    assert [entity.value for entity in extract_server_mentions(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("hi @alice.bsky.social!", ["alice.bsky.social"]),
        ("(@harborroast.com) and @ben-b.example.org.", ["harborroast.com", "ben-b.example.org"]),
        ("@Alice.Bsky.social", ["Alice.Bsky.social"]),
        ("@alice and @alice.nosuchending", []),
        ("@alice..com @-alice.com @alice-.com", []),
        ("info@example.com, x@alice.bsky.social", []),
        ("/@alice.bsky.social", []),
        ("@alice.com_b", []),
    ],
)
def test_bluesky_names_accounts_by_their_domain(text: str, found: list[str]) -> None:
    assert [entity.value for entity in extract_domain_mentions(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("with @ada.lovelace and @harbor_roast.", ["ada.lovelace", "harbor_roast"]),
        ("(@ada..b) @.ada", ["ada"]),
        (f"@{'a' * 30} @{'b' * 31}", ["a" * 30]),
        ("info@example.com, @ada@server.example, instagram.com/@ada", []),
        ("@harbor-roast", ["harbor"]),
    ],
)
def test_instagram_names_may_hold_stops(text: str, found: list[str]) -> None:
    assert [entity.value for entity in extract_dotted_mentions(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("new from @harbor-roast, @Ada.B_c·d!", ["harbor-roast", "Ada.B_c·d"]),
        ("@ab @abc @珈琲屋", ["abc", "珈琲屋"]),
        (f"@{'a' * 30} @{'b' * 31}", ["a" * 30]),
        ("info@example.com", []),
    ],
)
def test_youtube_handles_may_hold_hyphens(text: str, found: list[str]) -> None:
    assert [entity.value for entity in extract_channel_mentions(text)] == found


@pytest.mark.parametrize("find", MENTION_FORMS.values())
def test_a_mention_stands_where_it_says(find: object) -> None:
    text = "é 🙂 @ada.bsky.social"
    for entity in find(text):  # type: ignore[operator]
        assert text[entity.start : entity.end] == "@" + entity.value


def _measured(text: str, *handles: str) -> dict[str, dict[str, object]]:
    posts = from_frame(pl.DataFrame({"id": ["a"], "text": [text]})).posts
    rows = measure(
        posts,
        load_platforms(),
        ("x", "mastodon", "bluesky"),
        Context(handles=handles),
        ("mentions.count", "mentions.list", "mentions.first", "mentions.brand"),
    )
    return {row["platform"]: row for row in rows.iter_rows(named=True)}


def test_each_platform_counts_its_own_form() -> None:
    found = _measured("@user@server.social hi @a and @b@c.example")
    assert [row["mentions.count"] for row in found.values()] == [1, 3, 0]
    assert [row["mentions.first"] for row in found.values()] == [False, True, False]
    found = _measured("With @alice.bsky.social")
    assert found["bluesky"]["mentions.list"] == ["alice.bsky.social"]
    assert found["bluesky"]["mentions.first"] is False


def test_the_brand_is_known_by_name_and_by_whole_handle() -> None:
    text = "@harborroast@coffee.example, @harborroast.bsky.social and @harborroast"
    found = _measured(text, "harborroast")
    assert [row["mentions.brand"] for row in found.values()] == [2, 2, 1]
    assert _measured(text, "harborroast@coffee.example")["mastodon"]["mentions.brand"] == 1
    assert _measured(text)["mastodon"]["mentions.brand"] is None
