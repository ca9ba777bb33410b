"""Differences shown line by line, harmless for any terminal."""

import re

from hypothesis import given
from hypothesis import strategies as st

from sharewise.engine.advice.reports.plain_text import width
from sharewise.engine.advice.reports.style import Style
from sharewise.engine.advice.tailoring.diff import diff_lines
from sharewise.engine.advice.tailoring.visible_text import field_text, visible

PLAIN = Style(width=60)


def diff(before: str, after: str, style: Style = PLAIN) -> list[str]:
    return list(diff_lines(before, after, style))


def test_lines_that_differ_and_those_around() -> None:
    before = "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight"
    after = "one\ntwo\nthree\nFOUR\nfive\nsix\nseven\neight\nnine"
    assert diff(before, after) == [
        "  two", "  three", "- four", "+ FOUR", "  five", "  six",
        "  seven", "  eight", "+ nine",
    ]  # fmt: skip
    far = "\n".join("abcdefghijklmnop")
    assert "  ⋮" in diff(far, far.replace("a", "A").replace("p", "P"))


def test_the_same_text_has_none() -> None:
    assert diff("one", "one") == []
    assert diff("", "one") == ["+ one"]
    assert diff("one", "") == ["- one"]


def test_what_can_not_be_seen_is_written_out() -> None:
    assert diff("a\u200bb  ", "ab") == ["- a\\u200bb··", "+ ab"]
    assert diff("fi\u200dx", "fix") == ["- fi\\u200dx", "+ fix"]
    assert diff("a\tb", "a b") == ["- a\\x09b", "+ a b"]
    assert diff("👩\u200d🍳 a", "👩\u200d🍳 b") == ["- 👩\u200d🍳 a", "+ 👩\u200d🍳 b"]


def test_a_terminal_can_not_be_steered() -> None:
    nasty = "\x1b]0;owned\x07\x1b[31m\x9b31m\u202e\u2066\r\x00\ud800"
    for line in diff(nasty, "fine", Style(width=200)):
        assert not re.search("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800]", line)
    assert visible("\x1b\u202e\U000e0041") == "\\x1b\\u202e\\U000e0041"


def test_colours_mark_the_words_that_differ() -> None:
    style = Style(width=60, colour=True)
    assert diff("We roast #newblend today", "We roast #NewBlend today", style) == [
        "\x1b[31m- We roast #\x1b[4mnewblend\x1b[24m today\x1b[0m",
        "\x1b[32m+ We roast #\x1b[4mNewBlend\x1b[24m today\x1b[0m",
    ]


def test_fields_as_people_read_them() -> None:
    assert field_text("hashtags", ["One", "Two"]) == "#One #Two"
    assert field_text("links", ["https://a.example", "https://b.example"]).count("\n") == 1
    assert field_text("media", [{"path": "a.jpg", "alt": "A cup"}, {"kind": "video"}]) == (
        "1 a.jpg: A cup\n2 video: no alternative text"
    )
    assert field_text("paid_partnership", True) == "true"
    assert field_text("title", None) == ""


@given(st.text(max_size=200), st.text(max_size=200), st.integers(40, 80))
def test_every_line_fits_and_both_texts_are_in_it(before: str, after: str, columns: int) -> None:
    lines = diff(before, after, Style(width=columns))
    assert all(width(line) <= columns for line in lines)
    assert bool(lines) == (before != after)
    for sign, text in (("-", before), ("+", after)):
        if len(text.split("\n")) == 1 and text != before + after and lines and text:
            shown = "".join(line[2:] for line in lines if line.startswith(sign))
            kept = visible(text, joiners=True).rstrip(" ")
            assert (
                visible(shown, joiners=True).replace(" ", "").startswith(kept.replace(" ", "")[:4])
            )
