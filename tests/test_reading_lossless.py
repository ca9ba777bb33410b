"""No row is lost: whatever a file holds, rows = kept + rejected, each once."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sharewise.engine.content.reading import PostFiles, read_batches, read_posts
from sharewise.engine.content.reading.csv_records import parted_fast
from sharewise.engine.errors import ReadError

RELAXED = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
cells = st.one_of(
    st.text(alphabet='ab",;\n\r |é☕\x00\u202e#@.', max_size=12),
    st.sampled_from(
        ["", "x", "1", "-1", "NaN", "2026-12-01", "next tue", "https://a.b", "[1", "{"]
    ),
)
columns = ["id", "text", "likes", "scheduled_at", "link", "media", "platform", "note"]
values: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), cells),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)
objects = st.dictionaries(st.sampled_from([*columns, "hashtags", "tags", "\ud800"]), values)


def read(path: Path) -> PostFiles:
    files = read_posts([path])
    entry = files.files[0]
    assert entry.rows == entry.kept + entry.rejected
    assert (entry.kept, entry.rejected) == (files.posts.height, files.rejects.height)
    rows = sorted([*files.posts["row"], *files.rejects["row"]])
    assert len(set(rows)) == len(rows) == entry.rows
    batched = list(read_batches(path, rows=3))
    assert sum(batch.files[0].rows for batch in batched) == entry.rows
    return files


def read_if_any(path: Path) -> PostFiles | None:
    try:
        return read(path)
    except ReadError:
        return None


@given(st.lists(st.lists(cells, min_size=8, max_size=8), min_size=1, max_size=12))
@RELAXED
def test_well_formed_csv(tmp_path: Path, records: list[list[str]]) -> None:
    path = tmp_path / "a.csv"
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([columns, *records])
    path.write_bytes(text.getvalue().encode())
    files = read_if_any(path)
    assert (files.files[0].rows if files else 0) == sum(any(record) for record in records)


@given(st.text(alphabet='ab",\n\r1é', max_size=80))
@RELAXED
def test_any_text_as_csv(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(f"id,text\n{text}".encode())
    assert read_if_any(path) or not text.strip(',"\r\n')


@given(st.text(alphabet='ab",\n\r', max_size=40), st.integers(1, 4))
@settings(max_examples=1_000, deadline=None)
def test_csv_parted_fast_is_csv_parted_strictly(block: str, width: int) -> None:
    fast = parted_fast(block, ",", width)
    if fast is not None:
        strict = csv.reader(io.StringIO(block, newline=""), strict=True)
        assert [[cell or "" for cell in row] for row in fast.rows()] == [
            record or [""] * width for record in strict
        ]


@given(st.lists(st.lists(cells, min_size=3, max_size=3), min_size=1, max_size=8))
@RELAXED
def test_well_formed_csv_is_parted_fast(records: list[list[str]]) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(records)
    fast = parted_fast(text.getvalue().replace("\r", ""), ",", 3)
    assert fast is not None
    assert [[cell or "" for cell in row] for row in fast.rows()] == [
        [cell.replace("\r", "") for cell in record] for record in records
    ]


@given(st.binary(max_size=200))
@RELAXED
@pytest.mark.parametrize("suffix", ["csv", "json", "jsonl", "md"])
def test_any_bytes(tmp_path: Path, suffix: str, content: bytes) -> None:
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(b"text\n" + content if suffix == "csv" else content)
    read_if_any(path)


@given(st.lists(st.one_of(objects, values), min_size=1, max_size=12))
@RELAXED
def test_any_json_lines(tmp_path: Path, posts: list[Any]) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(json.dumps(post) for post in posts))
    assert read(path).files[0].rows == len(posts)


@given(st.lists(st.one_of(objects, values), min_size=1, max_size=12))
@RELAXED
def test_any_json_array(tmp_path: Path, posts: list[Any]) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"posts": posts}))
    assert read(path).files[0].rows == len(posts)


@given(st.lists(objects, min_size=1, max_size=8))
@RELAXED
def test_a_row_alone_reads_as_in_its_file(tmp_path: Path, posts: list[dict[str, Any]]) -> None:
    together, alone = tmp_path / "all.jsonl", tmp_path / "one.jsonl"
    posts = [{**post, "id": number} for number, post in enumerate(posts)]
    together.write_text("\n".join(map(json.dumps, posts)))
    kept = {row["id"]: row for row in read(together).posts.iter_rows(named=True)}
    for number, post in enumerate(posts):
        alone.write_text(json.dumps(post))
        single = read_posts([alone]).posts.to_dicts()
        assert bool(single) == (str(number) in kept)
        if single:
            shared = {
                name: value for name, value in single[0].items() if name not in ("file", "row")
            }
            assert {name: kept[str(number)][name] for name in shared} == shared
