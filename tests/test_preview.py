"""How a post looks cut at the fold, and that no post can steer the terminal."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharewise.engine.advice.reports.plain_text import width
from sharewise.engine.advice.reports.style import Style
from sharewise.engine.advice.tailoring.preview import Preview, preview, preview_lines
from sharewise.engine.content.platforms import load_platforms

PLATFORMS = load_platforms()
PLAIN = Style(width=60)
FOLD = 125  # Instagram shows this much, see rules/platforms/instagram.yaml


def test_the_text_is_cut_at_the_fold() -> None:
    one = preview({"text": "a" * FOLD + "b" * 10}, PLATFORMS["instagram"])
    assert (one.shown, one.hidden, one.fold) == ("a" * FOLD, 10, FOLD)
    whole = preview({"text": "a" * FOLD}, PLATFORMS["instagram"])
    assert (whole.shown, whole.hidden) == ("a" * FOLD, 0)


def test_a_platform_without_a_fold_shows_all() -> None:
    one = preview({"text": "a" * 500}, PLATFORMS["mastodon"])
    assert (one.shown, one.hidden, one.fold) == ("a" * 500, 0, None)


def test_an_accounts_own_limit_comes_first() -> None:
    one = preview({"text": "abcdef"}, PLATFORMS["instagram"], {"fold": 4})
    assert (one.shown, one.hidden) == ("abcd", 2)


@pytest.mark.parametrize("cluster", ["👩\u200d🍳", "e\u0301", "👍🏽", "❤\ufe0f"])
def test_no_character_is_cut_in_two(cluster: str) -> None:
    for at in range(len(cluster)):
        text = "a" * (FOLD - at) + cluster + "b" * 9
        one = preview({"text": text}, PLATFORMS["instagram"])
        assert one.shown == "a" * (FOLD - at) + (cluster if at == len(cluster) else "")
        assert len(one.shown) + one.hidden == len(text)


def test_title_card_and_media() -> None:
    title = "T" * 60
    post = {"title": title, "text": "Words", "links": ["https://www.Harborroast.example.com/a"]}
    linkedin = preview(post, PLATFORMS["linkedin"])
    assert (linkedin.title, linkedin.card) == (title, "harborroast.example.com")
    assert preview(post, PLATFORMS["x"]).title is None
    assert preview(post, PLATFORMS["x"]).card is None
    youtube = preview(post, PLATFORMS["youtube"])
    assert (youtube.title, youtube.title_hidden) == ("T" * 55, 5)
    media = [{"kind": "image", "alt": "A cup"}, {"kind": "video", "path": "pour.mp4"}]
    shown = preview({**post, "media": media}, PLATFORMS["linkedin"])
    assert (shown.card, shown.media) == (None, ("[image] A cup", "[video] pour.mp4"))


def test_the_frame() -> None:
    one = Preview(
        "linkedin", "One two", 30, 7, "A title", 0, "harborroast.example.com", ("[image] A cup",)
    )
    assert list(preview_lines(one, Style(width=40, signs=False))) == [
        "+- linkedin " + "-" * 26,
        "| A title",
        "| One two... more",
        "| 30 characters hidden behind the fold",
        "| at 7",
        "| [image] A cup",
        "| [link] harborroast.example.com",
        "+" + "-" * 37,
    ]


def test_colours_only_where_they_are_wanted() -> None:
    one = Preview("x", "Words", 0, None)
    assert "\x1b" not in "".join(preview_lines(one, PLAIN))
    assert "\x1b[2m" in "".join(preview_lines(one, Style(colour=True)))


@given(st.text(max_size=300), st.integers(40, 100))
def test_any_text_fits_and_steers_nothing(text: str, columns: int) -> None:
    post = {"text": text, "title": text, "links": [text or "x"]}
    for name in ("linkedin", "instagram"):
        for line in preview_lines(preview(post, PLATFORMS[name]), Style(width=columns)):
            assert width(line) <= columns
            assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", line)
