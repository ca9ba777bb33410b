"""Texts made to be slow: each of these would take minutes if the time were quadratic."""

import time

import polars as pl
import pytest

from sharewise.engine.content.text.counts import count_texts
from sharewise.engine.content.text.hashtag_words import words_in_hashtag
from sharewise.engine.content.text.tally import tally

_SECONDS = 20.0
_LENGTH = 100_000
_UNITS = {
    "letters": "a",
    "chinese": "中",
    "dots": ".",
    "at signs": "@",
    "hash signs": "#",
    "dollars": "$",
    "quotes after dots": '."',
    "spaces after dots": ". ",
    "labels": "a.",
    "chinese labels": "中.",
    "broken domains": "a.com.-.",
    "mixed domains": "a.comあ.",
    "short urls": "a.co ",
    "urls in paths": "a.co/x(",
    "groups in paths": "(b)",
    "digits": "1",
    "digit tags": "#1",
    "tags": "#a ",
    "joined tags": "#a",
    "mentions": "@a ",
    "remote mentions": "@a@b.c",
    "families": "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "unfinished families": "\U0001f468\u200d",
    "flags": "\U0001f1eb\U0001f1f7",
    "half flags": "\U0001f1eb",
    "keycaps": "1\ufe0f\u20e3",
    "marks": "\u0301\u0323",
    "soft hyphens": "\u00ad",
    "jamo": "\u1100",
    "capitals": "A",
    "line ends": "\r\n",
    "bullets": "\U0001f44d\n",
    "nulls": "\x00",
}


@pytest.mark.parametrize("name", _UNITS)
@pytest.mark.parametrize("frame", ["{}", "é http://{}.com/x \U0001f44d"])
def test_a_hundred_thousand_characters(name: str, frame: str) -> None:
    unit = _UNITS[name]
    text = frame.format(unit * (_LENGTH // len(unit)))
    before = time.process_time()
    row = count_texts(pl.Series([text])).row(0, named=True)
    assert time.process_time() - before < _SECONDS
    assert row["characters"] == len(text)


def test_five_thousand_hashtags() -> None:
    text = " ".join(f"#tag{number}" for number in range(5000))
    row = count_texts(pl.Series([text])).row(0, named=True)
    assert len(row["hashtags"]) == 5000
    assert row["hashtags_inline"] == 0


def test_ten_megabytes() -> None:
    text = "Fresh bread, see https://example.com/a now. " * 240_000
    row = count_texts(pl.Series([text])).row(0, named=True)
    assert len(row["urls"]) == 240_000
    assert row["sentences"] == 240_000


def test_a_tag_of_a_hundred_thousand_letters() -> None:
    assert words_in_hashtag("a" * _LENGTH) == ["a" * _LENGTH]


def test_lone_surrogates_are_counted() -> None:
    numbers, entities = tally("a\ud800b https://example.com")
    assert numbers.characters == 23
    assert entities.urls == ("https://example.com",)
