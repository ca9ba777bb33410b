"""Threads: every part fits, together they are the text, nothing that belongs together is cut."""

import time

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from sharewise.engine.content.text.entities import (
    extract_hashtags,
    extract_mentions,
    extract_urls,
)
from sharewise.engine.content.text.graphemes import count_graphemes
from sharewise.engine.content.text.thread import MOST_PARTS, Fits, join_thread, split_thread
from sharewise.engine.content.text.weighted import weighted_length

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=400)
PIECES = st.lists(
    st.one_of(
        st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
        st.sampled_from(
            ["Yes.", " ", "\n\n", "\r\n", "#tag", "@you", "https://example.com/a?b=1", "👨‍👩‍👧",
             "🇩🇪", "e\u0301", "ไทย", "中文。", "שלום", "\u202e", "Dr. Who", "1. ", "word "]
        ),
    ),
    max_size=60,
).map("".join)  # fmt: skip


def within(limit: int) -> Fits:
    return lambda part: len(part) <= limit


def weighing(limit: int) -> Fits:
    return lambda part: weighted_length(part) <= limit


@settings(max_examples=400, deadline=None, derandomize=True)
@given(st.one_of(ANY_TEXT, PIECES), st.integers(30, 120), st.booleans(), st.booleans())
def test_parts_fit_and_give_back_the_text(
    text: str, limit: int, weighed: bool, numbered: bool
) -> None:
    fits = weighing(limit) if weighed else within(limit)
    try:
        parts = split_thread(text, fits, numbered)
    except ValueError:
        return
    assert all(fits(part) for part in parts)
    assert join_thread(parts, numbered) == text
    assert len(parts) == 1 or all(part.strip() for part in parts)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(PIECES, st.integers(40, 120))
def test_nothing_that_belongs_together_is_cut(text: str, limit: int) -> None:
    try:
        parts = split_thread(text, within(limit), numbered=False)
    except ValueError:
        return
    cuts = {len("".join(parts[:at])) for at in range(1, len(parts))}
    clusters = {match.end() for match in regex.finditer(r"\X", text)}
    assert cuts <= clusters
    for entity in (*extract_urls(text), *extract_hashtags(text), *extract_mentions(text)):
        assert not cuts & set(range(entity.start + 1, entity.end))


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(st.sampled_from("ab. \n"), max_size=300))
def test_a_word_that_fits_is_never_cut(text: str) -> None:
    try:
        parts = split_thread(text, within(40))
    except ValueError:
        return
    if max(map(len, text.split()), default=0) > 30:
        return
    for part in parts[:-1]:
        piece = part.rsplit("/", 1)[1].lstrip("0123456789")
        assert piece.strip() == ""
    joined = [word for part in parts for word in part.split()]
    numbers = {f"{at}/{len(parts)}" for at in range(1, len(parts) + 1)} if len(parts) > 1 else set()
    assert [word for word in joined if word not in numbers] == text.split()


def test_a_text_that_fits_is_its_only_part_without_number() -> None:
    assert split_thread("Short.", within(10)) == ["Short."]
    assert split_thread("", within(10)) == [""]


def test_cuts_after_paragraphs_then_sentences_then_words() -> None:
    paragraphs = "One paragraph here.\n\nAnother paragraph."
    assert split_thread(paragraphs, within(30)) == [
        "One paragraph here. 1/2\n\n",
        "Another paragraph. 2/2",
    ]
    sentences = "One sentence here. Another sentence."
    assert split_thread(sentences, within(30)) == [
        "One sentence here. 1/2 ",
        "Another sentence. 2/2",
    ]
    words = "no end to the words that go on here"
    assert split_thread(words, within(24)) == ["no end to the words 1/2 ", "that go on here 2/2"]


def test_a_paragraph_alone_is_no_part_where_much_more_fits() -> None:
    text = "Hi.\n\nThis is what we roasted. Then we brewed it."
    assert split_thread(text, within(40))[0] == "Hi.\n\nThis is what we roasted. 1/2 "


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("So says Dr. Smith in a book. Read it", "So says Dr. Smith in a book. 1/2 "),
        ("We need things. 1. Beans from Peru", "We need things. 1/2 "),
        ("豆が届いた。明日から飲める。どうぞ", "豆が届いた。 1/3"),
    ],
)
def test_a_sentence_ends_where_people_see_it(text: str, first: str) -> None:
    limit = len(first) + 2 if text.isascii() else 12
    assert split_thread(text, within(limit))[0] == first


def test_the_number_is_counted_in() -> None:
    text = "ab " * 60
    for limit in range(12, 40):
        parts = split_thread(text, within(limit))
        assert all(len(part) <= limit for part in parts)
        assert parts[-1].rstrip().endswith(f" {len(parts)}/{len(parts)}")


HOSTILE = {
    "one word": "a" * 5000,
    "only emoji": "👨‍👩‍👧‍👦🇫🇷👍🏽" * 300,
    "only hashtags": "#coffee #beans " * 300,
    "hash signs": "#" * 5000,
    "at signs": "a@" * 2500,
    "mixed directions": "abc שלום עולם مرحبا \u202eabc\u202c " * 150,
    "Thai": "กาแฟคั่วใหม่ทุกวัน" * 200,
    "Chinese": "新鲜烘焙的咖啡豆，每天早上送到。" * 200,
    "Chinese without marks": "新鲜烘焙的咖啡豆每天早上送到" * 200,
    "flags": "🇩🇪" * 900,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_texts_become_threads(text: str) -> None:
    fits = weighing(280)
    parts = split_thread(text, fits)
    assert len(parts) > 1
    assert all(fits(part) for part in parts)
    assert join_thread(parts) == text
    whole = sum(count_graphemes(part) for part in split_thread(text, fits, numbered=False))
    assert whole == count_graphemes(text)


def test_chinese_parts_begin_with_no_comma_or_full_stop() -> None:
    parts = split_thread(HOSTILE["Chinese"], weighing(100))
    assert all(part[0] not in "，。" for part in parts)


def test_what_stays_whole_and_is_too_long_is_named() -> None:
    url = "https://example.com/" + "a" * 300
    with pytest.raises(ValueError, match=r"https://example\.com/a+… \(320 characters\)"):
        split_thread(f"See {url} now", within(280))
    with pytest.raises(ValueError, match="longer than a part"):
        split_thread("#" + "a" * 300, within(280))
    with pytest.raises(ValueError, match="character at 1"):
        split_thread("e" + "\u0301" * 300, within(280))
    with pytest.raises(ValueError, match="white space alone fills a part"):
        split_thread("a" + " " * 600 + "b", within(280))


def test_a_long_url_fits_where_it_is_counted_short() -> None:
    text = "word " * 60 + "https://example.com/" + "a" * 300
    assert len(split_thread(text, weighing(280))) == 2


def test_a_thread_has_at_most_500_parts() -> None:
    text = "abcdefghij " * MOST_PARTS
    parts = split_thread(text, within(19))
    assert len(parts) == MOST_PARTS
    assert parts[-1].rstrip() == "abcdefghij 500/500"
    assert join_thread(parts) == text
    with pytest.raises(ValueError, match="more than 500 parts"):
        split_thread(text + "more", within(19))


def test_time_grows_with_the_text_not_faster() -> None:
    def seconds(times: int) -> float:
        start = time.perf_counter()
        split_thread("Some words here. " * times, within(600))
        return time.perf_counter() - start

    seconds(100)
    assert min(seconds(8000) for _ in range(3)) < 8 * 4 * min(seconds(1000) for _ in range(3))


def test_joining_wants_the_numbers() -> None:
    with pytest.raises(ValueError, match="part 2 of 2 does not end with 2/2"):
        join_thread(["a 1/2 ", "b"])
    assert join_thread(["a 1/2 ", "b 2/2"]) == "a b"
