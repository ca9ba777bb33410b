"""Slices of a file hold together what the whole holds, row for row and reject for reject."""

from io import BytesIO
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sharewise.engine.content.reading import read_posts, record_ends
from sharewise.engine.content.reading.slices import Slice, read_slice, slice_from_plain
from sharewise.engine.content.reading.slicing import slices_of
from sharewise.engine.errors import ReadError

CELLS = st.text(st.sampled_from(list('abé"\n ,;')), max_size=12)


def sliced(source: Path | BytesIO, form: str, rows: int, name: str) -> tuple[pl.DataFrame, ...]:
    parts = [
        batch
        for part in slices_of(source, name, form, rows)
        for batch in read_slice(part, source, rows=7)
    ]
    if not parts:
        return pl.DataFrame(), pl.DataFrame()
    return (
        pl.concat([one.posts for one in parts], how="diagonal"),
        pl.concat([one.rejects for one in parts]),
    )


def assert_as_whole(path: Path, form: str, rows: int) -> None:
    whole = read_posts([path])
    posts, rejects = sliced(path, form, rows, str(path))
    blank = pl.col("^note$").fill_null("")  # an empty cell of a column that is only carried
    assert posts.with_columns(blank).equals(whole.posts.with_columns(blank))
    assert rejects.drop("reason").equals(whole.rejects.drop("reason"))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=3), min_size=1, max_size=12), st.data())
def test_csv_of_any_shape(
    tmp_path_factory: pytest.TempPathFactory, records: list[list[str]], data: st.DataObject
) -> None:
    quote = data.draw(st.booleans())
    end = data.draw(st.sampled_from(["\n", "\r\n"]))
    rows = data.draw(st.integers(1, 5))
    mark = data.draw(st.sampled_from(["", "\ufeff"]))
    lines = [",".join(f'"{c.replace(chr(34), chr(34) * 2)}"' if quote else c for c in r)
             for r in records]  # fmt: skip
    path = tmp_path_factory.mktemp("csv") / "posts.csv"
    path.write_bytes((mark + "text,note" + end + "first,post" + end + end.join(lines)).encode())
    assert_as_whole(path, "csv", rows)


@pytest.mark.parametrize("block", [16, 64, 1 << 22])
def test_records_over_several_blocks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, block: int
) -> None:
    monkeypatch.setattr(record_ends, "_BLOCK", block)
    path = tmp_path / "posts.csv"
    text = "".join(f'{n},"Fresh ""roast"" {n}\nserved, daily"\n' for n in range(40))
    path.write_text("id,text\n" + text, encoding="utf-8")
    assert_as_whole(path, "csv", 7)
    parts = slices_of(path, "posts.csv", "csv", 7)
    assert [part.rows for part in parts] == [7, 7, 7, 7, 7, 5]
    assert [part.before for part in parts] == [0, 7, 14, 21, 28, 35]


def test_a_broken_record_costs_its_row_alone(tmp_path: Path) -> None:
    path = tmp_path / "posts.csv"
    lines = [f"{n},Fresh roast {n}" for n in range(30)]
    lines[11] = '11,"Fresh" roast'
    lines[17] = "17,Fresh,roast,ragged"
    lines[20] = ""
    path.write_text("sep=,\nid,text\n" + "\n".join(lines), encoding="utf-8")
    assert_as_whole(path, "csv", 4)
    assert len(slices_of(path, "posts.csv", "csv", 4)) == 8


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "posts.csv"
    text = "id,text\n" + "".join(f"{n},Café crème {n}\n" for n in range(20))
    path.write_bytes(text.encode(encoding))
    assert_as_whole(path, "csv", 6)
    assert len(slices_of(path, "p", "csv", 6)) == (1 if encoding == "utf-16" else 4)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_of_json(tmp_path: Path, end: str) -> None:
    path = tmp_path / "posts.jsonl"
    lines = [f'{{"id": "p{n}", "text": "Fresh roast {n}"}}' for n in range(23)]
    lines[5], lines[9] = "", "not JSON"
    path.write_bytes(end.join(lines).encode())
    assert_as_whole(path, "jsonl", 5)


def test_parquet(tmp_path: Path) -> None:
    path = tmp_path / "posts.parquet"
    rows = {"id": [f"p{n}" for n in range(95)], "text": ["Fresh roast"] * 94 + [None]}
    pl.DataFrame(rows).write_parquet(path, row_group_size=30)
    assert_as_whole(path, "parquet", 40)
    assert [(one.start, one.stop) for one in slices_of(path, "p", "parquet", 40)] == [
        (0, 40), (40, 80), (80, 95)
    ]  # fmt: skip


def test_a_slice_is_the_same_after_json() -> None:
    import json

    part = slices_of(BytesIO(b"id;text\n1;a\n2;b\n"), "posts.csv", "csv", 1)[1]
    assert slice_from_plain(json.loads(json.dumps(part.plain()))) == part


def test_empty_damaged_and_shrunk_files(tmp_path: Path) -> None:
    assert slices_of(BytesIO(b""), "posts.jsonl", "jsonl", 5) == []
    assert slices_of(BytesIO(b"id,text\n"), "posts.csv", "csv", 5) == []
    bad = tmp_path / "bad.parquet"
    bad.write_bytes(b"PAR1 and no more")
    with pytest.raises(ReadError, match=r"bad\.parquet: not a whole Parquet file"):
        slices_of(bad, "bad.parquet", "parquet", 5)
    with pytest.raises(ReadError, match="in slices are Parquet, JSON Lines and CSV"):
        slices_of(bad, "bad.xlsx", "xlsx", 5)
    part = Slice("posts.jsonl", "jsonl", 0, 100, 5, 0, "utf-8")
    with pytest.raises(ReadError, match="shorter than it was"):
        list(read_slice(part, BytesIO(b"{}"), rows=5))
