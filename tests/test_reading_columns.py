"""The columns of other tools: recognised by name, said, and never lost."""

import csv
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sharewise.engine.content.reading import read_posts
from sharewise.engine.content.reading.column_names import (
    goal_names,
    map_columns,
    type_names,
)
from sharewise.engine.content.reading.plain_name import plain_name
from sharewise.engine.content.schema import GOALS, POST_SCHEMA, POST_TYPES
from sharewise.engine.errors import ReadError

HEADERS = Path(__file__).parent.parent.parent / "shared/data/export_headers"


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("message", "text"),
        ("Caption", "text"),
        ("Tweet text", "text"),
        ("Post text", "text"),
        ("status_message", "text"),
        ("ShareCommentary", "text"),
        ("link_name", "title"),
        ("status_link", "links"),
        ("URL", "links"),
        ("status_published", "published_at"),
        ("Publish time", "published_at"),
        ("Posting Time", "scheduled_at"),
        ("postAtSpecificTime", "scheduled_at"),
        ("scheduleDate", "scheduled_at"),
        ("num_reactions", "reactions"),
        ("retweets", "reposts"),
        ("Add to Favorites", "saves"),
        ("imageUrls", "media"),
        ("Alt text", "media.alt"),
        ("subreddit", "community"),
        ("Platform", "platforms"),
    ],
)
def test_names_of_other_tools(theirs: str, ours: str) -> None:
    assert map_columns([theirs]).shown() == {theirs: ours}


def test_every_field_has_its_own_name_as_an_alias() -> None:
    own = [name for name in POST_SCHEMA if name not in ("file", "row")]
    assert map_columns(own).shown() == {name: name for name in own}


def test_names_are_compared_without_case_breaks_and_punctuation() -> None:
    assert plain_name("\ufeffTweet  Text ") == plain_name("tweetText") == "tweet_text"


def test_of_two_columns_for_a_field_the_first_by_priority_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("caption,message,text\nc,m,t\n")
    read = read_posts([path])
    assert read.posts.select("text", "caption", "message").rows() == [("t", "c", "m")]
    assert read.files[0].unknown == ("caption", "message")
    assert "column 'message' goes through as it is: text is read from 'text'" in (
        read.files[0].warnings
    )


def test_unknown_columns_go_through_as_text_and_never_clash(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("text,row,Status,,Status\na,7,approved,x,y\n")
    read = read_posts([path])
    assert read.files[0].unknown == ("row_2", "Status", "column_4", "Status_2")
    assert read.posts.select("row", "row_2", "Status", "column_4", "Status_2").row(0) == (
        *(1, "7", "approved", "x", "y"),
    )


def test_date_and_time_of_day_make_one_time(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("date,time_24hr,message_text\n2026-12-01,09:30,a\n2026-12-02,,b\n")
    read = read_posts([path])
    assert read.posts["scheduled_at"].to_list() == [
        datetime(2026, 12, 1, 9, 30, tzinfo=UTC),
        datetime(2026, 12, 2, tzinfo=UTC),
    ]
    assert read.files[0].mapped["date"] == "scheduled_at"
    assert read.files[0].mapped["time_24hr"] == "scheduled_at"


def test_date_is_the_publishing_time_where_there_are_outcomes(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('Date,Post text,Likes\n"Tue, Jul 14, 2026",a,3\n')
    posts = read_posts([path]).posts
    assert posts["published_at"].to_list() == [datetime(2026, 7, 14, tzinfo=UTC)]
    assert posts["scheduled_at"].to_list() == [None]


def test_meta_export_keeps_its_publish_time_and_its_caption(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "Post ID,Description,Duration (sec),Publish time,Permalink,Post type,Date,Views\n"
        "17900000000000000001,A caption,0,12/25/2026 10:00,a.example/p,IG image,Lifetime,5\n"
    )
    post = read_posts([path]).posts.row(0, named=True)
    assert post["text"] == "A caption"
    assert post["type"] == "image"
    assert post["id"] == "17900000000000000001"
    assert post["published_at"] == datetime(2026, 12, 25, 10, tzinfo=UTC)
    assert post["media"] is None
    assert post["Date"] == "Lifetime"


def test_types_and_goals_of_other_tools_become_ours() -> None:
    assert set(type_names().values()) == set(POST_TYPES)
    assert set(goal_names().values()) == set(GOALS)
    assert type_names()["photo"] == "image"


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        ("sep=;\nid;text\n1;a,b\n", ["a,b"]),
        ("sep=\t\nid\ttext\n1\ta\n", ["a"]),
        ('"sep=,"\nid,text\n1,a\n', ["a"]),
        ("id;text\n1;a, b, c, d\n", ["a, b, c, d"]),
        ("id|text\n1|a\n", ["a"]),
        ("text\na\nb, c\n".replace("b, c", '"b, c"'), ["a", "b, c"]),
        ("id,text\r\n1,a\r\n2,b\r\n", ["a", "b"]),
        ("id,text\r1,a\r2,b\r", ["a", "b"]),
        ("My posts,\nfrom 2026,\nid,text\n1,a\n", ["a"]),
    ],
)
def test_delimiters_preambles_and_line_ends(tmp_path: Path, content: str, rows: list[str]) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content.encode())
    assert read_posts([path]).posts["text"].to_list() == rows


@pytest.mark.skipif(not HEADERS.exists(), reason="the shared data is not here")
@pytest.mark.parametrize(
    "name",
    [
        "x_analytics_tweet_activity_metrics_2014-2022",
        "x_analytics_account_analytics_content_2024plus",
        "meta_business_suite_facebook_posts_2025plus",
        "meta_business_suite_instagram_posts_2025plus",
        "linkedin_page_all_posts_xls_sheet",
        "linkedin_member_archive_Shares",
        "buffer_bulk_upload",
        "tiktok_studio_content_xlsx",
    ],
)
def test_real_export_headers_give_text_and_time(name: str) -> None:
    with (HEADERS / f"{name}.header.csv").open(encoding="utf-8-sig", newline="") as file:
        mapped = map_columns(next(csv.reader(file))).shown().values()
    assert "text" in mapped
    assert {"published_at", "scheduled_at"} & set(mapped)


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("Copy (final)", "text"),
        ("Text [draft 2]", "text"),
        ("Channel(s)", "platforms"),
        ("Asset(s)", "media"),
        ("Post copy", "text"),
        ("Link to use", "links"),
    ],
)
def test_names_with_a_remark_in_brackets(theirs: str, ours: str) -> None:
    assert map_columns([theirs]).shown() == {theirs: ours}


def test_a_remark_never_makes_a_number_or_hides_an_exact_name() -> None:
    columns = map_columns(["Copy (old)", "Copy", "Likes (why?)"])
    assert columns.shown() == {"Copy": "text"}
    assert any("'Copy (old)' goes through as it is" in one for one in columns.warnings)


def test_a_column_that_may_be_the_text_or_the_platform_is_named() -> None:
    columns = map_columns(["Link", "LinkedIn copy", "Our channel", "Week"])
    assert columns.warnings == (
        "no column is read as the text; if it is 'LinkedIn copy', call it 'text'",
        "no column is read as the platform; if it is 'Our channel', call it 'platform'",
    )
    assert map_columns(["Text", "Platform", "LinkedIn copy"]).warnings == ()


def test_a_file_without_a_column_for_posts_says_which_one_may_be_it(tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    path.write_text("Week,LinkedIn copy\n48,Fresh beans\n")
    with pytest.raises(ReadError, match="if 'LinkedIn copy' is the text, call it 'text'"):
        read_posts([path])


@pytest.mark.parametrize(
    "line", ["26/11/2026 09:00,Fresh roast,https://example.com", "Fresh roast,https://example.com"]
)
def test_a_file_without_a_header_says_so(tmp_path: Path, line: str) -> None:
    path = tmp_path / "bulk.csv"
    path.write_text(f"{line}\n{line}\n")
    with pytest.raises(ReadError, match="the first line looks like a post, not like a header"):
        read_posts([path])
