"""Measures of a post among the others of its calendar, by hand and against a plain count."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sharewise.engine.advice.recommending import adviser
from sharewise.engine.content.measures.catalogue import OVER_POSTS
from sharewise.engine.content.measures.context import AccountContext, Context
from sharewise.engine.content.measures.measuring import measure
from sharewise.engine.content.platforms import load_platforms
from sharewise.engine.content.schema import POST_SCHEMA

PLATFORMS = load_platforms()
START = datetime(2026, 12, 1, 9, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
WINDOWS = {
    "calendar.hour_posts": HOUR,
    "calendar.three_hours_posts": 3 * HOUR,
    "calendar.day_posts": DAY,
    "calendar.week_posts": 7 * DAY,
}


def posts(rows: Sequence[dict[str, Any]]) -> pl.DataFrame:
    filled = [{"file": "f.csv", "row": n, "platforms": ["x"], **row} for n, row in enumerate(rows)]
    return pl.DataFrame(filled, schema=POST_SCHEMA)


def measured(*rows: dict[str, Any], **options: Any) -> pl.DataFrame:
    return measure(posts(rows), PLATFORMS, **options).sort("index", maintain_order=True)


def at(time: datetime | None, text: str = "Beans", **about: Any) -> dict[str, Any]:
    return {"text": text, "scheduled_at": time, **about}


def column(frame: pl.DataFrame, name: str) -> list[Any]:
    return frame[f"calendar.{name}"].to_list()


def test_windows_end_at_the_post_and_leave_out_their_own_beginning() -> None:
    frame = measured(at(START + 7 * DAY), at(START), at(START + DAY), at(START + 6 * DAY))
    assert column(frame, "week_posts") == [3, 1, 2, 3]
    assert column(frame, "day_posts") == [1, 1, 1, 1]
    assert column(frame, "gap_days") == [1.0, None, 1.0, 5.0]
    assert column(frame, "known_days") == [7.0, 0.0, 1.0, 6.0]


def test_all_posts_at_one_second_count_each_other() -> None:
    frame = measured(*(at(START, f"Cup {n}") for n in range(50)))
    assert set(column(frame, "hour_posts")) == {50}
    assert set(column(frame, "week_posts")) == {50}
    assert column(frame, "gap_minutes") == [None, *[0.0] * 49]


def test_a_post_without_a_time_is_in_no_calendar() -> None:
    frame = measured(at(None), at(START), at(None))
    assert column(frame, "day_posts") == [None, 1, None]
    assert column(frame, "same_text_days") == [None, None, None]


def test_without_any_time_all_are_null() -> None:
    frame = measured(at(None), at(None))
    for name in OVER_POSTS:
        assert frame[name].null_count() == 2


def test_a_published_post_counts_and_the_planned_time_goes_before_it() -> None:
    past = {"text": "Old", "published_at": START - HOUR}
    moved = at(START, "Moved", published_at=START - 30 * DAY)
    assert column(measured(past, moved), "day_posts") == [1, 2]


def test_platforms_and_accounts_have_their_own_calendars() -> None:
    frame = measured(
        at(START, account="shop"),
        at(START + HOUR, account="Shop "),
        at(START + HOUR, account="cafe"),
        at(START + HOUR, account="shop", platforms=["bluesky"]),
    )
    assert column(frame, "day_posts") == [1, 2, 1, 1]


def test_a_post_without_account_is_in_the_calendar_of_the_only_account() -> None:
    rows = (at(START, account="shop"), at(START + HOUR))
    one = Context(accounts={"shop": AccountContext("x"), "page": AccountContext("facebook")})
    two = Context(accounts={"shop": AccountContext("x"), "cafe": AccountContext("x")})
    assert column(measured(*rows, context=one), "day_posts") == [1, 2]
    assert column(measured(*rows, context=two), "day_posts") == [1, 1]


def test_dates_in_three_zones_are_one_moment(tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    file.write_text(
        "text,platform,scheduled_at\n"
        "One,x,2026-12-01T09:00:00Z\n"
        "Two,x,2026-12-01T10:00:30+01:00\n"
        "Three,x,2026-12-01T04:01:00-05:00\n",
        encoding="utf-8",
    )
    using = adviser()
    frame = using.measure(using.read([file]).posts, all_measures=True)
    assert column(frame, "hour_posts") == [1, 2, 3]
    assert column(frame, "gap_minutes") == [None, 0.5, 0.5]


def test_same_words_whatever_their_case_spaces_links_and_form() -> None:
    frame = measured(
        at(START, "Caf\u00e9 news https://example.com/a?utm_source=x"),
        at(START + DAY, "  CAFE\u0301\n news"),
        at(START + 3 * DAY, "caf\u00e9 news www.example.com/b"),
        at(START + 4 * DAY, "Cafe news"),
    )
    assert column(frame, "same_text_days") == [None, 1.0, 2.0, None]
    assert column(frame, "exact_text_days") == [None, None, None, None]


def test_no_words_are_never_the_same() -> None:
    link = "https://example.com/a"
    frame = measured(at(START, link), at(START + DAY, link), at(START + DAY, "", title="Beans"))
    assert column(frame, "same_text_days") == [None] * 3
    assert column(frame, "exact_text_days") == [None] * 3


def test_the_very_same_post_has_the_same_links_too() -> None:
    rows = [("a", START), ("b", START + HOUR), ("a", START + 12 * HOUR)]
    frame = measured(*(at(time, "Beans", links=[f"https://example.com/{n}"]) for n, time in rows))
    assert column(frame, "exact_text_days") == [None, None, 0.5]
    assert column(frame, "same_text_days") == [None, 1 / 24, 11 / 24]


def test_posts_with_a_link_in_thirty_days() -> None:
    link = "See https://example.com/a"
    times = (START, START + 10 * DAY, START + 30 * DAY)
    frame = measured(*(at(time, link) for time in times), at(START + 30 * DAY, "None"))
    assert column(frame, "link_posts_30d") == [1, 2, 2, 2]


def test_the_same_picture_is_the_same_path() -> None:
    def shown(*paths: str | None) -> list[dict[str, Any]]:
        return [{"kind": "image", "path": path} for path in paths]

    film = [{"kind": "video", "path": "a.jpg"}]
    frame = measured(
        at(START, media=shown("a.jpg", "b.jpg", None)),
        at(START + DAY, media=shown("c.jpg", None)),
        at(START + 2 * DAY, media=shown("b.jpg", "b.jpg", "c.jpg")),
        at(START + 3 * DAY, media=film),
    )
    assert column(frame, "same_image_days") == [None, None, 1.0, None]


def test_same_words_on_other_platforms_as_the_posts_themselves_say() -> None:
    frame = measured(
        at(START, "Beans", platforms=["x", "bluesky"]),
        at(START + DAY, "BEANS", platforms=["facebook"]),
        at(START, "Beans", platforms=None),
        at(START, "Cups", platforms=["x"]),
    )
    own = frame.filter(pl.col("platform").is_in(["x", "bluesky", "facebook"]))
    found = own.filter(pl.col("index") != 2).select("index", "platform", "calendar.same_everywhere")
    assert sorted(found.rows()) == [
        (0, "bluesky", 2), (0, "x", 2), (1, "facebook", 2), (3, "x", 0),
    ]  # fmt: skip
    assert frame.filter(index=2)["calendar.same_everywhere"].null_count() == 11


def test_platforms_asked_for_are_where_the_words_are_to_be() -> None:
    chosen = ["x", "linkedin", "instagram"]
    for own in (None, ["x"], chosen):
        frame = measured(at(START, "Beans", platforms=own), chosen=chosen)
        assert column(frame, "same_everywhere") == [2, 2, 2]
    alone = measured(at(START, "Beans", platforms=chosen), chosen=["x"])
    assert column(alone, "same_everywhere") == [0]


def test_strangers_do_not_see_each_other() -> None:
    rows = [at(START + n * HOUR, "Beans", series="grind", part=n + 1) for n in range(4)]
    company = pl.Series([0, 0, 1, None], dtype=pl.Int64)
    frame = measured(*rows, company=company)
    assert column(frame, "day_posts") == [1, 2, 1, None]
    assert column(frame, "same_text_days") == [None, 1 / 24, None, None]
    assert frame["series.previous_known"].to_list() == [None, True, None, None]


def test_seen_alone_everything_about_others_is_null() -> None:
    rows = [at(START + n * HOUR, "Part 1", series="grind", part=1) for n in range(3)]
    frame = measured(*rows, company=False)
    for name in OVER_POSTS:
        assert frame[name].null_count() == 3
    assert frame["series.names_part"].to_list() == [True] * 3


def test_one_post_is_its_own_calendar() -> None:
    (row,) = measured(at(START)).select(pl.col("^calendar.*$")).rows(named=True)
    known = {name.removeprefix("calendar."): value for name, value in row.items() if value}
    assert known == {"hour_posts": 1, "three_hours_posts": 1, "day_posts": 1, "week_posts": 1}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 20 * 24 * 60), st.sampled_from(["a", "b"]), st.booleans()),
        max_size=40,
    )
)
def test_windows_agree_with_a_plain_count(rows: list[tuple[int, str, bool]]) -> None:
    timed = [
        (START + timedelta(minutes=minute) if known else None, account)
        for minute, account, known in rows
    ]
    frame = measured(*(at(time, account=account) for time, account in timed))
    for name, length in WINDOWS.items():
        expected = [
            None
            if time is None
            else sum(
                other is not None and account == theirs and time - length < other <= time
                for other, theirs in timed
            )
            for time, account in timed
        ]
        assert frame[name].to_list() == expected


@pytest.mark.parametrize("name", ["text.length", "calendar.day_posts", "series.part_before"])
def test_only_what_is_asked_for_comes_out(name: str) -> None:
    frame = measured(at(START), at(START), names=[name])
    assert frame.columns == ["index", "post", "platform", name]
