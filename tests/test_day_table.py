"""Interactions by day: exact to add to, and the same score as from the acts themselves."""

from datetime import UTC, date, datetime
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharewise.engine.community.cleaning import cleaned
from sharewise.engine.community.day_table import (
    DAY_SCHEMA,
    acts_of_days,
    days_of,
    edges_of_days,
    with_days,
)
from sharewise.engine.community.edges import Edges, edges_of
from sharewise.engine.community.schema import INTERACTION_SCHEMA

Row = tuple[str, str | None, str, datetime | None]


def frame(rows: list[Row]) -> pl.DataFrame:
    given = {name: INTERACTION_SCHEMA[name] for name in ("from", "to", "kind", "at")}
    absent = [pl.lit(None, kind).alias(name) for name, kind in INTERACTION_SCHEMA.items()
              if name not in given]  # fmt: skip
    return pl.DataFrame(rows, schema=given, orient="row").with_columns(absent)


def edges(rows: list[Row]) -> Edges:
    return cleaned(edges_of(frame(rows)), clock=False).edges


def at(day: int, hour: int = 9, minute: int = 0, second: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, second, tzinfo=UTC)


people = st.sampled_from(["ana", "bo", "cy"])
times = st.builds(at, st.integers(1, 4), st.integers(0, 23), st.integers(0, 59))
rows_of_acts = st.lists(
    st.tuples(people, st.none() | people, st.sampled_from(["like", "reply"]), st.none() | times),
    max_size=40,
)


def test_by_hand() -> None:
    days = days_of(
        edges([
            ("ana", "bo", "like", at(1, 8)),
            ("ana", "bo", "like", at(1, 20)),
            ("ana", "bo", "like", at(2, 1)),
            ("ana", None, "like", at(2, 1)),
            ("ana", "bo", "like", None),
        ])
    )  # fmt: skip
    hour = 3_600_000_000
    assert days.schema == pl.Schema(DAY_SCHEMA)
    assert days.rows() == [
        ("ana", None, "like", date(2026, 3, 2), 1, at(2, 1), at(2, 1), hour),
        ("ana", "bo", "like", None, 1, None, None, None),
        ("ana", "bo", "like", date(2026, 3, 1), 2, at(1, 8), at(1, 20), 28 * hour),
        ("ana", "bo", "like", date(2026, 3, 2), 1, at(2, 1), at(2, 1), hour),
    ]
    assert edges_of_days(days).rows() == [
        ("ana", None, "like", 1, 1, at(2, 1), at(2, 1)),
        ("ana", "bo", "like", 4, 2, at(1, 8), at(2, 1)),
    ]


@given(rows_of_acts, st.sets(st.none() | st.integers(1, 4)))
def test_days_added_later_are_the_days_of_all(rows: list[Row], later: set[int | None]) -> None:
    def late(row: Row) -> bool:
        return (row[3].day if row[3] else None) in later

    first, second = [row for row in rows if not late(row)], [row for row in rows if late(row)]
    grown = with_days(days_of(edges(first)), days_of(edges(second)))
    assert grown.equals(days_of(edges(rows)))
    assert edges_of_days(grown).equals(edges_of_days(days_of(edges(rows))))


@given(rows_of_acts)
def test_acts_come_back_in_number_and_day_and_two_a_row_exactly(rows: list[Row]) -> None:
    kept = edges(rows)
    days = days_of(kept)
    acts = acts_of_days(days)
    again = days_of(edges_without_cleaning(acts))
    same = days.filter((pl.col("acts") <= 2) | pl.col("day").is_null())
    assert again.join(same, on=list(DAY_SCHEMA), how="semi", nulls_equal=True).height == same.height
    assert again.drop("since_midnight").equals(days.drop("since_midnight"))
    off = again["since_midnight"] - days["since_midnight"]
    assert (off.abs() < days["acts"]).all()  # Whole microseconds are left of a mean.


def edges_without_cleaning(acts: pl.DataFrame) -> Edges:
    rows: Any = acts.rows()
    return edges_of(frame(rows))


def test_three_acts_share_their_mean_between_the_first_and_last() -> None:
    acts: list[Row] = [("ana", "bo", "like", at(1, hour)) for hour in (8, 9, 12, 20)]
    found = acts_of_days(days_of(edges(acts)))["at"].sort().to_list()
    assert found == [at(1, 8), at(1, 10, 30), at(1, 10, 30), at(1, 20)]


@pytest.mark.parametrize("rows", [[], [("ana", "ana", "like", None)]])
def test_nothing_to_count(rows: list[Row]) -> None:
    assert days_of(edges(rows)).is_empty()
    assert acts_of_days(days_of(edges(rows))).is_empty()
