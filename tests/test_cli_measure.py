"""``measure``: one line a post and platform, by the names that others build on."""

import json
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner, Result

from sharewise.cli import cli
from sharewise.engine.content.measures.catalogue import MEASURES

POSTS = [
    {
        "id": "launch",
        "text": "Fresh 🔥 https://example.com/a-long-path #newblend",
        "hashtags": ["coffee"],
        "mood": "warm",
        "length": "theirs",
    },
    {"text": "Hello"},
]


@pytest.fixture(autouse=True)
def _posts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SHAREWISE_CONFIG", raising=False)
    (tmp_path / "posts.jsonl").write_text("\n".join(map(json.dumps, POSTS)))


def run(*args: str) -> Result:
    result = CliRunner().invoke(cli, ["measure", "posts.jsonl", *args])
    assert result.exit_code in (0, 2), result.output
    return result


def test_jsonl_has_the_fixed_names_then_every_measure() -> None:
    lines = run("-p", "x,bluesky", "-f", "jsonl").stdout.splitlines()
    rows = [json.loads(line) for line in lines]
    assert [(row["post"], row["platform"]) for row in rows] == [
        ("launch", "x"), ("launch", "bluesky"), ("posts.jsonl:2", "x"), ("posts.jsonl:2", "bluesky")
    ]  # fmt: skip
    first = rows[0]
    assert list(first)[:5] == ["post", "platform", "length", "limit", "unit"]
    assert set(MEASURES) <= set(first)
    assert (first["mood"], first["input.length"]) == ("warm", "theirs")
    # "Fresh " 6, emoji 2, space 1, link 23, space 1, "#newblend" 9, then " #coffee" 8
    assert (first["length"], first["limit"], first["unit"]) == (50, 280, "weighted characters")
    assert first["hashtags.count"] == 2
    assert rows[2]["length"] == 5


def test_nothing_known_is_null_and_whole_numbers_are_whole() -> None:
    text = run("-p", "x", "-f", "jsonl").stdout
    assert '"limit":280,' in text
    row = json.loads(text.splitlines()[1])
    assert row["time.hour"] is None
    assert row["limit.fold"] is None or isinstance(row["limit.fold"], int)


def test_only_some_measures() -> None:
    rows = run("-p", "x", "-f", "jsonl", "--only", "hashtags.count,text.words").stdout.splitlines()
    assert list(json.loads(rows[0])) == [
        *("post", "platform", "length", "limit", "unit", "text.words", "hashtags.count"),
    ]
    result = run("--only", "hashtag.count")
    assert result.exit_code == 2
    assert "no measure starts so (did you mean hashtags.count?)" in result.stderr
    assert "hashtags.count 2" in run("-p", "x", "--only", "hashtags").stdout


def test_text_for_people() -> None:
    lines = run("-p", "x").stdout.splitlines()
    assert lines[0] == "launch"
    assert lines[1].startswith("  x  50 of 280 weighted characters (text ")
    assert "2 hashtags, 1 link, 1 emoji" in lines[1]


def test_files() -> None:
    for ending in ("csv", "jsonl", "parquet"):
        assert run("-p", "x", "-o", f"out.{ending}").exit_code == 0
    assert pl.read_csv("out.csv")["hashtags.list"].to_list() == ["newblend coffee", ""]
    frame = pl.read_parquet("out.parquet")
    assert frame["hashtags.list"].to_list() == [["newblend", "coffee"], []]
    assert pl.read_ndjson("out.jsonl")["length"].to_list() == [50, 5]
    result = run("-o", "out.docx")
    assert result.exit_code == 2
    assert "measures can be written as .csv, .jsonl" in result.stderr
