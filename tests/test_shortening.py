"""Shortened texts: they fit, begin as the text does, and cut nothing in two."""

import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from sharewise.engine.content.text.entities import extract_hashtags, extract_urls
from sharewise.engine.content.text.shortening import shorten

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)
PIECES = st.lists(
    st.one_of(
        st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
        st.sampled_from(["Yes. ", " ", "\n", "#tag", "https://example.com/a", "👨‍👩‍👧", "e\u0301"]),
    ),
    max_size=40,
).map("".join)


@settings(max_examples=400, deadline=None, derandomize=True)
@given(st.one_of(ANY_TEXT, PIECES), st.integers(0, 120))
def test_fits_and_begins_as_the_text(text: str, limit: int) -> None:
    short = shorten(text, lambda piece: len(piece) <= limit)
    if short is None:
        return
    assert len(short) <= limit
    if short == text:
        return
    words = short.removesuffix("…")
    start = text.index(words)
    assert text[:start].strip() == ""
    end = start + len(words)
    assert end in {0, *(match.end() for match in regex.finditer(r"\X", text))} or end == len(text)
    for entity in (*extract_urls(text), *extract_hashtags(text)):
        assert end not in range(entity.start + 1, entity.end)


def within(limit: int, text: str) -> str | None:
    return shorten(text, lambda piece: len(piece) <= limit)


def test_what_fits_stays() -> None:
    assert within(5, "Hello") == "Hello"
    assert within(0, "") == ""


def test_ends_at_a_sentence() -> None:
    assert (
        within(30, "We are open. Come on Monday. Or on Tuesday.") == "We are open. Come on Monday."
    )


def test_ends_at_a_word_where_a_sentence_keeps_too_little() -> None:
    text = "Hi. We roast our beans slowly, for an hour, in small drums"
    assert within(36, text) == "Hi. We roast our beans slowly, for…"
    assert within(31, text) == "Hi. We roast our beans slowly…"


def test_cuts_a_word_only_where_words_keep_too_little() -> None:
    assert within(10, "a" * 5000) == "a" * 9 + "…"
    assert within(10, "กาแฟคั่วใหม่ทุกวัน") == "กาแฟคั่ว…"


def test_never_cuts_a_link_or_hashtag() -> None:
    assert within(20, "See https://example.com/very/long") == "See…"
    assert within(20, "https://example.com/very/long") is None
    assert within(5, "#winterblend") is None
    assert within(6, "👨‍👩‍👧‍👦👨‍👩‍👧‍👦") is None
    assert within(8, "👨‍👩‍👧‍👦👨‍👩‍👧‍👦") == "👨‍👩‍👧‍👦…"
