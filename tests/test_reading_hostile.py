"""Files that are empty, damaged, too large or not meant for reading: a clear error each."""

import io
import os
import struct
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from sharewise.engine.content.reading import read_posts
from sharewise.engine.content.reading.rejects import shown
from sharewise.engine.errors import ReadError

DEEP = "[" * 20_000 + "]" * 20_000


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.csv", b"", "the file is empty"),
        ("a.csv", b"\xef\xbb\xbf\r\n", "the file is empty"),
        ("a.csv", b"id,text\n", "a header and no rows"),
        ("a.csv", b"id^text\n1^a\n", "columns are parted by comma, semicolon, tab or |"),
        ("a.csv", b"a,b\n1,2\n", "no column holds a post: found a, b"),
        ("a.csv", b"text," + b"c," * 2_000 + b"\n", "2002 columns; at most 2000"),
        ("a.csv", b"\x00" * 1000, "no column holds a post"),
        ("a.json", b"", "the file is empty"),
        ("a.json", b"[]", "no post in it"),
        ("a.json", b"5", "5 is not an array of posts"),
        ("a.json", b'{"a": 1}', 'write an array of posts, or {"posts": [...]}'),
        ("a.json", b'[{"text": "a"},]', "not JSON: Expecting value (line 1, column 16)"),
        ("a.json", DEEP.encode(), "nested too deep"),
        ("a.json", b'[{"likes": ' + b"9" * 5000 + b"}]", "a number of thousands of digits"),
        ("a.jsonl", b"\n\n", "the file is empty"),
        ("a.parquet", b"", "not a whole Parquet file"),
        ("a.parquet", b"PAR1 and no more PAR1", "not a whole Parquet file"),
        ("a.xlsx", b"PK\x03\x04 and no more", "not an Excel workbook"),
        ("a.xlsx", b"", "not an Excel workbook"),
        ("a", b"%PDF-1.7", "of a format that holds no posts"),
    ],
)
def test_files_that_hold_no_posts(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ReadError) as caught:
        read_posts([path])
    assert str(caught.value).startswith(f"{path}: ")
    assert message in str(caught.value)


@pytest.mark.parametrize("cut", [10, 100, 400])
def test_truncated_parquet(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "a.parquet"
    pl.DataFrame({"text": [f"post {n}" for n in range(1000)]}).write_parquet(path)
    path.write_bytes(path.read_bytes()[:-cut])
    with pytest.raises(ReadError, match="not a whole Parquet file"):
        read_posts([path])


def workbook(path: Path, entries: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)


def test_workbook_that_unpacks_to_far_more_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    block = b"\0" * 50_000_000
    workbook(path, {f"xl/part{number}.xml": block for number in range(9)})
    with pytest.raises(ReadError, match="unpacks to over 400000000 bytes"):
        read_posts([path])


def test_workbook_that_lies_about_its_size(tmp_path: Path) -> None:
    path = tmp_path / "lie.xlsx"
    workbook(path, {"xl/worksheets/sheet1.xml": b"\0" * 1_000_000})
    content = path.read_bytes()
    true, small = struct.pack("<I", 1_000_000), struct.pack("<I", 10)
    path.write_bytes(content.replace(true, small))
    with pytest.raises(ReadError, match="more than it says"):
        read_posts([path])


def test_workbook_with_a_cell_in_the_farthest_corner(tmp_path: Path) -> None:
    path = tmp_path / "corner.xlsx"
    cells = b'<row r="1"><c r="A1"/></row><row r="1048576"><c r="XFD1048576"/></row>'
    workbook(path, {"xl/worksheets/sheet1.xml": b"<worksheet>" + cells + b"</worksheet>"})
    with pytest.raises(ReadError, match="cells as far as row 1048576, column 16384"):
        read_posts([path])


def test_zip_that_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    workbook(path, {"readme.txt": b"hello"})
    with pytest.raises(ReadError, match="not a whole Excel workbook"):
        read_posts([path])


def test_workbook_without_posts_names_its_sheets(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    pl.DataFrame({"a": [1], "b": [2]}).write_excel(path, worksheet="Budget")
    with pytest.raises(ReadError, match="no sheet holds posts \\(found Budget\\)"):
        read_posts([path])


def test_rounded_ids_of_excel_are_warned_of(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    pl.DataFrame({"id": [1.23456789012345e17], "text": ["a"]}).write_excel(path)
    assert any("which Excel rounds" in warning for warning in read_posts([path]).files[0].warnings)


def test_missing_file_device_and_folders_without_markdown(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "a.csv").write_text("text\na\n")
    for source, message in (
        (tmp_path / "none.csv", "no such file"),
        (Path("/dev/zero"), "not a file"),
        (tmp_path / "empty", "a folder without .md files (it is empty)"),
        (tmp_path / "other", "it holds a.csv"),
        (tmp_path / "a\0b", "null byte"),
    ):
        with pytest.raises(ReadError) as caught:
            read_posts([source])
        assert message in str(caught.value)


def test_links_in_a_folder_do_not_lead_in_circles(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.md").write_text("Once")
    (tmp_path / "sub" / "up").symlink_to(tmp_path)
    (tmp_path / "self.md").symlink_to("self.md")
    (tmp_path / "gone.md").symlink_to("nowhere.md")
    os.mkfifo(tmp_path / "pipe.md")
    read = read_posts([tmp_path])
    assert read.posts["text"].to_list() == ["Once"]
    names = [Path(file).name for file in read.rejects["file"]]
    assert names == ["gone.md", "pipe.md", "self.md"]


@pytest.fixture
def as_nobody() -> Iterator[None]:
    was = os.geteuid()
    if was == 0:
        os.seteuid(65534)
    yield
    if was == 0:
        os.seteuid(was)


@pytest.mark.parametrize("kind", ["file", "folder"])
@pytest.mark.usefixtures("as_nobody")
def test_no_permission(kind: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv" if kind == "file" else Path(folder) / "sub"
        if kind == "file":
            path.write_text("text\na\n")
        else:
            path.mkdir()
        path.chmod(0)
        with pytest.raises(ReadError, match="permission"):
            read_posts([path])
        path.chmod(0o700)


@pytest.mark.parametrize(
    ("text", "encoding", "named"),
    [
        ("café “quoted” – naïve", "cp1252", "cp1252"),
        ("Crème brûlée à emporter", "latin-1", "cp1252"),
        ("Zażółć gęślą jaźń", "cp1250", "cp1250"),
        ("Привет мир, это пост о кофе и новом сорте зерна", "cp1251", "cp1251"),
        ("新しいコーヒーの季節がやってきました", "shift_jis", "cp932"),
    ],
)
def test_other_encodings_are_detected_and_named(
    tmp_path: Path, text: str, encoding: str, named: str
) -> None:
    path = tmp_path / "a.csv"
    rows = "".join(f"{number}|{text}\n" for number in range(5))
    path.write_bytes(f"id|text\n{rows}".encode(encoding))
    read = read_posts([path])
    assert read.posts["text"].to_list() == [text] * 5
    assert read.files[0].encoding == named
    assert any(named in warning for warning in read.files[0].warnings)


def test_utf16_without_a_mark_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("id,text\n1,abc\n".encode("utf-16-le"))
    read = read_posts([path])
    assert read.posts["text"].to_list() == ["abc"]
    assert read.files[0].encoding == "utf-16-le"


@pytest.mark.parametrize(
    ("encoding", "message"),
    [("utf-8", "byte 11 is not utf-8"), ("klingon", "is not an encoding"), ("base64", "of text")],
)
def test_encoding_given_is_taken_at_its_word(tmp_path: Path, encoding: str, message: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("id,text\n1,é\n".encode("cp1252"))
    with pytest.raises(ReadError, match=message):
        read_posts([path], encoding=encoding)
    assert read_posts([path], encoding="cp1252").posts["text"].to_list() == ["é"]


def test_json_lines_with_ever_new_names_stay_within_the_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("".join(f'{{"text": "a", "k{number}": 1}}\n' for number in range(2_100)))
    read = read_posts([path])
    assert read.posts.height + read.rejects.height == 2_100
    assert read.posts.height == 1_999
    assert "over 2000 different names" in read.rejects["reason"][0]


def test_line_longer_than_any_is_skipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sharewise.engine.content.reading.json_tables.MAX_LINE", 100)
    lines = tmp_path / "a.jsonl"
    lines.write_text('{"text": "' + "x" * 1_000 + '"}\n{"text": "b"}\n')
    read = read_posts([lines])
    assert read.posts.select("row", "text").rows() == [(2, "b")]
    assert "a line of over" in read.rejects["reason"][0]


def test_line_that_never_ends_is_no_csv(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"text\n" + b"x" * 20_000_001)
    with pytest.raises(ReadError, match="a line of over 20000000 characters"):
        read_posts([path])


def test_values_are_shown_in_one_safe_line() -> None:
    assert shown("a\nb\x1b[1m\ud800\u202e") == "a b\\u001b[1m\\ud800\\u202e"
    assert len(shown("x" * 1_000_000)) == 201


def test_binary_noise_under_every_suffix_is_an_error_or_rejects(tmp_path: Path) -> None:
    noise = bytes(range(256)) * 40
    for suffix in ("csv", "tsv", "json", "jsonl", "parquet", "xlsx", "md", "txt", ""):
        path = tmp_path / f"noise.{suffix}"
        path.write_bytes(noise)
        try:
            read = read_posts([path])
        except ReadError:
            continue
        assert read.posts.is_empty()
        assert read.rejects.height == read.files[0].rows


def test_json_bytes_from_a_pipe_that_ends_early(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b'[{"text": "a"}, {"te')))
    with pytest.raises(ReadError, match="<stdin>: not JSON"):
        read_posts(["-"])


def test_other_sheets_of_posts_are_named(tmp_path: Path) -> None:
    path = tmp_path / "plan.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name in ("Notes", "November", "December"):
            rows = [["Ideas"], ["beans"]] if name == "Notes" else [["Copy", "Channel"], [name, "x"]]
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    read = read_posts([path])
    assert read.posts["text"].to_list() == ["November"]
    assert read.files[0].warnings == (
        "sheet 'November' of 3 was read",
        "sheet 'December' holds posts, too, and was not read: save it as a file of its own, "
        "or move it before the others",
    )


def test_one_other_file_of_a_folder_is_named_in_the_singular(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("Fresh beans")
    (tmp_path / "b.png").write_bytes(b"")
    assert read_posts([tmp_path]).files[0].warnings == ("b.png is not Markdown and was not read",)
    (tmp_path / "c.png").write_bytes(b"")
    (note,) = read_posts([tmp_path]).files[0].warnings
    assert note == "2 files that are not Markdown were not read, such as b.png"
