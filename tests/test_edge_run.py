"""Interactions aggregated in parts: the same edges and counts as one reading."""

import json
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from sharewise.cli import cli
from sharewise.engine.batch import edge_run
from sharewise.engine.batch.edge_run import EdgeRequest, aggregate
from sharewise.engine.batch.engines import Engine
from sharewise.engine.community.day_table import EDGE_SCHEMA
from sharewise.engine.community.handles import handle_key
from sharewise.engine.community.reading import read_interactions
from sharewise.engine.errors import BatchError

ACTS = """from,to,kind,at,post
@Ana,harborroast,like,2026-03-01 09:10:00,p1
ana,HarborRoast,like,2026-03-01 21:10:00,p2
ana,harborroast,like,2026-03-02 09:10:00,p3
ana,harborroast,like,2026-03-02 09:10:00,p3
ana,ana,like,2026-03-02 09:11:00,p3
bo,ana,comment,2026-02-01 08:00:00,p4
bo,harborroast,share,2026-03-05 10:30:00,p2
,harborroast,share,2026-03-05 10:30:00,p2
cy,harborroast,share,next week,p2
"""


def edges(out: Path) -> pl.DataFrame:
    return pl.read_parquet(sorted((out / "edges").glob("*.parquet"))).sort("from", "to", "kind")


@pytest.fixture
def acts(tmp_path: Path) -> Path:
    path = tmp_path / "acts.csv"
    path.write_text(ACTS, encoding="utf-8")
    return path


@pytest.mark.parametrize(("part_rows", "bucket_rows"), [(100, 100), (2, 3)])
def test_by_hand(
    acts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part_rows: int, bucket_rows: int
) -> None:
    monkeypatch.setattr(edge_run, "BUCKET_ROWS", bucket_rows)
    out = tmp_path / "run"
    request = EdgeRequest((str(acts),), out, engine=Engine(jobs=1), part_rows=part_rows)
    outcome = aggregate(request, lambda text: None)
    found = edges(out)
    assert found.schema == EDGE_SCHEMA
    assert found.select("from", "to", "kind", "acts", "days").rows() == [
        ("ana", "harborroast", "like", 3, 2),
        ("bo", "ana", "comment", 1, 1),
        ("bo", "harborroast", "share", 1, 1),
    ]
    assert str(found["first"][0]) == "2026-03-01 09:10:00+00:00"
    assert str(found["last"][0]) == "2026-03-02 09:10:00+00:00"
    expected = {"acts": 5, "self_loops": 1, "doubles": 1, "without_person": 0, "pairs": 3,
                "people": 3, "kinds": {"comment": 1, "like": 3, "share": 1}, "rejected": 2,
                "first": "2026-02-01T08:00:00+00:00",
                "last": "2026-03-05T10:30:00+00:00"}  # fmt: skip
    assert outcome.counts == expected
    assert json.loads((out / "manifest.json").read_text())["counts"] == expected


def test_as_one_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = Path(__file__).parent.parent / "fixtures" / "interactions.csv"
    monkeypatch.setattr(edge_run, "BUCKET_ROWS", 400)
    out = tmp_path / "run"
    request = EdgeRequest((str(source),), out, engine=Engine(jobs=1), part_rows=300)
    outcome = aggregate(request, lambda text: None)
    whole = read_interactions([source]).edges
    acts = whole.acts.filter(pl.col("to").is_not_null())
    names = pl.DataFrame({"name": whole.people}).select(handle_key(pl.col("name")))["name"]
    pairs = pl.DataFrame({"from": names.gather(acts["from"]), "to": names.gather(acts["to"])})
    expected = pairs.group_by("from", "to").len("acts").sort("from", "to")
    found = edges(out).drop_nulls("to").group_by("from", "to").agg(pl.col("acts").sum())
    assert found.sort("from", "to").equals(expected.cast({"acts": pl.UInt32}))
    assert outcome.counts["pairs"] == expected.height


def test_a_run_goes_on_and_says_what_it_did(acts: Path, tmp_path: Path) -> None:
    out = tmp_path / "run"
    arguments = ["community", "aggregate", str(acts), "-o", str(out), "-j", "1"]
    done = CliRunner().invoke(cli, arguments)
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines()[:2] == [
        "5 acts, 3 people, 3 pairs",
        "set aside: 1 on oneself, 1 doubles, 2 rejected",
    ]
    before = edges(out)
    (out / "run" / "part-000000.json").unlink()
    (out / "edges" / "part-000000.parquet").unlink()
    with pytest.raises(BatchError, match="--resume goes on"):
        aggregate(EdgeRequest((str(acts),), out), lambda text: None)
    assert CliRunner().invoke(cli, [*arguments, "--resume"]).exit_code == 0
    assert edges(out).equals(before)
