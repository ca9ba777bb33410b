"""Reading posts from every format, with what was understood said."""

import io
import json
import os
import sys
import threading
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from sharewise.engine.content.reading import (
    empty_posts_template,
    from_frame,
    read_batches,
    read_posts,
)
from sharewise.engine.content.schema import POST_SCHEMA
from sharewise.engine.errors import ReadError

FIXTURES = Path(__file__).parent.parent / "fixtures"
FACEBOOK_NEWS = Path(__file__).parent.parent.parent / "shared/data/facebook_news.parquet"
POSTS = [
    {"id": "007", "text": "Good morning", "link": "https://example.com/a", "likes": "1204"},
    {"id": "12345678901234567890123", "text": 'Zwei\nZeilen, "quoted" ☕', "link": "", "likes": ""},
]


def write_csv(path: Path, delimiter: str = ",", encoding: str = "utf-8") -> None:
    frame = pl.DataFrame(POSTS)
    path.write_bytes(frame.write_csv(separator=delimiter).encode(encoding))


def write_xlsx(path: Path) -> None:
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Notes").write_row(0, 0, ["nothing", "here"])
        sheet = book.add_worksheet("Posts")
        for number, row in enumerate([list(POSTS[0]), *(list(post.values()) for post in POSTS)]):
            for column, cell in enumerate(row):
                if cell:
                    sheet.write_string(number, column, cell)


WRITERS = {
    "posts.csv": write_csv,
    "semicolon.csv": lambda path: write_csv(path, ";"),
    "posts.tsv": lambda path: write_csv(path, "\t"),
    "bar.txt": lambda path: write_csv(path, "|"),
    "utf16.csv": lambda path: write_csv(path, "\t", "utf-16"),
    "bom.csv": lambda path: write_csv(path, ",", "utf-8-sig"),
    "posts.json": lambda path: path.write_text(json.dumps(POSTS)),
    "wrapped.json": lambda path: path.write_text(json.dumps({"posts": POSTS}, indent=1)),
    "posts.jsonl": lambda path: path.write_text("\n".join(map(json.dumps, POSTS))),
    "posts.parquet": lambda path: pl.DataFrame(POSTS).write_parquet(path),
    "posts.xlsx": write_xlsx,
}


@pytest.mark.parametrize("name", WRITERS)
def test_every_format_gives_the_same_posts(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    WRITERS[name](path)
    read = read_posts([path])
    assert read.rejects.is_empty()
    assert dict(read.posts.schema) == POST_SCHEMA
    assert read.posts.select("file", "row", "id", "text", "links", "likes").rows() == [
        (str(path), 1, "007", "Good morning", ["https://example.com/a"], 1204),
        (str(path), 2, POSTS[1]["id"], POSTS[1]["text"], None, None),
    ]
    assert read.files[0].mapped == {
        "id": "id",
        "text": "text",
        "link": "links",
        "likes": "likes",
    }


@pytest.mark.parametrize("name", ["posts.csv", "posts.json", "posts.jsonl", "posts.parquet"])
@pytest.mark.parametrize("name_of_file", ["-", "no_suffix", "fifo"])
def test_stdin_and_nameless_files_are_told_by_their_content(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, name_of_file: str
) -> None:
    WRITERS[name](tmp_path / name)
    content = (tmp_path / name).read_bytes()
    source = name_of_file if name_of_file == "-" else str(tmp_path / name_of_file)
    if name_of_file == "-":
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    elif name_of_file == "fifo":
        os.mkfifo(source)
        threading.Thread(target=Path(source).write_bytes, args=(content,), daemon=True).start()
    else:
        Path(source).write_bytes(content)
    read = read_posts([source])
    assert read.posts["id"].to_list() == [post["id"] for post in POSTS]
    assert read.files[0].file == ("<stdin>" if source == "-" else source)


def test_markdown_folder_is_read_in_the_order_of_its_paths(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    (tmp_path / "b" / "two.md").write_text("---\nid: two\n---\nSecond")
    (tmp_path / "c.md").write_text("Third, without front matter")
    (tmp_path / "a.md").write_text("---\nid: one\nplatform: [x, Facebook]\n---\nFirst\n")
    (tmp_path / ".git" / "x.md").write_text("hidden")
    (tmp_path / "notes.txt").write_text("other")
    read = read_posts([tmp_path])
    assert read.posts["text"].to_list() == ["First", "Second", "Third, without front matter"]
    assert read.posts["file"].to_list() == [
        str(tmp_path / name) for name in ("a.md", "b/two.md", "c.md")
    ]
    assert read.posts["row"].to_list() == [1, 1, 1]
    assert read.posts["platforms"].to_list() == [["x", "facebook"], None, None]
    assert len(read.files) == 1
    assert "notes.txt" in read.files[0].warnings[0]


def test_markdown_images_become_media_and_front_matter_fields(tmp_path: Path) -> None:
    path = tmp_path / "post.md"
    path.write_text(
        "---\nscheduled_at: 2026-12-01T10:00:00+01:00\nlikes: 5\n"
        "sharewise:\n  ignore: [{rule: LNK201, reason: campaign}]\n"
        "media: [{path: a.mp4, seconds: 30}]\n---\n"
        "Before\n\n![A cup](img/cup.jpg 'title')\n\nAfter [link](https://example.com)\n"
    )
    post = read_posts([path]).posts.row(0, named=True)
    assert post["text"] == "Before\n\nAfter [link](https://example.com)"
    assert [(item["kind"], item["path"], item["alt"]) for item in post["media"]] == [
        ("video", "a.mp4", None),
        ("image", "img/cup.jpg", "A cup"),
    ]
    assert post["ignore"] == [{"rule": "LNK201", "reason": "campaign"}]
    assert post["scheduled_at"] == datetime(2026, 12, 1, 9, tzinfo=UTC)
    assert post["likes"] == 5


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("---\na: &a [x]\nb: *a\n---\nt", "alias"),
        ("---\nid: [1\n---\nt", "front matter, line 3"),
        ("---\nid: 1\nt", "never closed"),
        ("+++\nid = 1\n+++\nt", "TOML"),
        ("---\n- a\n---\nt", "key: value"),
        ("---\ntext: a\n---\nb", "keep one"),
        ("", "nothing to post"),
        ("x" * 2_000_001, "at most 2000000"),
    ],
)
def test_markdown_that_is_no_post_is_rejected_alone(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "bad.md").write_text(text)
    (tmp_path / "good.md").write_text("Fine")
    read = read_posts([tmp_path])
    assert read.posts["text"].to_list() == ["Fine"]
    assert read.rejects["file"].to_list() == [str(tmp_path / "bad.md")]
    assert reason in read.rejects["reason"][0]


def test_of_two_rows_with_one_id_the_first_stays_across_files(tmp_path: Path) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.jsonl"
    first.write_text("id,text\n1,a\n1,b\n,c\n,d\n")
    second.write_text('{"id": 1, "text": "e"}\n{"id": 2, "text": "f"}\n')
    read = read_posts([first, second])
    assert read.posts["text"].to_list() == ["a", "c", "d", "f"]
    assert read.rejects.select("row", "column", "value").rows() == [(2, "id", "1"), (1, "id", "1")]


def test_batches_number_rows_on_and_remember_ids(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_text("id,text\n" + "".join(f"{n % 7},post {n}\n" for n in range(10)))
    batches = list(read_batches(path, rows=4))
    assert [batch.files[0].rows for batch in batches] == [4, 4, 2]
    assert [row for batch in batches for row in batch.posts["row"]] == [1, 2, 3, 4, 5, 6, 7]
    assert [row for batch in batches for row in batch.rejects["row"]] == [8, 9, 10]
    assert read_posts([path]).files[0].rows == 10


@pytest.mark.parametrize("name", ["posts.csv", "posts.json", "posts.jsonl", "posts.parquet"])
def test_batches_together_are_the_whole(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    frame = pl.DataFrame({"id": [str(n) for n in range(100)], "text": ['a\n"b", c'] * 100})
    match path.suffix:
        case ".csv":
            frame.write_csv(path)
        case ".json":
            path.write_text(json.dumps(frame.to_dicts()))
        case ".jsonl":
            frame.write_ndjson(path)
        case _:
            frame.write_parquet(path)
    parts = pl.concat(batch.posts for batch in read_batches(path, rows=33))
    assert parts.equals(read_posts([path]).posts)


def test_progress_hears_of_every_batch(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("text\na\nb\n")
    heard: list[int] = []
    read_posts([path, path], on_batch=lambda batch: heard.append(batch.files[0].rows))
    assert heard == [2, 2]


def test_frame_goes_through_the_same_checks() -> None:
    frame = pl.DataFrame(
        {
            "message": ["a", None, "c"],
            "likes": [1.0, 2.0, float("nan")],
            "links": [["https://example.com"], None, None],
            "scheduled_at": [datetime(2026, 12, 1, 9), None, None],
            "mine": [1, 2, 3],
        }
    )
    read = from_frame(frame, timezone="Europe/Berlin")
    assert read.posts.select("file", "row", "text", "likes", "mine").rows() == [
        ("<frame>", 1, "a", 1, "1")
    ]
    assert read.posts["scheduled_at"][0] == datetime(2026, 12, 1, 8, tzinfo=UTC)
    assert read.rejects.select("row", "column").rows() == [(2, ""), (3, "likes")]


COLUMNS_OF_ANY_TYPE = {
    "text": pl.Series(["a", None]),
    "categorical": pl.Series(["a", None], dtype=pl.Categorical),
    "beyond int64": pl.Series([2**64 - 1, None], dtype=pl.UInt64),
    "float": pl.Series([1.5, float("nan")]),
    "flag": pl.Series([True, None]),
    "date": pl.Series([date(2026, 1, 1), None]),
    "nanoseconds": pl.Series([datetime(2026, 1, 1), None], dtype=pl.Datetime("ns", "Asia/Tokyo")),
    "time": pl.Series([time(9), None]),
    "duration": pl.Series([timedelta(1), None]),
    "decimal": pl.Series([Decimal("1.50"), None]),
    "bytes": pl.Series([b"\xff", b"ab"]),
    "list": pl.Series([["a", "b"], []]),
    "list of lists": pl.Series([[["a"]], None]),
    "list of numbers": pl.Series([[1, 2], None]),
    "list of structs": pl.Series([[{"kind": "image", "width": 3}], None]),
    "struct": pl.Series([{"a": 1}, None]),
    "array": pl.Series([["https://a.b", "c.d"], None], dtype=pl.Array(pl.String, 2)),
    "object": pl.Series([object(), None], dtype=pl.Object),
    "null": pl.Series([None, None]),
}


@pytest.mark.parametrize("kind", COLUMNS_OF_ANY_TYPE)
@pytest.mark.parametrize(
    "name",
    [
        *("id", "text", "links", "media", "platform", "type", "part", "scheduled_at", "rewarded"),
        *("tags", "poll", "likes", "ignore", "date", "media_width", "image_url", "mine"),
    ],
)
def test_column_of_any_type_under_any_name_is_read_or_rejected(name: str, kind: str) -> None:
    column = COLUMNS_OF_ANY_TYPE[kind].alias(name)
    read = from_frame(pl.DataFrame([column, pl.Series("title", ["t", "u"])]))
    assert read.posts.height + read.rejects.height == 2
    assert dict(list(read.posts.schema.items())[: len(POST_SCHEMA)]) == POST_SCHEMA


def test_posts_read_are_a_frame_that_reads_to_itself() -> None:
    posts = read_posts([FIXTURES / "posts.jsonl"]).posts
    again = from_frame(posts)
    assert again.posts.equals(posts)
    assert again.rejects.is_empty()


def test_empty_frame_is_no_error() -> None:
    assert from_frame(pl.DataFrame({"text": []}, schema={"text": pl.String})).posts.is_empty()
    assert read_posts([]).posts.is_empty()


def test_template_is_read_as_it_is_and_complete(tmp_path: Path) -> None:
    path = tmp_path / "template.csv"
    path.write_text(empty_posts_template())
    with pytest.raises(ReadError, match="a header and no rows"):
        read_posts([path])
    columns = empty_posts_template().strip().split(",")
    row = dict.fromkeys(columns, "") | {"text": "Hello"}
    path.write_text(empty_posts_template() + ",".join(row.values()) + "\n")
    read = read_posts([path])
    assert read.files[0].unknown == ()
    assert set(read.files[0].mapped) == set(columns)


def test_fixtures_are_read_and_the_bad_row_explained() -> None:
    drafts = read_posts([FIXTURES / "drafts.csv"])
    assert drafts.rejects.select("row", "column", "value", "reason").rows() == [
        (12, "scheduled_at", "next tue", "'next tue' is not a date; write 2026-12-01 09:00")
    ]
    assert drafts.posts.height == 11
    for name, count in (("posts.jsonl", 8), ("posts", 3)):
        read = read_posts([FIXTURES / name])
        assert (read.posts.height, read.rejects.height) == (count, 0)


@pytest.mark.skipif(not FACEBOOK_NEWS.exists(), reason="the shared data is not here")
def test_a_large_parquet_file_streams_with_its_columns_mapped() -> None:
    first = next(read_batches(FACEBOOK_NEWS))
    assert first.files[0].rows == 25_000
    assert first.files[0].mapped["status_message"] == "text"
    assert first.posts["row"].to_list()[:2] == [1, 2]


@pytest.mark.parametrize("name", ["posts.json", "posts"])
def test_the_form_of_the_graph_api(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text('{"data": [{"id": "1_2", "message": "Hello"}], "paging": {"next": "…"}}\n')
    files = read_posts([path])
    assert files.posts.select("id", "text").rows() == [("1_2", "Hello")]
