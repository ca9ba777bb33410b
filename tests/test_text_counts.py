"""The count columns, and that the fast way over whole columns equals the plain one."""

import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from sharewise.engine.content.text.counts import COUNT_SCHEMA, count_texts
from sharewise.engine.content.text.emoji_sequences import emoji_spans
from sharewise.engine.content.text.plain_texts import PLAIN
from sharewise.engine.content.text.tally import tally

_NEWS = Path(__file__).resolve().parents[2] / "shared" / "data" / "facebook_news.parquet"
_FLAG = "\U0001f1eb\U0001f1f7"


def _one(text: str | None) -> dict[str, Any]:
    return count_texts(pl.Series([text], dtype=pl.String)).row(0, named=True)


def _plain_way(texts: Sequence[str]) -> list[tuple[Any, ...]]:
    rows = []
    for text in texts:
        numbers, entities = tally(text)
        values = (*numbers, *entities)
        rows.append(tuple(list(v) if isinstance(v, tuple) else v for v in values))
    return rows


def test_columns_and_types() -> None:
    frame = count_texts(pl.Series(["a", None], dtype=pl.String))
    assert dict(frame.schema) == COUNT_SCHEMA
    assert frame.height == 2
    assert count_texts(pl.Series([], dtype=pl.String)).schema == frame.schema


def test_null_counts_as_empty() -> None:
    nothing = _one(None)
    assert nothing == _one("")
    assert nothing["capitals_share"] is None
    assert (nothing["lines"], nothing["sentences"], nothing["first_line"]) == (0, 0, "")
    assert nothing["hashtags"] == []


def test_order_is_kept_when_texts_take_different_ways() -> None:
    texts = ["plain", "\U0001f44d", "see example.com", "नमस्ते", "#tag", "plain too"] * 3
    frame = count_texts(pl.Series(texts))
    assert frame["characters"].to_list() == [len(text) for text in texts]


def test_an_ordinary_post() -> None:
    post = (
        "BREAKING: fresh rolls at 7.30! Will you come?\n\n"
        "\U0001f950 Croissants\n\U0001f35e Rye @bakery_anna\n"
        "More: https://example.com/menu?utm_source=x #Rolls #fresh #2026"
    )
    row = _one(post)
    url = "https://example.com/menu?utm_source=x"
    assert row["characters"] == len(post)
    assert row["utf16"] == len(post) + 2
    assert row["bytes"] == len(post) + 2 * 3
    assert row["graphemes"] == len(post)
    assert row["weighted"] == len(post) + 2 - len(url) + 23
    assert row["mastodon"] == len(post) - len(url) + 23
    assert row["threads"] == len(post) + 2 * 3
    assert row["lines"] == 5
    assert row["sentences"] == 5
    assert row["first_line"] == "BREAKING: fresh rolls at 7.30! Will you come?"
    assert row["first_sentence"] == "BREAKING: fresh rolls at 7.30!"
    assert row["words"] == 16
    assert (row["emoji"], row["emoji_run"], row["emoji_bullets"]) == (2, 1, 2)
    assert (row["exclamations"], row["questions"], row["capital_words"]) == (1, 1, 1)
    assert row["hashtags"] == ["Rolls", "fresh"]
    assert row["digit_tags"] == ["2026"]
    assert row["hashtags_inline"] == 0
    assert row["mentions"] == ["bakery_anna"]
    assert (row["urls"], row["urls_length"]) == ([url], len(url))


@pytest.mark.parametrize(
    ("text", "column", "value"),
    [
        ("a b\tc\n- d", "words", 4),
        ("well-known don't", "words", 2),
        ("日本語です", "words", 3),
        ("日本語 and bread", "words", 4),
        ("... !!!", "words", 0),
        ("\n\na\r\nb\rc\n", "lines", 3),
        ("Mr. Lee of the U.S. army met J. Smith. He left", "sentences", 2),
        ("Costs 3.50 euros, e.g. here. ok?", "sentences", 1),
        ("One... two!? Three", "sentences", 2),
        ("一。二！三", "sentences", 3),
        ("नमस्ते। कैसे हो?", "sentences", 2),
        ("\U0001f44d", "sentences", 0),
        ("\U0001f44d", "first_sentence", "\U0001f44d"),
        ("Dr. Ada came. She won.", "first_sentence", "Dr. Ada came."),
        ("ABc1", "capitals_share", 2 / 3),
        ("AB https://example.com/c?d!=e", "capitals_share", 1.0),
        ("AB https://example.com/c?d!=e", "questions", 0),
        ("AB https://example.com/c?d!=e", "exclamations", 0),
        ("see http://example.com/ABCD", "capital_words", 0),
        ("123", "capitals_share", None),
        ("NOW or NEVER, ÄRGER", "capital_words", 2),
        (_FLAG * 3 + " " + _FLAG, "emoji_run", 4),
        (_FLAG + "a" + _FLAG, "emoji_run", 1),
        (_FLAG + "a\nb", "emoji_bullets", 0),
        ("\U0001d401\U0001d42e\U0001d432 ｎow", "styled_letters", 4),
        ("a\u200bb\u200d", "invisible", 2),
        ("\U0001f468\u200d\U0001f469\u200d\U0001f467", "invisible", 0),
        ("می\u200cخواهم", "invisible", 0),
        ("क्\u200dष", "invisible", 0),
        ("שלום\u200f!", "invisible", 0),
        ("abc\u202edef", "invisible", 1),
        ("why? ？؟", "questions", 3),
        ("ja! ！", "exclamations", 2),
        ("#Now we eat #bread #rye", "hashtags_inline", 1),
        ("We #eat #bread today", "hashtags_inline", 2),
        ("We eat #bread https://example.com @anna #rye", "hashtags_inline", 0),
        ("  #now we eat", "starts_with_hashtag", True),
        ("now #we eat", "starts_with_hashtag", False),
        (" @anna hello", "starts_with_mention", True),
        ("Hello @anna", "starts_with_mention", False),
        ("https://medium.com/@anna", "mentions", []),
        ("$BRED rises", "cashtags", ["BRED"]),
        ("1\ufe0f\u20e3", "threads", 7),
    ],
)
def test_one_column(text: str, column: str, value: Any) -> None:
    assert _one(text)[column] == value


_SNIPPETS = (
    *(".", "!", "?", "…", '"', "’", ")", " ", "\n", "\r\n", "\r", "\x85", "\x1c", "\x00", "\xa0"),
    *("a", "B", "Mr", "Dr. ", "U.S.", "ABCD", "É", "ß", "ª", "²", "ǅ", "Ж", "_", "0", "\u2028"),
    *("#tag", "#1", "#", "＃", "@user", "@u@ex.com", "http://ex.com/a?b", "ex.com", "t.co/x"),
    *("$TEST", "©", "®", "™", "‼", "http://a©.com/©", "://", "中", "\u037e", "\ue000", "\u0301"),
    *("\u200d", "\ufe0f", "\u20e3", "\u200b", "\U0001f44d", "\U0001f3fd", "\U0001f1eb", "कि", "ﷺ"),
)
_nasty = st.lists(
    st.one_of(st.sampled_from(_SNIPPETS), st.characters(exclude_categories=["Cs"])), max_size=14
).map("".join)


@settings(max_examples=300, deadline=None)
@given(st.lists(_nasty, min_size=1, max_size=12))
def test_the_fast_way_equals_the_plain_way(texts: list[str]) -> None:
    assert count_texts(pl.Series(texts)).rows() == _plain_way(texts)


def test_both_ways_agree_on_real_posts() -> None:
    if not _NEWS.exists():
        pytest.skip(f"no real posts at {_NEWS}")
    texts = pl.read_parquet(_NEWS)["status_message"].drop_nulls().sample(4000, seed=11)
    assert count_texts(texts).rows() == _plain_way(texts.to_list())


def test_simple_code_points_are_simple() -> None:
    """Each is in NFC, a grapheme of its own beside any other, and no emoji but ©, ®, ™ …"""
    simple = [chr(p) for p in range(0x110000) if re.match(f"[{PLAIN}]", chr(p))]
    text = "".join(simple)
    assert unicodedata.is_normalized("NFC", text)
    assert unicodedata.is_normalized("NFC", "".join(reversed(simple)))
    assert len(regex.findall(r"\X", text)) == len(text)
    assert len(regex.findall(r"\X", "".join(reversed(simple)))) == len(text)
    assert {text[a:b] for a, b in emoji_spans(text)} <= set("©®™‼⁉")
    assert not regex.search(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{M}]", text)


def test_each_simple_code_point_counts_alike_both_ways() -> None:
    simple = [chr(p) for p in range(0x3000) if re.match(f"[{PLAIN}]", chr(p))]
    texts = [
        f"{before}{c}{after}" for c in simple for before, after in (("", ""), ("A. b", "CDEF. g"))
    ]
    assert count_texts(pl.Series(texts)).rows() == _plain_way(texts)
