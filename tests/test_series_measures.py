"""Measures of a part among the parts of its series."""

from datetime import UTC, datetime, timedelta
from typing import Any

import polars as pl
import pytest

from sharewise.engine.content.measures.measuring import measure
from sharewise.engine.content.platforms import load_platforms
from sharewise.engine.content.schema import POST_SCHEMA

PLATFORMS = load_platforms()
START = datetime(2026, 12, 1, 9, tzinfo=UTC)


def part(number: int | None, day: float | None = None, **about: Any) -> dict[str, Any]:
    time = None if day is None else START + timedelta(days=day)
    return {"text": "Beans", "series": "grind", "part": number, "scheduled_at": time, **about}


def measured(*rows: dict[str, Any], platform: str = "facebook") -> dict[str, list[Any]]:
    filled = [{"file": "f", "row": n, "platforms": [platform], **row} for n, row in enumerate(rows)]
    frame = measure(pl.DataFrame(filled, schema=POST_SCHEMA), PLATFORMS)
    series = frame.sort("index").select(pl.col(r"^series\..*$").name.map(lambda n: n[7:]))
    return series.to_dict(as_series=False)


def test_parts_in_order() -> None:
    found = measured(part(1, 0), part(3, 14), part(2, 7))
    assert found["previous_known"] == [None, True, True]
    assert found["missing_part"] == [False, False, False]
    assert found["repeated_part"] == [False, False, False]
    assert found["order_ok"] == [None, True, True]
    assert found["gap_days"] == [None, 7.0, 7.0]


def test_a_missing_part_is_missing_for_all_after_it() -> None:
    found = measured(part(1, 0), part(3, 7), part(4, 14))
    assert found["previous_known"] == [None, False, True]
    assert found["missing_part"] == [False, True, True]
    assert found["part_before"] == [None, 2, 3]


def test_a_series_that_begins_in_the_middle_misses_nothing() -> None:
    found = measured(part(4, 0), part(5, 7))
    assert found["previous_known"] == [None, True]
    assert found["missing_part"] == [False, False]


def test_of_two_posts_with_one_number_the_later_repeats() -> None:
    found = measured(part(2, 9), part(1, 0), part(2, 5), part(2))
    assert found["repeated_part"] == [True, False, False, True]
    assert found["order_ok"] == [True, None, True, None]


def test_out_of_order_and_at_one_moment() -> None:
    assert measured(part(1, 7), part(2, 0))["order_ok"] == [None, False]
    assert measured(part(1, 7), part(2, 0))["gap_days"] == [None, -7.0]
    assert measured(part(1, 0), part(2, 0), part(3, 0))["order_ok"] == [None, False, False]
    assert measured(part(1, 9), part(2), part(3, 5))["order_ok"] == [None, None, False]


def test_without_times_order_and_gap_are_not_known() -> None:
    found = measured(part(1), part(2), part(4))
    assert found["order_ok"] == [None] * 3
    assert found["gap_days"] == [None] * 3
    assert found["previous_known"] == [None, True, False]


def test_accounts_and_series_are_kept_apart() -> None:
    found = measured(
        part(1, account="shop"),
        part(2, account="cafe"),
        part(2, series="brew"),
        part(2, series=None),
    )
    assert found["previous_known"] == [None] * 4
    assert measured(part(1), part(2, series=" GRIND "))["previous_known"] == [None, True]


def test_one_part_alone_and_posts_that_are_no_part() -> None:
    alone = measured(part(3, 0), part(None, 1), {"text": "Beans"})
    assert alone["previous_known"] == [None] * 3
    assert alone["missing_part"] == [False, None, None]
    assert alone["names_part"] == [False, None, None]


def test_links_to_the_part_before() -> None:
    first = part(
        1, links=["https://www.example.com/grind-1/?utm_source=x", "https://example.com/shop"]
    )
    found = measured(
        first,
        part(2, links=["http://example.com/Grind-1#start"]),
        part(3, links=["https://example.com/grind-3"]),
        part(4),
        part(5),
    )  # fmt: skip
    assert found["links_previous"] == [None, True, False, False, None]


@pytest.mark.parametrize(
    "text",
    ["Grind, part 2", "PART TWO: the ear", "Grind (2/3)", "2 of 3", "Teil 2 von 3", "Grind #2",
     "Pt. 2", "part ii", "Episode 02", "第2回", "Часть 2"],
)  # fmt: skip
def test_says_that_it_is_part_two(text: str) -> None:
    assert measured(part(2, text=text))["names_part"] == [True]


@pytest.mark.parametrize("text", ["Grind", "part 12", "two cups", "Part 1", "1/2", "", None])
def test_does_not_say_that_it_is_part_two(text: str | None) -> None:
    assert measured(part(2, text=text, title="Beans"))["names_part"] == [False]


def test_a_title_says_it_where_titles_are_shown() -> None:
    row = part(2, title="Grind, part 2")
    assert measured(row, platform="linkedin")["names_part"] == [
        PLATFORMS["linkedin"].post.title != "none"
    ]
    assert measured(row, platform="reddit")["names_part"] == [True]
    assert measured(row, platform="x")["names_part"] == [False]
