"""Who has done too little is told what is needed, as the file allows."""

from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from sharewise.engine.community.cleaning import cleaned
from sharewise.engine.community.edges import edges_of
from sharewise.engine.community.gates.seen import Seen
from sharewise.engine.community.gates.threshold import needed_words, too_little
from sharewise.engine.community.reading import interactions_from_frame
from sharewise.engine.community.scoring import measured
from sharewise.engine.settings_gates import Thresholds

START = datetime(2026, 3, 1, tzinfo=UTC)


def seen(rows: list[tuple[str, str, int]], brand: tuple[str, ...] = ()) -> Seen:
    frame = pl.DataFrame(rows, schema=["from", "to", "day"], orient="row").select(
        "from", "to", at=pl.lit(START) + pl.col("day") * timedelta(days=1)
    )
    edges = edges_of(interactions_from_frame(frame).interactions)
    return measured(cleaned(edges), brand, None).seen


def low(found: Seen) -> set[str]:
    return set(found.edges.people.filter(pl.Series(too_little(found, Thresholds()))))


FANS = [(f"fan{fan}", "star", 0) for fan in range(3)]


@pytest.mark.parametrize(
    ("rows", "brand", "words", "above"),
    [
        ([*FANS, ("star", "bo", 0)], (), "acts and has 3 people or more act on theirs", {"star"}),
        ([*FANS, ("star", "bo", 0), ("star", "bo", 14)], (),
         "acts on 2 days or more and has 3 people or more act on theirs", {"star"}),
        ([*FANS, ("star", "us", 0), ("bo", "us", 0)], ("us",),
         "acts, acts on you and has 3 people or more act on theirs", {"star"}),
        ([("ana", "us", 0), ("bo", "us", 0)], ("us",), "acts and acts on you", {"ana", "bo"}),
    ],
)  # fmt: skip
def test_what_is_needed(
    rows: list[tuple[str, str, int]], brand: tuple[str, ...], words: str, above: set[str]
) -> None:
    found = seen(rows, brand)
    assert needed_words(found, Thresholds()) == words
    assert set(found.edges.people) - low(found) - set(brand) == above


def test_acts_on_one_day_are_too_few_where_there_are_weeks() -> None:
    found = seen([*FANS, ("star", "bo", 0), ("bo", "ana", 20)])
    assert "star" in low(found)
