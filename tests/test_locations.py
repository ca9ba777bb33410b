"""Findings stand on the line of their post, also after cells with line breaks."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from sharewise.cli import cli
from sharewise.engine.content.reading.source_lines import csv_row_lines, markdown_line

LONG = "a" * 281


def lines_in_github(*args: str) -> list[int]:
    result = CliRunner().invoke(cli, ["check", *args, "-p", "x", "-f", "github", "-q"])
    return [int(line.split("line=")[1].split(",")[0]) for line in result.stdout.splitlines()]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (f"id,text\na,{LONG}\n", 2),
        (f'id,text\na,"Two\nlines"\n\nb,{LONG}\n', 5),
        (f'id,text\r\na,"Two\r\nlines\r\nand three"\r\nb,{LONG}\r\n', 5),
        (f'sep=;\nid;text\na;"Two\nlines"\nb;{LONG}\n', 5),
        (f'Export of today\nid,text\na,"Two\nlines"\nb,{LONG}\n', 5),
        (f'id,text\na,one "and never closed\nc,"open\nb,{LONG}\n', 4),
    ],
)
def test_a_record_of_a_csv_file(
    content: str, line: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.csv").write_text(content, newline="")
    assert lines_in_github("a.csv", "--select", "LEN101") == [line]


def test_the_same_line_in_sarif(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.csv").write_text(f'id,text\na,"Two\nlines"\nb,{LONG}\n')
    args = ["check", "a.csv", "-p", "x", "-f", "sarif", "--select", "LEN101", "-q"]
    log = json.loads(CliRunner().invoke(cli, args).stdout)
    place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["region"]["startLine"] == 4


def test_the_words_of_a_markdown_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_text("---\nid: a\n---\n\nFresh beans\n\nare here #newwinterblend\n")
    assert lines_in_github("a.md", "--select", "TAG104") == [7]


def test_words_after_a_picture(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("![cup](cup.jpg)\n\ncup one\ncup two\n")
    assert markdown_line(path, "utf-8", 8, "cup two") == 4
    assert markdown_line(path, "utf-8", 0, "not there") == 1


@given(st.lists(st.text(alphabet='a",\n ', min_size=1, max_size=8), min_size=1, max_size=8))
def test_every_record_starts_where_it_was_written(texts: list[str]) -> None:
    import csv
    import io
    import tempfile

    written, expected = io.StringIO(newline=""), []
    writer = csv.writer(written, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow(["id", "text"])
    for number, text in enumerate(texts):
        expected.append(written.getvalue().count("\n") + 1)
        writer.writerow([number, text])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.csv")
        path.write_text(written.getvalue(), newline="")
        assert list(csv_row_lines(path, "utf-8")) == expected
