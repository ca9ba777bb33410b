"""The platforms' own exports: recognised by their header, read whole."""

import csv
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlsxwriter

from sharewise import measure, recommend
from sharewise.engine.content.platforms import load_platforms
from sharewise.engine.content.reading import PostFiles, read_posts
from sharewise.engine.content.reading.exports import export_of, without_posts
from sharewise.engine.content.reading.plain_name import plain_name
from sharewise.engine.errors import ReadError

FIXTURES = Path(__file__).parent.parent / "fixtures/exports"
TWEETS = (
    '"Tweet id","Tweet permalink","Tweet text","time","impressions","engagements",'
    '"engagement rate","retweets","replies","likes","url clicks","promoted impressions"\n'
    '"1335000000000000001","https://twitter.com/harborroast/status/1335000000000000001",'
    '"Beans &amp; bread, <3","2020-12-04 23:30 +0000","1938.0","18.0","0.0093","1.0","0.0","11.0",'
    '"5.0","-"\n'
    '"1335000000000000002","https://twitter.com/harborroast/status/1335000000000000002",'
    '"@guest thanks","2020-12-05 08:00 +0000","-","0.0","0.0","0.0","0.0","0.0","0.0","-"\n'
)
FACEBOOK = (
    "Post ID,Page ID,Page name,Title,Description,Duration (sec),Publish time,Caption type,"
    'Permalink,Post type,Date,Views,Reach,"Reactions, Comments and Shares",Reactions,Comments,'
    "Shares,Total clicks{more}\n"
    "122100000000000001,61500,Harbor Roast,First Frost,,0,03/04/2026 09:15,,fb.example/1,Photos,"
    "Lifetime,1204,900,31,20,6,5,44{cell}\n"
    '122100000000000002,61500,Harbor Roast,Short,"A longer caption,\nof two lines",0,'
    "11/05/2026 18:30,,fb.example/2,Holograms,Lifetime,310,250,4,4,0,0,2{cell}\n"
    "122100000000000003,61500,Harbor Roast,,,0,11/06/2026 18:30,,fb.example/3,Photos,"
    "Lifetime,99,80,1,1,0,0,{cell}\n"
)


def read(tmp_path: Path, content: str | bytes, name: str = "export.csv") -> PostFiles:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_posts([path])


def test_x_tweet_activity(tmp_path: Path) -> None:
    found = read(tmp_path, TWEETS)
    first, second = found.posts.iter_rows(named=True)
    assert first["id"] == "1335000000000000001"
    assert first["text"] == "Beans & bread, <3"
    assert first["platforms"] == ["x"]
    assert first["account"] == "harborroast"
    assert first["published_at"] == datetime(2020, 12, 4, 23, 30, tzinfo=UTC)
    assert (first["impressions"], first["likes"], first["reposts"], first["clicks"]) == (
        *(1938, 11, 1, 5),
    )
    assert second["impressions"] is None
    assert first["promoted impressions"] == "-"
    assert found.files[0].mapped["retweets"] == "reposts"
    assert any("X Analytics, tweet activity" in note for note in found.files[0].warnings)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Q&amp;A &gt; R&amp;D &lt;3", "Q&A > R&D <3"),
        ("&amp;lt; once, not twice", "&lt; once, not twice"),
        ("https://example.com/?a=1&copy=2&lt=3", "https://example.com/?a=1&copy=2&lt=3"),
        ("&quot;caf&eacute;&quot;", "&quot;caf&eacute;&quot;"),
    ],
)
def test_only_what_the_export_writes_otherwise_is_read_otherwise(
    tmp_path: Path, written: str, meant: str
) -> None:
    found = read(tmp_path, TWEETS.replace("Beans &amp; bread, <3", written))
    assert found.posts["text"][0] == meant
    (told,) = found.files[0].warnings
    assert told.endswith("in the text &amp; is read as &, &lt; is read as <, &gt; is read as >")


def test_what_other_files_write_is_read_as_written(tmp_path: Path) -> None:
    found = read(tmp_path, "id,text\na,Beans &amp; bread\n")
    assert found.posts["text"][0] == "Beans &amp; bread"
    assert not found.files[0].warnings


def test_x_content_of_2024_has_days_without_hours(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "Post id,Date,Post text,Post Link,Impressions,Likes,Engagements,Bookmarks,Shares,Replies,"
        'Reposts,URL Clicks\n1810000000000000001,"Tue, Jul 14, 2026",New blend,'
        "https://x.com/harborroast/status/1810000000000000001,500,9,12,3,1,2,4,6\n",
    )
    post = found.posts.row(0, named=True)
    assert post["published_at"] == datetime(2026, 7, 14, tzinfo=UTC)
    assert (post["platforms"], post["account"]) == (["x"], "harborroast")
    assert [post[name] for name in ("likes", "saves", "shares", "reposts", "clicks")] == [
        *(9, 3, 1, 4, 6),
    ]
    assert any("midnight" in note for note in found.files[0].warnings)


@pytest.mark.parametrize(
    ("more", "cell"),
    [("", ""), (",Link Clicks,Negative feedback from users: Hide all", ",1,0")],
)
def test_meta_facebook_whatever_columns_the_month_has(tmp_path: Path, more: str, cell: str) -> None:
    found = read(tmp_path, "\ufeff" + FACEBOOK.replace("{more}", more).replace("{cell}", cell))
    posts = found.posts
    assert found.rejects.is_empty()
    assert posts["id"].to_list()[0] == "122100000000000001"
    assert posts["text"].to_list() == ["First Frost", "A longer caption,\nof two lines", None]
    assert posts["title"].to_list() == ["First Frost", "Short", None]
    assert posts["description"].to_list() == [None, None, None]
    assert posts["account"].unique().to_list() == ["Harbor Roast"]
    assert posts["platforms"].to_list() == [["facebook"]] * 3
    assert posts["type"].to_list() == ["image", None, "image"]
    assert posts["published_at"].to_list()[:2] == [
        datetime(2026, 3, 4, 9, 15, tzinfo=UTC),
        datetime(2026, 11, 5, 18, 30, tzinfo=UTC),
    ]
    assert posts.select("views", "reach", "reactions", "comments", "shares").sum().row(0) == (
        *(1613, 1230, 25, 6, 5),
    )
    assert posts["clicks"].to_list() == [44, 2, None]
    assert posts["Reactions, Comments and Shares"].to_list() == ["31", "4", "1"]
    assert any("'Holograms' is not known here" in note for note in found.files[0].warnings)


def test_meta_facebook_keeps_the_shorter_text_too(tmp_path: Path) -> None:
    content = FACEBOOK.replace("{more}", "").replace("{cell}", "")
    found = read(tmp_path, content.replace("Harbor Roast,First Frost,,", "HR,First Frost,Ice,"))
    post = found.posts.row(0, named=True)
    assert (post["text"], post["title"], post["description"]) == (
        *("First Frost", "First Frost", "Ice"),
    )


@pytest.mark.parametrize("preamble", ["sep=,\r\n", '"sep=,"\r\n', ""])
@pytest.mark.parametrize("mark", [b"\xff\xfe", b""])
def test_meta_files_in_utf_16(tmp_path: Path, preamble: str, mark: bytes) -> None:
    content = preamble + FACEBOOK.replace("{more}", "").replace("{cell}", "")
    found = read(tmp_path, mark + content.encode("utf-16-le"))
    assert found.posts.height == 3
    assert found.posts["reactions"].sum() == 25


def test_meta_instagram(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "Post ID,Account ID,Account username,Account name,Description,Duration (sec),"
        "Publish time,Permalink,Post type,Data comment,Date,Views,Reach,Likes,Shares,Follows,"
        "Comments,Saves\n17900000000000000001,17841,harborroast,Harbor Roast,A caption,31,"
        "01/02/2026 10:00,ig.example/p/1,IG reel,,Lifetime,5000,4000,120,7,3,11,19\n",
    )
    post = found.posts.row(0, named=True)
    assert (post["platforms"], post["account"], post["type"]) == (
        *(["instagram"], "harborroast", "reel"),
    )
    assert post["published_at"] == datetime(2026, 1, 2, 10, tzinfo=UTC)
    assert (post["likes"], post["saves"], post["media"][0]["seconds"]) == (120, 19, 31.0)


def test_instagram_creator_insights_in_latin_1(tmp_path: Path) -> None:
    header = "Impressions,From Home,From Hashtags,From Explore,From Other,Saves,Comments,Shares,"
    row = "3920,2586,1028,619,56,98,9,5,162,35,2,Café at dawn,#coffee\u00a0#roast\n"
    content = header + "Likes,Profile Visits,Follows,Caption,Hashtags\n" + row + row
    found = read(tmp_path, content.encode("latin-1"))
    assert found.posts.height == 2
    post = found.posts.row(0, named=True)
    assert (post["text"], post["hashtags"]) == ("Café at dawn", ["coffee", "roast"])
    assert (post["likes"], post["saves"], post["From Explore"]) == (162, 98, "619")
    assert post["platforms"] == ["instagram"]
    assert post["lists_media"] is False


def test_media_that_an_export_has_no_column_for_are_not_known(tmp_path: Path) -> None:
    header = "Impressions,From Home,From Hashtags,From Explore,Caption"
    plain = read(tmp_path, header + "\n1,2,3,4,Beans at dawn\n").posts
    told = read(tmp_path, header + ",Type\n1,2,3,4,Beans at dawn,text\n").posts
    listed = read(tmp_path, header + ",Image\n1,2,3,4,Beans at dawn,\n").posts
    own = read(tmp_path, "text,platform\nBeans at dawn,instagram\n").posts
    counts = [measure(one)["media.count"][0] for one in (plain, told, listed, own)]
    assert counts == [None, 0, 0, 0]
    assert [one["lists_media"][0] for one in (listed, own)] == [None, None]
    assert "MED101" not in set(recommend(plain).findings["rule"])
    assert "MED101" in set(recommend(own).findings["rule"])


def test_facebook_insights_joins_its_sheets(tmp_path: Path) -> None:
    shared = ["Post ID", "Permalink", "Post Message", "Type", "Posted"]
    first = ["615_1", "https://www.facebook.com/harborroast/posts/1", "One", "Photo"]
    second = ["615_2", "https://www.facebook.com/harborroast/posts/2", None, "Video"]
    sheets: dict[str, list[list[Any]]] = {
        "Key Metrics": [
            [*shared, "Lifetime Post Total Reach", "Lifetime Post Consumptions"],
            [None] * 5 + ["Lifetime: people who saw it", "Lifetime: clicks"],
            [*first, "2017-09-30 10:00:00", 265, 328],
            [*second, "2017-10-01 10:00:00", 100, 7],
        ],
        "Lifetime Talking About This(...": [
            ["Description", *shared, "share", "like"],
            ["People", *first, "2017-09-30 10:00:00", 1, 300],
        ],
        "Lifetime Post Stories by act...": [
            ["Description", *shared, "share", "like", "comment"],
            ["Stories", *first, "2017-09-30 10:00:00", 1, 346, 5],
            [None, *second, "2017-10-01 10:00:00", None, 4, None],
        ],
    }
    path = tmp_path / "insights.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    found = read_posts([path])
    posts = found.posts
    assert found.rejects.is_empty()
    assert posts["text"].to_list() == ["One", None]
    assert posts["account"].to_list() == ["harborroast"] * 2
    assert posts["reach"].to_list() == [265, 100]
    assert posts["likes"].to_list() == [346, 4]
    assert posts["comments"].to_list() == [5, None]
    assert posts["clicks"].to_list() == [328, 7]
    assert posts["Lifetime Talking About This: like"].to_list() == ["300", None]
    assert "row 1 explains the columns; it is no post" in found.files[0].warnings
    assert found.files[0].mapped["Lifetime Post Stories by act: like"] == "likes"


def test_a_row_of_explanations_is_one_without_an_id_right_below_the_header(tmp_path: Path) -> None:
    header = "Post ID,Permalink,Post Message,Type,Posted,Lifetime Post Total Reach\n"
    found = read(tmp_path, header + "1,a,One,Photo,2017-09-30 10:00:00,5\n")
    assert found.posts.height == 1
    assert not any("explains" in note for note in found.files[0].warnings)


def test_linkedin_page_posts_of_an_old_workbook() -> None:
    found = read_posts([FIXTURES / "linkedin_page_posts.xls"])
    posts = found.posts
    assert found.rejects.is_empty()
    assert posts["published_at"].to_list() == [
        datetime(2026, 11, 2, tzinfo=UTC),
        datetime(2026, 11, 5, tzinfo=UTC),
        datetime(2026, 10, 12, tzinfo=UTC),
    ]
    assert posts["type"].to_list() == ["image", "video", None]
    assert posts.select("impressions", "likes", "comments", "reposts", "clicks").sum().row(0) == (
        *(8634, 292, 37, 45, 521),
    )
    assert posts["views"].to_list() == [None, 410, None]
    assert posts["platforms"].to_list() == [["linkedin"]] * 3


@pytest.mark.parametrize("total_first", [True, False])
def test_youtube_studio_without_its_sums(tmp_path: Path, total_first: bool) -> None:
    total = 'Total,,,"1,320",10.5,9,"20,100",3.1\n'
    row = 'dQ1,How we roast,"Sep 10, 2026","1,320",10.5,9,"20,100",3.1\n'
    found = read(
        tmp_path,
        "Content,Video title,Video publish time,Views,Watch time (hours),Subscribers,Impressions,"
        "Impressions click-through rate (%)\n" + (total + row if total_first else row + total),
    )
    post = found.posts.row(0, named=True)
    assert found.posts.height == 1
    assert (post["id"], post["title"], post["views"], post["impressions"]) == (
        *("dQ1", "How we roast", 1320, 20100),
    )
    assert post["published_at"] == datetime(2026, 9, 10, tzinfo=UTC)
    told = f"row {1 if total_first else 2} holds the sums of the others; it is no post"
    assert told in found.files[0].warnings


def test_tiktok_studio(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "Video title,Video link,Post time,Video views,Likes,Comments,Shares,Add to Favorites\n"
        "Latte art,https://www.tiktok.com/@harborroast/video/7,2026-07-01 12:00,900,80,4,2,6\n",
    )
    post = found.posts.row(0, named=True)
    assert (post["text"], post["account"], post["platforms"]) == (
        *("Latte art", "harborroast", ["tiktok"]),
    )
    assert (post["views"], post["saves"]) == (900, 6)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("Date,Impressions,Likes,New follows,Create Post\n,1,2,3,4\n", "X account overview"),
        ('sep=,\n"Facebook follows"\n"Date","Primary"\n"2026-08-01","20"\n', "Meta daily series"),
    ],
)
def test_exports_without_posts_name_the_one_to_take(
    tmp_path: Path, content: str, told: str
) -> None:
    with pytest.raises(ReadError, match=told):
        read(tmp_path, content)


def test_a_workbook_as_xml_is_named(tmp_path: Path) -> None:
    content = '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'
    with pytest.raises(ReadError, match="written as XML; open it and save it as"):
        read(tmp_path, content, "insights.xls")


def test_published_posts_without_words_are_posts(tmp_path: Path) -> None:
    found = read(tmp_path, "text,published_at,likes\n,2026-01-02 10:00,3\n,2026-01-02,\n,,4\n")
    assert found.posts["likes"].to_list() == [3]
    assert found.rejects["row"].to_list() == [2, 3]


def test_a_header_of_ones_own_is_no_export() -> None:
    assert export_of({"id", "text", "published_at", "likes"}) is None
    assert without_posts(["id", "text"]) is None


def test_platforms_of_exports_are_known() -> None:
    known = load_platforms()
    for header in (TWEETS, FACEBOOK):
        columns = next(csv.reader([header.splitlines()[0] + header.splitlines()[1]]))
        export = export_of({plain_name(column) for column in columns})
        assert export is not None
        assert export.platform in known


def test_frames_of_exports_are_recognised_too() -> None:
    from sharewise.engine.content.reading import from_frame

    frame = pl.DataFrame(
        {"Post id": [18], "Date": ["Tue, Jul 14, 2026"], "Post text": ["a"], "Post Link": ["b"]}
    )
    assert from_frame(frame).posts["platforms"].to_list() == [["x"]]


def test_an_export_with_the_day_first_is_not_read_as_month_first(tmp_path: Path) -> None:
    content = FACEBOOK.replace("{more}", "").replace("{cell}", "")
    found = read(tmp_path, content.replace("11/05/2026", "25/12/2026"))
    assert found.posts["published_at"].to_list() == [
        datetime(2026, 4, 3, 9, 15, tzinfo=UTC),
        datetime(2026, 12, 25, 18, 30, tzinfo=UTC),
        datetime(2026, 6, 11, 18, 30, tzinfo=UTC),
    ]


def test_a_wrong_time_costs_one_row_of_an_export(tmp_path: Path) -> None:
    content = FACEBOOK.replace("{more}", "").replace("{cell}", "")
    found = read(tmp_path, content.replace("11/05/2026 18:30", "next tue"))
    assert found.rejects.select("row", "column").rows() == [(2, "Publish time")]
    assert found.posts["published_at"].to_list()[0] == datetime(2026, 3, 4, 9, 15, tzinfo=UTC)


@pytest.mark.parametrize("kept", [600, 3000, 5000])
def test_a_damaged_old_workbook_is_bad_input(tmp_path: Path, kept: int) -> None:
    content = (FIXTURES / "linkedin_page_posts.xls").read_bytes()
    assert len(content) > kept
    with pytest.raises(ReadError, match="not a whole Excel workbook"):
        read(tmp_path, content[:kept], "posts.xls")


def test_an_old_workbook_is_not_written(tmp_path: Path) -> None:
    from sharewise.engine.content.writing_posts import rewritten
    from sharewise.engine.errors import WriteError

    path = tmp_path / "posts.xls"
    path.write_bytes((FIXTURES / "linkedin_page_posts.xls").read_bytes())
    reading = read_posts([path]).files[0]
    with pytest.raises(WriteError, match=r"an \.xls workbook; save it as \.xlsx first"):
        rewritten(path, {1: {"text": "new"}}, reading)


def test_labels_of_the_interface_are_known_too() -> None:
    from sharewise.engine.content.reading.column_names import map_columns

    columns = ["Post ID", "Permalink", "Post Message", "Type", "Posted"]
    found = map_columns([*columns, "post_impressions:lifetime", "post_consumptions:lifetime"])
    assert found.export is not None
    assert found.fields["impressions"] == "post_impressions:lifetime"
    assert found.fields["clicks"] == "post_consumptions:lifetime"


def test_a_calendar_of_dates_links_and_messages_is_no_export(tmp_path: Path) -> None:
    found = read(tmp_path, "Date,Link,Message\n2026-12-01,https://a.example,New beans\n")
    assert found.posts["text"].to_list() == ["New beans"]
