"""Single cells: numbers, times, lists and media as people and tools write them."""

from datetime import UTC, datetime

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sharewise.engine.content.reading.cells import BadValueError
from sharewise.engine.content.reading.list_cells import (
    NO_REASON,
    hashtag_cells,
    link_cells,
    parse_ignore,
    poll_cells,
    tag_cells,
)
from sharewise.engine.content.reading.media_cells import media_cells
from sharewise.engine.content.reading.number_cells import (
    count_cells,
    parse_count,
    parse_seconds,
    parse_size,
)
from sharewise.engine.content.reading.time_cells import TimeReader
from sharewise.engine.errors import ReadError


def texts(*values: str | None) -> pl.Series:
    return pl.Series("cell", list(values), dtype=pl.String)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("0", 0),
        ("12", 12),
        ("12.0", 12),
        ("1,204", 1204),
        ("1 204", 1204),
        ("1\u202f204", 1204),
        ("1.234.567", 1_234_567),
        ("1,204.0", 1204),
        ("1.2K", 1200),
        ("3m", 3_000_000),
        ("007", 7),
    ],
)
def test_counts(text: str, count: int) -> None:
    assert parse_count(text) == count
    assert count_cells(texts(text)).values.to_list() == [count]


@pytest.mark.parametrize(
    "text",
    [
        "-5",
        "NaN",
        "inf",
        "-inf",
        "Infinity",
        "1.5",
        "1.2345K",
        "1,20",
        "many",
        "9" * 30,
        "٣",
        "1e5",
    ],
)
def test_unreadable_counts_say_what_to_write(text: str) -> None:
    cells = count_cells(texts(text))
    assert cells.values.to_list() == [None]
    assert "write" in cells.faults[0]


def test_tools_write_dashes_for_nothing() -> None:
    cells = count_cells(texts("-", "", "n/a", None, "null"))
    assert cells.values.null_count() == 5
    assert cells.faults == {}


def test_counts_from_floats_refuse_nan_inf_negative_and_fractions() -> None:
    column = pl.Series("likes", [3.0, float("nan"), float("inf"), -1.0, 0.5, None])
    cells = count_cells(column)
    assert cells.values.to_list() == [3, None, None, None, None, None]
    assert sorted(cells.faults) == [1, 2, 3, 4]


@given(st.integers(0, 2**53))
@settings(max_examples=200)
def test_every_count_reads_back_plain_and_grouped(number: int) -> None:
    cells = count_cells(texts(str(number), f"{number:,}", f"{number}.0"))
    assert cells.values.to_list() == [number] * 3


@given(st.text(max_size=12))
@settings(max_examples=300)
def test_the_fast_and_the_slow_way_read_a_count_alike(text: str) -> None:
    cells = count_cells(texts(text))
    try:
        slow: int | None = parse_count(text)
    except BadValueError:
        slow = None
    if slow is not None or cells.faults:
        assert cells.values.to_list() == [slow]


@pytest.mark.parametrize(
    ("text", "seconds"), [("90", 90.0), ("90.5", 90.5), ("1:30", 90.0), ("1:00:01", 3601.0)]
)
def test_durations(text: str, seconds: float) -> None:
    assert parse_seconds(text) == seconds


@pytest.mark.parametrize(
    ("text", "size"), [("1500", 1500), ("3.4 MB", 3_400_000), ("2 MiB", 2_097_152), ("5kB", 5000)]
)
def test_sizes(text: str, size: int) -> None:
    assert parse_size(text) == size


NINE = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2026-12-01 09:00",
        "2026-12-01T09:00",
        "2026-12-01 09:00:00",
        "2026-12-01T09:00:00.000",
        "2026-12-01T09:00:00Z",
        "2026-12-01T10:00:00+01:00",
        "2026-12-01 10:00 +0100",
        "2026-12-01 09:00 UTC",
        "20261201T090000Z",
        "Tue, 01 Dec 2026 09:00:00 +0000",
        "Tue, 1 Dec 2026 04:00:00 -0500",
        "Tue Dec 01 09:00:00 +0000 2026",
        "Dec 1, 2026 9:00 AM",
        "1 December 2026, 09:00",
        "1st Dec 2026 at 9:00",
        "2026/12/01 09:00",
        "01.12.2026 09:00",
        "1796115600",
        "1796115600000",
    ],
)
def test_layouts_of_one_time(text: str) -> None:
    cells = TimeReader().cells(texts(text))
    assert cells.values.to_list() == [NINE], cells.faults


def test_date_alone_is_midnight_and_said() -> None:
    reader = TimeReader()
    assert reader.cells(texts("Sep 10, 2026")).values[0] == datetime(2026, 9, 10, tzinfo=UTC)
    reader.cells(texts("2026-09-10"))
    assert "midnight" in reader.warnings["date"]


def test_times_without_a_zone_are_read_in_the_zone_given() -> None:
    reader = TimeReader("Europe/Berlin")
    cells = reader.cells(texts("2026-12-01 10:00", "2026-07-01 11:00", "2026-12-01T09:00Z"))
    assert cells.values.to_list() == [NINE, datetime(2026, 7, 1, 9, tzinfo=UTC), NINE]
    assert list(reader.warnings) == ["zone"]


def test_hour_that_a_zone_skips_is_a_fault() -> None:
    cells = TimeReader("Europe/Berlin").cells(texts("2026-03-29 02:30"))
    assert "does not exist in Europe/Berlin" in cells.faults[0]


@pytest.mark.parametrize(
    "text",
    ["next tue", "2026-13-01", "2026-02-30", "25:00", "0226-01-01", "x" * 99],
)
def test_no_date_says_what_to_write(text: str) -> None:
    cells = TimeReader().cells(texts(text))
    assert cells.values.to_list() == [None]
    assert "2026-12-01 09:00" in cells.faults[0] or "years 1990 to 2100" in cells.faults[0]


def test_order_of_day_and_month_is_proved_by_other_values() -> None:
    day_first = TimeReader().cells(texts("01/02/2026", "25/12/2026")).values
    month_first = TimeReader().cells(texts("01/02/2026", "12/25/2026")).values
    assert day_first[0] == datetime(2026, 2, 1, tzinfo=UTC)
    assert month_first[0] == datetime(2026, 1, 2, tzinfo=UTC)


def test_unproved_or_contradicted_order_is_a_fault() -> None:
    assert "can be two dates" in TimeReader().cells(texts("01/02/2026")).faults[0]
    mixed = TimeReader().cells(texts("01/02/2026", "25/12/2026", "12/25/2026"))
    assert list(mixed.faults) == [0]


def test_unknown_zone_is_an_error() -> None:
    with pytest.raises(ReadError, match="'Mars/Olympus' is not a time zone"):
        TimeReader("Mars/Olympus")


def test_links_part_at_blanks_commas_and_semicolons_between_addresses() -> None:
    cells = link_cells(
        texts("https://a.b/c,d;e https://x.y", "http://a.b;https://c.d", "a.b/x, c.d")
    )
    assert cells.values.to_list() == [
        ["https://a.b/c,d;e", "https://x.y"],
        ["http://a.b", "https://c.d"],
        ["a.b/x", "c.d"],
    ]


@pytest.mark.parametrize(
    "text", ["see our page", "javascript:alert(1)", "https://", "data:text/html,x"]
)
def test_what_is_no_link_is_a_fault(text: str) -> None:
    assert "is not a link" in link_cells(texts(text)).faults[0]


def test_hashtags_lose_their_sign_however_they_are_parted() -> None:
    cells = hashtag_cells(texts("#a\u00a0#b", "#a#b", "a, b", '["#a", "b"]', "＃a b"))
    assert cells.values.to_list() == [["a", "b"]] * 5


def test_five_thousand_hashtags_are_read() -> None:
    cells = hashtag_cells(texts(" ".join(f"#tag{number}" for number in range(5000))))
    assert len(cells.values[0]) == 5000


def test_tags_and_options_part_at_the_strongest_separator() -> None:
    assert tag_cells(texts('a|"b c"|d,e')).values.to_list() == [["a", "b c", "d,e"]]
    assert poll_cells(texts("Yes, please;No")).values.to_list() == [["Yes, please", "No"]]


def test_suppressions_carry_a_reason_even_when_none_is_given() -> None:
    assert parse_ignore("LNK201: campaign; TAG104") == [
        {"rule": "LNK201", "reason": "campaign"},
        {"rule": "TAG104", "reason": NO_REASON},
    ]
    with pytest.raises(BadValueError, match="is not a rule"):
        parse_ignore("everything")


def kinds(text: str) -> list[str | None]:
    media = media_cells({"media": texts(text)})["media"].values[0]
    return [item["kind"] for item in media.to_list()]


def test_kinds_are_told_by_the_ending() -> None:
    assert kinds("a.jpg; b.MP4 ; c.gif;d.pdf") == ["image", "video", "gif", "document"]
    assert kinds("https://cdn.example.com/a.png?w=1 https://cdn.example.com/x") == ["image", None]


def test_media_as_json() -> None:
    cells = media_cells({"media": texts('[{"path": "a.jpg", "width": 1080, "alt_text": "A cup"}]')})
    item = cells["media"].values[0][0]
    assert (item["kind"], item["width"], item["alt"]) == ("image", 1080, "A cup")


@pytest.mark.parametrize(
    "text",
    [
        '[{"width": -1}]',
        '[{"seconds": "NaN"}]',
        '[{"kind": "hologram"}]',
        '[{"weight": 3}]',
        "[1",
        "[[]]",
    ],
)
def test_media_that_can_not_be(text: str) -> None:
    cells = media_cells({"media": texts(text)})["media"]
    assert cells.values.to_list() == [None]
    assert cells.faults[0]


def test_one_item_is_described_by_columns_and_several_are_not() -> None:
    columns = {
        "media": texts("a.jpg", "a.jpg;b.jpg", "a.jpg;b.jpg", None),
        "media_width": texts("1080", "1080", None, "640"),
        "media_alt": texts("A cup", None, "one|two", None),
    }
    read = media_cells(columns)
    one, _, several, alone = read["media"].values.to_list()
    assert (one[0]["width"], one[0]["alt"]) == (1080, "A cup")
    assert [item["alt"] for item in several] == ["one", "two"]
    assert (alone[0]["kind"], alone[0]["width"]) == ("image", 640)
    assert "2 media" in read["media_width"].faults[1]


def test_type_of_the_post_tells_the_kind_where_nothing_else_does() -> None:
    read = media_cells({"media": texts("https://cdn.example.com/x"), "type": texts("reel")})
    assert read["media"].values[0][0]["kind"] == "video"


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("2026-12-01 9am", 9),
        ("2026-12-01 9 PM", 21),
        ("2026-12-01 9 p.m.", 21),
        ("2026-12-01 noon", 12),
        ("2026-12-01 midnight", 0),
        ("1 December 2026 noon", 12),
    ],
)
def test_hours_as_people_say_them(text: str, hour: int) -> None:
    read = TimeReader().cells(texts(text))
    assert read.faults == {}
    assert read.values.dt.hour().to_list() == [hour]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("9am", "'9am' is a time of day without a date; write 2026-12-01 09:00"),
        ("noon", "'noon' is a time of day without a date; write 2026-12-01 09:00"),
        ("2026-12-01 soon", "'soon' is not a time of day; write 09:00"),
        ("2026-12-01 25:00", "'25:00' is not a time of day; write 09:00"),
    ],
)
def test_what_is_wrong_with_an_hour(text: str, said: str) -> None:
    assert TimeReader().cells(texts(text)).faults == {0: said}


@pytest.mark.parametrize(("asked", "month"), [(True, 6), (False, 5)])
def test_an_order_said_beforehand(asked: bool, month: int) -> None:
    read = TimeReader("UTC", asked).cells(texts("05/06/2026", "13/07/2026"))
    assert read.values.dt.month().to_list() == [month, 7]
