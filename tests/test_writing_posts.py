"""Changed posts written back: the changed cells, and not a byte beside them."""

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sharewise.engine.content.changed_posts import changes_between, with_changes
from sharewise.engine.content.reading import PostFiles, read_posts
from sharewise.engine.content.rewriting.csv_cells import cell_spans
from sharewise.engine.content.rewriting.front_matter import with_value
from sharewise.engine.content.schema import MEDIA_SCHEMA
from sharewise.engine.content.writing_posts import WrittenFile, write_posts
from sharewise.engine.errors import WriteError


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(name: str, content: str | bytes) -> Path:
    path = Path(name)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def change(
    source: str | Path, changes: Mapping[int, Mapping[str, Any]], encoding: str | None = None
) -> tuple[WrittenFile, ...]:
    """Change posts by their position and write them."""
    files: PostFiles = read_posts([source], encoding=encoding)
    return write_posts(files, with_changes(files.posts, changes), encoding=encoding)


def medium(**known: object) -> dict[str, object]:
    return {**dict.fromkeys(MEDIA_SCHEMA), **known}


# CSV


def test_csv_only_the_changed_cell_differs() -> None:
    before = (
        "\ufeffsep=;\r\nid;Tweet text;mood;hashtags\r\n"
        'a; "odd" ;"w;arm";"#coffee  #latte"\r\n'
        "\r\n"
        'b;"She said ""hi""\r\nand left";;\r\n'
        "broken;row\r\n"
        "c;plain;;"
    )
    path = write("posts.csv", before.encode())
    done = change(path, {1: {"text": 'She said "bye"'}, 2: {"text": "now; quoted"}})
    assert done == (WrittenFile("posts.csv", 2),)
    after = before.replace('"She said ""hi""\r\nand left"', '"She said ""bye"""')
    after = after.replace("c;plain;", 'c;"now; quoted";')
    assert path.read_bytes().decode() == after


def test_csv_lists_keep_their_style() -> None:
    path = write(
        "posts.csv",
        "text,hashtags,link,tags\n"
        "a,#one #two #One,https://a.example;https://b.example,x|y\n"
        'b,"one, two",,\n'
        'c,"[""one"", ""two""]",,\n'
        "d,#one,,\n",
    )
    change(
        path,
        {
            0: {"hashtags": ["one", "two"], "links": ["https://b.example"], "tags": ["y", "x"]},
            1: {"hashtags": ["One", "Two"]},
            2: {"hashtags": ["two"]},
            3: {"hashtags": ["one", "more"]},
        },
    )
    assert path.read_text() == (
        "text,hashtags,link,tags\n"
        "a,#one #two,https://b.example,y|x\n"
        'b,"One, Two",,\n'
        'c,"[""two""]",,\n'
        "d,#one #more,,\n"
    )


def test_csv_encoding_is_kept_or_the_change_is_left() -> None:
    path = write("posts.csv", "id,text\na,café au lait\nb,thé\n".encode("cp1252"))
    (done,) = change(path, {0: {"text": "café noir"}, 1: {"text": "tea 🍵"}})
    assert path.read_bytes() == "id,text\na,café noir\nb,thé\n".encode("cp1252")
    assert done.posts == 1
    assert [(one.row, one.field) for one in done.left] == [(2, "text")]
    assert "can't be written in cp1252" in done.left[0].reason


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_keeps_its_mark_and_order(encoding: str) -> None:
    before = "\ufeffid\ttext\r\n1\tblé\r\n"
    path = write("posts.tsv", before.encode(encoding))
    change(path, {0: {"text": "riz"}})
    assert path.read_bytes() == before.replace("blé", "riz").encode(encoding)


def test_bytes_that_are_no_text_stay_in_rejected_rows() -> None:
    path = write("posts.csv", b"id,text\na,\xc3\xa9\xc3\xa9\xc3\xa9\nb,bad \xff\nc,fine\n")
    change(path, {1: {"text": "better"}})
    assert path.read_bytes() == b"id,text\na,\xc3\xa9\xc3\xa9\xc3\xa9\nb,bad \xff\nc,better\n"


def test_a_field_without_a_column_is_left_and_said() -> None:
    path = write("posts.csv", "id,text,image\na,one,cup.jpg\n")
    media = [medium(kind="image", path="cup.jpg", alt="A cup")]
    (done,) = change(path, {0: {"title": "New", "media": media}})
    assert path.read_text() == "id,text,image\na,one,cup.jpg\n"
    assert done.posts == 0
    assert [one.reason for one in done.left] == [
        "no column for title; add one called title",
        "no column for alt_text; add one called alt_text",
    ]


def test_alternative_texts_go_to_their_column() -> None:
    path = write("posts.csv", "text,media,alt_text\none,a.jpg;b.jpg,A|B\n")
    media = [
        medium(kind="image", path="a.jpg", alt="A cup"),
        medium(kind="image", path="b.jpg", alt="B"),
    ]
    change(path, {0: {"media": media}})
    assert path.read_text() == "text,media,alt_text\none,a.jpg;b.jpg,A cup|B\n"


@given(st.lists(st.text('ab",;\n é'), min_size=2, max_size=5), st.sampled_from(",;\t"))
def test_cells_are_found_as_the_csv_reader_finds_them(cells: list[str], delimiter: str) -> None:
    import csv

    line = io.StringIO(newline="")
    csv.writer(line, delimiter=delimiter, lineterminator="\r\n").writerow(cells)
    record = line.getvalue()
    found = []
    for start, end in cell_spans(record, delimiter):
        raw = record[start:end]
        found.append(raw[1:-1].replace('""', '"') if raw.startswith('"') else raw)
    assert found == cells


@given(text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")))
@settings(deadline=None, max_examples=40)
def test_any_text_is_written_as_it_is_meant_or_left(
    text: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("any")
    contents = {
        "posts.csv": 'id,text\na,"first, one"\nb,second\n',
        "posts.json": '[{"id": "a", "text": "first, one"},\n {"text": "second", "id": "b"}]',
        "posts.jsonl": '{"id": "a", "text": "first, one"}\n{"id": "b", "text": "second"}\n',
        "post.md": "---\nid: a\n---\nfirst, one\n\n![alt](a.jpg)\n",
    }
    for name, content in contents.items():
        path = folder / name
        path.write_text(content, newline="")
        if not text.strip():
            continue
        (done,) = change(path, {0: {"text": text}})
        posts = read_posts([path]).posts
        assert posts["text"][0] == (text if done.posts else "first, one")
        assert done.posts or done.left
        if name != "post.md":
            assert posts["text"].to_list()[1:] == ["second"]
            assert done.posts == 1


# JSON


def test_json_keeps_its_looks() -> None:
    before = (
        '{ "by": "us", "posts" : [\n'
        '    {"text" :"caf\\u00e9 \\/ one", "n": 1.50, "hashtags": ["#a",  "#b", "#a"]},\n'
        '    {"id": "z", "message": null, "text": "two",\n'
        '      "links": [\n        "https://a.example",\n        "https://b.example"\n      ]}\n'
        "] }\n"
    )
    path = write("posts.json", before)
    change(
        path,
        {
            0: {"text": "thé / one", "hashtags": ["a", "b"]},
            1: {"links": ["https://b.example"], "title": "Néw"},
        },
    )
    after = before.replace("caf\\u00e9 \\/ one", "th\\u00e9 \\/ one")
    after = after.replace('["#a",  "#b", "#a"]', '["#a", "#b"]')
    after = after.replace(
        '[\n        "https://a.example",\n        "https://b.example"\n      ]',
        '[\n        "https://b.example"\n      ],\n      "title": "N\\u00e9w"',
    )
    assert path.read_text() == after
    assert json.loads(after)["posts"][1]["title"] == "Néw"


def test_jsonl_is_changed_line_by_line() -> None:
    lines = ['{"text":"one"}', "", "not json", '{"text":"twø","media":["a.jpg"]}', '{"text":"3"}']
    path = write("posts.jsonl", "\r\n".join(lines))
    media = [medium(kind="image", path="a.jpg", alt="A cup")]
    change(path, {1: {"text": "zwei ø", "media": media}})
    lines[3] = '{"text":"zwei ø","media":[{"path": "a.jpg", "alt": "A cup"}]}'
    assert path.read_bytes().decode() == "\r\n".join(lines)


# Markdown

POST = """---
# ours
id: grind-1
title: "Grind: part 1"   # a working title
hashtags:
  - '#one'
  - two
links: [https://harborroast.example.com/a]   # the journal

mood: warm
sharewise: {ignore: [{rule: LNK201, reason: campaign}]}
---

Same beans,  same water.

![Two heaps](a.jpg)

And the end.
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_markdown_keeps_its_front_matter(newline: str) -> None:
    path = write("post.md", POST.replace("\n", newline))
    files = read_posts([path])
    assert files.posts["text"].to_list() == ["Same beans,  same water.\n\nAnd the end."]
    done = change(
        path,
        {
            0: {
                "title": 'Grind "one"',
                "hashtags": ["one"],
                "links": ["https://harborroast.example.com/a?utm_source=x"],
                "text": "Same beans, same water.\n\nAnd an end!",
                "media": [medium(kind="image", path="a.jpg", alt="Two [neat heaps")],
            }
        },
    )
    assert done == (WrittenFile("post.md", 1),)
    after = POST.replace('"Grind: part 1" ', '"Grind \\"one\\"" ')
    after = after.replace("  - '#one'\n  - two\n", "  - one\n".replace("one", '"#one"'))
    after = after.replace("example.com/a]", "example.com/a?utm_source=x]")
    after = after.replace("beans,  same", "beans, same").replace("And the end.", "And an end!")
    after = after.replace("Two heaps", "Two [neat heaps")
    assert path.read_bytes().decode() == after.replace("\n", newline)


def test_a_folder_of_markdown() -> None:
    Path("posts/deep").mkdir(parents=True)
    write("posts/a.md", "One\n")
    write("posts/deep/b.md", "---\ntitle: T\n---\nTwo")
    files = read_posts(["posts"])
    changed = with_changes(files.posts, {0: {"title": "A: b"}, 1: {"text": "Zwei"}})
    assert [one.posts for one in write_posts(files, changed)] == [1, 1]
    assert Path("posts/a.md").read_text() == '---\ntitle: "A: b"\n---\nOne\n'
    assert Path("posts/deep/b.md").read_text() == "---\ntitle: T\n---\nZwei"


@pytest.mark.parametrize(
    ("front", "value", "expected"),
    [
        ("a: 1\nt: old # note\nb: 2\n", "new", "a: 1\nt: new # note\nb: 2\n"),
        ("t: 'it''s'\n", "that's", "t: 'that''s'\n"),
        ("t: old\n", "yes", 't: "yes"\n'),
        ("t: |\n  one\n  two\nb: 2\n", "1\n\n2\n", "t: |\n  1\n\n  2\nb: 2\n"),
        ("t:\n- a\n- b\nb: 2\n", ["b", "1"], 't:\n- b\n- "1"\nb: 2\n'),
        ("a: 1", "new", "a: 1\nt: new\n"),
        ("t: [a,\n  b] # two\n# and\nb: 2\n", ["c"], "t: [c] # two\n# and\nb: 2\n"),
        ("t: # two\n  - a\n  - b\n", ["b"], "t: # two\n  - b\n"),
    ],
)
def test_front_matter_values(front: str, value: object, expected: str) -> None:
    assert with_value(front, "t", value) == expected


# Parquet and Excel


def test_parquet_keeps_types_order_and_metadata() -> None:
    frame = pl.DataFrame(
        {
            "Message": ["one", "two"],
            "hashtags": [["#a", "#A"], None],
            "mood": pl.Series(["warm", "cold"], dtype=pl.Categorical),
            "likes": pl.Series([1, 2], dtype=pl.UInt16),
        }
    )
    frame.write_parquet("posts.parquet", metadata={"made by": "us"})
    change("posts.parquet", {0: {"hashtags": ["a"]}, 1: {"text": "zwei"}})
    after = pl.read_parquet("posts.parquet")
    assert after.schema == frame.schema
    assert after["Message"].to_list() == ["one", "zwei"]
    assert after["hashtags"].to_list() == [["#a"], None]
    assert after["mood"].to_list() == ["warm", "cold"]
    assert pl.read_parquet_metadata("posts.parquet")["made by"] == "us"


def test_excel_changes_the_cell_and_leaves_all_else() -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook("posts.xlsx")
    book.add_worksheet("Notes").write_string(0, 0, "nothing here")
    sheet = book.add_worksheet("Drafts & posts")
    bold = book.add_format({"bold": True})
    for column, name in enumerate(("id", "text", "hashtags", "total")):
        sheet.write_string(2, column + 1, name)
    sheet.write_string(3, 1, "a")
    sheet.write_string(3, 2, "one", bold)
    sheet.write_string(5, 2, "two <b> & _x0041_")
    sheet.write_string(5, 3, "#a #b")
    sheet.write_formula(6, 2, '="th"&"ree"', None, "three")
    book.close()
    before = zipfile.ZipFile("posts.xlsx")
    parts = {name: before.read(name) for name in before.namelist()}
    text = "new <i> & _x0042_ \x0b\nline  "
    (done,) = change("posts.xlsx", {0: {"text": text}, 1: {"hashtags": ["b"]}, 2: {"text": "four"}})
    assert [(one.row, one.reason) for one in done.left] == [
        (4, "the cell C7 holds a formula; change it by hand")
    ]
    assert done.posts == 2
    posts = read_posts(["posts.xlsx"]).posts
    assert posts["text"].to_list() == [text, "two <b> & _x0041_", "three"]
    assert posts["hashtags"].to_list() == [None, ["b"], None]
    after = zipfile.ZipFile("posts.xlsx")
    assert after.namelist() == list(parts)
    differing = [name for name in parts if after.read(name) != parts[name]]
    assert differing == ["xl/worksheets/sheet2.xml"]
    assert '<c r="C4" s="1" t="inlineStr">' in after.read(differing[0]).decode()


# refusals


def test_a_file_changed_meanwhile_is_not_written() -> None:
    path = write("posts.csv", "text\none\n")
    files = read_posts([path])
    write("posts.csv", "text\nother\n")
    with pytest.raises(WriteError, match="it was changed while it was looked at"):
        write_posts(files, with_changes(files.posts, {0: {"text": "two"}}))
    assert path.read_text() == "text\nother\n"


def test_a_file_keeps_its_permissions_and_links_to_it() -> None:
    path = write("posts.csv", "text\none\n")
    path.chmod(0o640)
    Path("link.csv").symlink_to("posts.csv")
    change("link.csv", {0: {"text": "two"}})
    assert Path("link.csv").is_symlink()
    assert path.read_text() == "text\ntwo\n"
    assert path.stat().st_mode & 0o777 == 0o640


def test_nothing_to_change_writes_nothing() -> None:
    path = write("posts.csv", "text\none\n")
    files = read_posts([path])
    assert write_posts(files, files.posts) == ()
    assert changes_between(files.posts, files.posts) == {}


def test_a_folder_that_may_not_be_written_is_said() -> None:
    path = write("posts.csv", "text\none\n")
    Path().chmod(0o500)
    try:
        import os

        if os.access(".", os.W_OK):
            pytest.skip("this user may write everywhere")
        with pytest.raises(WriteError, match="can't be written"):
            change(path, {0: {"text": "two"}})
    finally:
        Path().chmod(0o700)
    assert path.read_text() == "text\none\n"


def test_json_of_the_graph_api_is_changed_in_its_place(tmp_path: Path) -> None:
    from sharewise.engine.content.writing_posts import write_posts

    path = tmp_path / "posts.json"
    path.write_text('{"data": [{"id": "a", "message": "Hi"}], "paging": {}}')
    files = read_posts([path])
    write_posts(files, files.posts.with_columns(text=pl.lit("Hello")))
    assert path.read_text() == '{"data": [{"id": "a", "message": "Hello"}], "paging": {}}'
