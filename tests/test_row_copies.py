"""Posts added below others in a file: each begins as that one, and no byte beside them changes."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharewise.engine.content.changed_posts import with_changes
from sharewise.engine.content.reading import read_posts
from sharewise.engine.content.rewriting.encoded_text import decoded
from sharewise.engine.content.rewriting.row_copies import csv_copies, jsonl_copies
from sharewise.engine.content.writing_posts import WrittenFile, taking_posts, write_posts


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def split(name: str, at: int, texts: Sequence[str], **more: Any) -> WrittenFile:
    """Give the post at a position the first text, and put the others below it."""
    files = read_posts([name])
    post = files.posts.row(at, named=True)
    bare = dict.fromkeys(("links", "media", "scheduled_at"))
    ids: list[dict[str, Any]] = [
        {"id": f"{post['id']}-{number}"} if post["id"] else {} for number in range(2, 9)
    ]
    added = [
        {**post, **bare, "text": text, "series": "s", "part": number, "parts": len(texts)} | one
        for (number, text), one in zip(enumerate(texts[1:], start=2), ids, strict=False)
    ]
    first = {"text": texts[0], "series": "s", "part": 1, "parts": len(texts)}
    changed = with_changes(files.posts, {at: first})
    (done,) = write_posts(files, changed, added={at: added}, **more)
    return done


def test_csv_rows_below_the_post() -> None:
    before = (
        "\ufeffid;Tweet text;mood;image;date\r\n"
        'a;"one; two";"w;arm";cup.jpg;2026-12-01\r\n'
        "broken;row\r\n"
        "b;last;;;"
    )
    Path("posts.csv").write_bytes(before.encode())
    assert split("posts.csv", 0, ["one", "two", "three"]) == WrittenFile("posts.csv", 1, (), 2)
    assert Path("posts.csv").read_bytes().decode() == (
        "\ufeffid;Tweet text;mood;image;date\r\n"
        'a;"one";"w;arm";cup.jpg;2026-12-01\r\n'
        'a-2;"two";"w;arm";;\r\n'
        'a-3;"three";"w;arm";;\r\n'
        "broken;row\r\n"
        "b;last;;;"
    )
    split("posts.csv", 3, ["last", "very last"])
    assert Path("posts.csv").read_bytes().decode().endswith("b;last;;;\r\nb-2;very last;;;")


def test_json_lines_below_the_post() -> None:
    before = '{"id":"a","text":"one two","date":"2026-12-01"}\n\n{"id":"b","text":"last"}'
    Path("posts.jsonl").write_text(before)
    split("posts.jsonl", 1, ["last", "very last"])
    split("posts.jsonl", 0, ["one", "two"])
    assert Path("posts.jsonl").read_text() == (
        '{"id":"a","text":"one","date":"2026-12-01","series":"s","part":1,"parts":2}\n'
        '{"id":"a-2","text":"two","date":null,"series":"s","part":2,"parts":2}\n'
        "\n"
        '{"id":"b","text":"last","series":"s","part":1,"parts":2}\n'
        '{"id":"b-2","text":"very last","series":"s","part":2,"parts":2}'
    )


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("count", [1, 2])
def test_json_elements_below_the_post(indent: int | None, count: int) -> None:
    posts = [{"id": "a", "text": "one two"}, {"id": "b", "text": "other"}][:count]
    Path("posts.json").write_text(json.dumps({"posts": posts, "by": "Ada"}, indent=indent))
    split("posts.json", 0, ["one", "two"])
    numbers = [{"series": "s", "part": number, "parts": 2} for number in (1, 2)]
    first, second = ({"id": "a", "text": "one"}, {"id": "a-2", "text": "two"})
    expected = [first | numbers[0], second | numbers[1], *posts[1:]]
    whole = json.dumps({"posts": expected, "by": "Ada"}, indent=indent)
    assert Path("posts.json").read_text() == whole


def test_a_json_file_of_one_post_has_no_room_and_stays() -> None:
    before = '{"id": "a", "text": "one two"}'
    Path("posts.json").write_text(before)
    done = split("posts.json", 0, ["one", "two"])
    assert (done.posts, done.added) == (0, 0)
    assert [one.reason for one in done.left] == ["the file is one post and has no room for more"]
    assert Path("posts.json").read_text() == before


def test_parquet_rows_below_the_post() -> None:
    frame = pl.DataFrame(
        {
            "id": ["a", "b"],
            "text": ["one two", "other"],
            "part": pl.Series([None, None], dtype=pl.Int32),
            "links": [["https://a.example"], None],
            "n": [1.5, 2.5],
        }
    )
    frame.write_parquet("posts.parquet", metadata={"by": "Ada"})
    split("posts.parquet", 0, ["one", "two"])
    found = pl.read_parquet("posts.parquet")
    assert found.schema == frame.schema
    assert found.rows() == [
        ("a", "one", 1, ["https://a.example"], 1.5),
        ("a-2", "two", 2, None, 1.5),
        ("b", "other", None, None, 2.5),
    ]
    assert pl.read_parquet_metadata("posts.parquet")["by"] == "Ada"


def test_a_part_that_the_encoding_lacks_leaves_the_post_whole() -> None:
    before = "id,text\na,one two café\nb,other\n".encode("latin-1")
    Path("posts.csv").write_bytes(before)
    done = split("posts.csv", 0, ["one", "two ☕"])
    assert (done.posts, done.added) == (0, 0)
    assert "can't be written in" in done.left[0].reason
    assert Path("posts.csv").read_bytes() == before


def test_dry_writes_nothing_and_says_the_same() -> None:
    before = "id,text\na,one two\n"
    Path("posts.csv").write_text(before)
    assert split("posts.csv", 0, ["one", "two"], dry=True) == WrittenFile("posts.csv", 1, (), 1)
    assert Path("posts.csv").read_text() == before


def test_which_files_take_new_posts() -> None:
    posts = pl.DataFrame({"file": ["a.csv", "none.csv", "<stdin>", "b.xlsx", "c.md", "a.csv"]})
    for name in ("a.csv", "b.xlsx", "c.md"):
        Path(name).write_text("x")
    assert taking_posts(posts) == {0, 4, 5}


CELLS = st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0")), min_size=2)


@given(
    st.lists(CELLS, min_size=1, max_size=4), st.dictionaries(st.integers(1, 4), st.integers(1, 3))
)
def test_without_the_copies_a_csv_file_is_as_before(
    rows: list[list[str]], copies: dict[int, int]
) -> None:
    import csv
    import io

    wide = [[*(cell.strip() for cell in row[:2])] for row in rows]
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows([["id", "text"], *wide])
    text = buffer.getvalue()
    file = decoded(text.encode(), "posts.csv", "utf-8")
    made = list(csv.reader(io.StringIO(csv_copies(file, "posts.csv", copies), newline="")))[1:]
    expected = [row for at, row in enumerate(wide, 1) for _ in range(1 + copies.get(at, 0))]
    assert made == expected


def test_a_byte_order_mark_is_not_copied() -> None:
    file = decoded(b'\xef\xbb\xbf{"text": "a"}', "posts.jsonl")
    assert jsonl_copies(file, {1: 1}, {"text": "text"}) == '{"text": "a"}\n{"text": "a"}'
