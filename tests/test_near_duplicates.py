"""Near duplicates: whatever is found is one, and nearly all are found."""

import random
from datetime import UTC, datetime, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sharewise.engine.content.measures.compared_texts import normalised
from sharewise.engine.content.measures.near_duplicates import SIMILAR, near_text_days

START = datetime(2026, 12, 1, tzinfo=UTC)
TOUR = "saturday tours are back: forty minutes, one drum roaster, two tastings. only 9 places left"


def slots(texts: list[str], calendars: list[int] | None = None) -> pl.DataFrame:
    """A post a day, in order."""
    text = normalised(pl.Series(texts, dtype=pl.String))
    return pl.DataFrame(
        {
            "index": pl.Series(range(len(texts)), dtype=pl.UInt32),
            "at": [START + timedelta(days=n) for n in range(len(texts))],
            "calendar": calendars or [0] * len(texts),
            "text": text,
        },
        schema_overrides={"at": pl.Datetime("us", "UTC"), "text": pl.String},
    ).with_columns(pl.when(pl.col("text") != "").then(pl.col("text").hash()).alias("words"))


def near(texts: list[str], calendars: list[int] | None = None) -> dict[int, float]:
    return dict(near_text_days(slots(texts, calendars)).iter_rows())


def similarity(one: str, other: str) -> float:
    runs = [{text[n : n + 3] for n in range(len(text) - 2)} for text in (one, other)]
    return len(runs[0] & runs[1]) / len(runs[0] | runs[1])


def test_a_changed_number_is_nearly_the_same() -> None:
    changed = TOUR.replace("9", "4")
    assert similarity(TOUR, changed) >= SIMILAR
    assert near([TOUR, "something else entirely, about cups", changed]) == {2: 2.0}


def test_the_very_same_words_are_no_near_duplicate() -> None:
    assert near([TOUR, TOUR, TOUR]) == {}


def test_another_calendar_does_not_count() -> None:
    assert near([TOUR, TOUR.replace("9", "4")], [0, 1]) == {}


def test_the_latest_one_counts() -> None:
    assert near([TOUR, TOUR.replace("9", "4"), TOUR.replace("9", "2")]) == {1: 1.0, 2: 1.0}


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("新しい焙煎豆が届きました。今週の土曜日の朝九時から店頭でお試しいただけます", "。"),
        ("กาแฟคั่วใหม่มาถึงแล้ววันนี้เชิญแวะมาชิมที่ร้านได้ตั้งแต่เก้าโมงเช้าจนถึงหกโมงเย็น", "!"),
        ("your daily cute picture", "!"),
    ],
)  # fmt: skip
def test_scripts_without_spaces_and_short_texts(text: str, changed: str) -> None:
    assert near([text, text + changed]) == {1: 1.0}


@pytest.mark.parametrize(
    "texts", [[], [""], ["", ""], ["a", "b"], ["☕" * 9, "☕" * 10], ["x" * 5000]]
)
def test_odd_texts_are_no_trouble(texts: list[str]) -> None:
    assert set(near(texts)) <= {1}


words = st.text(st.sampled_from("ab cé☕ก新"), min_size=0, max_size=60)


@settings(max_examples=100, deadline=None)
@given(st.lists(words, max_size=12))
def test_what_is_found_is_a_near_duplicate(texts: list[str]) -> None:
    frame = slots(texts)
    plain = frame["text"].to_list()
    for index, days in near_text_days(frame).iter_rows():
        earlier = plain[index - round(days)]
        assert earlier != plain[index]
        assert similarity(earlier, plain[index]) >= SIMILAR


def test_nearly_all_are_found_among_many() -> None:
    """One word of 30 changed anywhere, 500 pairs among 4,000 posts that all begin alike."""
    chance = random.Random(7)
    vocabulary = ["".join(chance.choices("abcdefghijklmnop", k=6)) for _ in range(3000)]
    texts = [
        "news from the harbour: " + " ".join(chance.choices(vocabulary, k=30)) for _ in range(3500)
    ]
    changed = []
    for text in texts[:500]:
        parts = text.split()
        parts[chance.randrange(4, len(parts))] = chance.choice(vocabulary)
        changed.append(" ".join(parts))
    found = near(texts + changed)
    near_ones = [
        3500 + n
        for n, (text, other) in enumerate(zip(texts, changed, strict=False))
        if text != other and similarity(text, other) >= SIMILAR
    ]
    assert len(near_ones) > 250
    assert set(found) <= set(near_ones)
    assert len(found) >= 0.97 * len(near_ones)
