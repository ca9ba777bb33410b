"""Findings about large files: the same as about small ones, in any number of processes."""

from pathlib import Path

import polars as pl
import pytest

from sharewise.engine.advice.finding_schema import FINDING_SCHEMA
from sharewise.engine.advice.recommending import adviser
from sharewise.engine.advice.streaming import stream_findings
from sharewise.engine.errors import WriteError


@pytest.fixture
def posts(tmp_path: Path) -> Path:
    """130 posts: every tenth too long for X, every thirteenth rejected."""
    rows = [
        {
            "id": f"p{n}",
            "text": "a" * 281 if n % 10 == 0 else f"Fresh roast {n} #newblendlaunch",
            "scheduled_at": "next tue" if n % 13 == 5 else None,
        }
        for n in range(130)
    ]
    path = tmp_path / "posts.parquet"
    pl.DataFrame(rows).write_parquet(path)
    return path


@pytest.mark.parametrize("jobs", [1, 2])
def test_streamed_findings_are_those_of_the_whole(posts: Path, tmp_path: Path, jobs: int) -> None:
    using = adviser(["x", "bluesky"])
    target = tmp_path / "findings.parquet"
    seen: list[int] = []
    counts = stream_findings(
        posts, target, using, rows=30, jobs=jobs, on_batch=lambda so_far: seen.append(so_far.posts)
    )
    whole = using.findings(using.read([posts]).posts)
    streamed = pl.read_parquet(target)
    assert streamed.schema == FINDING_SCHEMA
    assert streamed.equals(whole)
    assert (counts.posts, counts.rejected, counts.findings) == (120, 10, whole.height)
    assert counts.severities["error"] == whole.filter(severity="error").height
    assert len(seen) == 5


def test_a_target_that_cannot_be_written_leaves_nothing(posts: Path, tmp_path: Path) -> None:
    target = tmp_path / "missing" / "findings.parquet"
    with pytest.raises(WriteError):
        stream_findings(posts, target, adviser(["x"]), jobs=1)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["posts.parquet"]


def test_columns_that_come_and_go_are_carried(tmp_path: Path) -> None:
    lines = [f'{{"id": "a{n}", "text": "{"x" * 281}", "early": "e"}}' for n in range(20)]
    lines += [f'{{"id": "b{n}", "text": "{"x" * 281}", "late": "l"}}' for n in range(20)]
    source, target = tmp_path / "posts.jsonl", tmp_path / "findings.parquet"
    source.write_text("\n".join(lines), encoding="utf-8")
    stream_findings(source, target, adviser(["x"]), rows=10, jobs=1)
    errors = pl.read_parquet(target).filter(pl.col("rule") == "LEN101")
    assert errors["early"].to_list() == ["e"] * 20 + [None] * 20
    assert errors["late"].to_list() == [None] * 20 + ["l"] * 20
    assert sorted(path.name for path in tmp_path.iterdir()) == ["findings.parquet", "posts.jsonl"]
