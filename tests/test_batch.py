"""A run over many files: the same rows as one reading, however it is cut, done or resumed."""

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from sharewise.engine.advice.recommending import Adviser, adviser
from sharewise.engine.batch.manifest import read_manifest
from sharewise.engine.batch.part_work import score_part
from sharewise.engine.batch.rows import ROW_SCHEMA
from sharewise.engine.batch.run import Outcome, Request, run_batch
from sharewise.engine.batch.shard import shard_named
from sharewise.engine.errors import BatchError, ReadError, SharewiseError, WriteError

Backlog = Callable[..., pl.DataFrame]


@pytest.fixture(scope="module")
def using() -> Adviser:
    return adviser()


@pytest.fixture
def folder(tmp_path: Path, backlog_of: Backlog) -> Path:
    """180 posts in three files of three formats; the last one holds one id of the first again."""
    source = tmp_path / "backlog"
    source.mkdir()
    backlog_of(80).write_parquet(source / "a.parquet", row_group_size=30)
    backlog_of(60, 80).write_csv(source / "b.csv")
    last = pl.concat([backlog_of(39, 140), backlog_of(1, 3)])
    last.write_ndjson(source / "c.jsonl")
    return source


def contents(out: Path) -> dict[str, str]:
    """Return a digest of every file of a run; the plan knows when the inputs were changed."""
    return {
        str(path.relative_to(out)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*"))
        if path.is_file()
    }


def rows(out: Path) -> pl.DataFrame:
    return pl.read_parquet(sorted((out / "posts").glob("*.parquet")))


def rejects(out: Path) -> pl.DataFrame:
    return pl.read_parquet(sorted((out / "rejects").glob("*.parquet")))


@pytest.mark.parametrize(("part_rows", "jobs"), [(1000, 1), (25, 1), (40, 2)])
def test_rows_are_those_of_one_reading(
    folder: Path, tmp_path: Path, using: Adviser, part_rows: int, jobs: int
) -> None:
    out = tmp_path / "run"
    request = Request((str(folder),), out, part_rows=part_rows, jobs=jobs)
    outcome = run_batch(request, using)
    whole = using.read(sorted(folder.iterdir()))
    findings = using.findings(whole.posts, company=False)
    found = rows(out)
    assert found.schema == ROW_SCHEMA
    assert found["post"].unique(maintain_order=True).to_list() == whole.posts["id"].to_list()
    told = found.explode("findings").drop_nulls("findings").unnest("findings")
    assert told.select("post", "platform", "rule", "severity").equals(
        findings.select("post", "platform", "rule", "severity")
    )
    first = findings.unique(["post", "platform"], keep="first", maintain_order=True)
    advice = found.drop_nulls("recommendation")["recommendation"].to_list()
    assert advice == [f"{rule}: {text}" for rule, text in first.select("rule", "message").rows()]
    assert rejects(out).sort("file", "row").equals(whole.rejects.sort("file", "row"))
    counts = read_manifest(out).data["counts"]
    assert counts["posts"] == whole.posts.height == sum(e.posts for _, e in outcome.done)
    assert (counts["rows"], counts["rejected"]) == (found.height, whole.rejects.height)
    assert counts["findings"]["error"] == findings.filter(severity="error").height


def test_ranks_count_over_the_whole_backlog(
    folder: Path, tmp_path: Path, using: Adviser, model_file: Path
) -> None:
    out = tmp_path / "run"
    request = Request((str(folder),), out, model=model_file, top=3, part_rows=25, jobs=1)
    run_batch(request, using)
    found = rows(out)
    scored = found.filter(pl.col("score").is_not_null())
    assert set(scored["platform"]) == {"instagram"}  # the history has too few posts elsewhere
    expected = scored.select(pl.col("score").rank("min", descending=True).cast(pl.UInt32))
    assert scored["rank"].equals(expected["score"])
    assert found.filter(pl.col("score").is_null())["rank"].null_count() == found.height / 2
    assert scored["band"].null_count() == 0
    best = scored.sort("rank", maintain_order=True).head(3)
    assert pl.read_parquet(out / "top.parquet").equals(best)
    assert read_manifest(out).digest("model") is not None


@pytest.mark.parametrize("form", ["csv", "jsonl"])
def test_other_formats_hold_the_same(
    folder: Path, tmp_path: Path, using: Adviser, form: str
) -> None:
    here, there = tmp_path / "parquet", tmp_path / form
    for out, name in ((here, "parquet"), (there, form)):
        run_batch(Request((str(folder),), out, form=name, part_rows=50, jobs=1), using)
    files = sorted((there / "posts").iterdir())
    assert {path.suffix for path in files} == {f".{form}"}
    if form == "jsonl":
        lines = [json.loads(line) for path in files for line in path.read_text().splitlines()]
        assert lines == rows(here).to_dicts()
    else:
        cells = pl.concat(pl.read_csv(path, infer_schema=False) for path in files)
        assert cells["recommendation"].equals(rows(here)["recommendation"])
        assert cells["findings"][0] == "LEN101:error:unsafe"


def test_resumed_runs_end_in_the_same_bytes(
    folder: Path, tmp_path: Path, using: Adviser, model_file: Path
) -> None:
    request = Request((str(folder),), tmp_path / "whole", model=model_file, part_rows=30, jobs=1)
    run_batch(request, using)
    again = replace(request, out=tmp_path / "broken")
    run_batch(again, using)
    lost = [
        "posts/part-000001.parquet",  # lost altogether
        "run/part-000003.json",  # written, not on record
        "manifest.json",
        "rejects/part-000000.parquet",
    ]
    for name in lost:
        (again.out / name).unlink()
    (again.out / "posts" / "part-000004.parquet").write_bytes(b"PAR1 cut")
    (again.out / "posts" / ".part-000005.parquet.77-ab12.part").write_bytes(b"half")
    outcome = run_batch(replace(again, resume=True), using)
    assert outcome.reused == len(outcome.plan.parts) - 4
    assert contents(again.out) == contents(request.out)


def test_what_decides_a_part_makes_it_anew(
    folder: Path, tmp_path: Path, using: Adviser, backlog_of: Backlog, model_file: Path
) -> None:
    request = Request((str(folder),), tmp_path / "run", part_rows=40, jobs=1)
    parts = len(run_batch(request, using).plan.parts)
    resumed = replace(request, resume=True)
    assert run_batch(resumed, using).reused == parts
    backlog_of(60, 500).write_csv(folder / "b.csv")
    # Its two parts, and the one that had set aside a post because of another.
    assert run_batch(resumed, using).reused == parts - 3
    with_model = replace(resumed, model=model_file)
    assert run_batch(with_model, using).reused == 0
    whole = replace(with_model, out=tmp_path / "fresh", resume=False)
    run_batch(whole, using)
    assert contents(with_model.out) == contents(whole.out)


def test_a_run_is_not_written_over(folder: Path, tmp_path: Path, using: Adviser) -> None:
    request = Request((str(folder / "b.csv"),), tmp_path / "run", jobs=1)
    run_batch(request, using)
    with pytest.raises(BatchError, match="--resume goes on with it, --restart begins anew"):
        run_batch(request, using)
    before = contents(request.out)
    assert run_batch(replace(request, restart=True), using).reused == 0
    assert contents(request.out) == before


def test_shards_make_the_whole(folder: Path, tmp_path: Path, using: Adviser) -> None:
    request = Request((str(folder),), tmp_path / "whole", part_rows=25, jobs=1)
    run_batch(request, using)
    shared = replace(request, out=tmp_path / "shards")
    done: list[Outcome] = [
        run_batch(replace(shared, shard=shard_named(f"{k}/3")), using) for k in (2, 3, 1)
    ]
    assert sum(len(one.done) for one in done) == len(done[0].plan.parts)
    assert not (shared.out / "manifest.json").exists()
    assert run_batch(replace(shared, resume=True), using).reused == len(done[0].plan.parts)
    assert contents(shared.out) == contents(request.out)


def test_workers_with_other_rules_or_models_refuse(
    folder: Path, tmp_path: Path, using: Adviser, model_file: Path
) -> None:
    request = Request((str(folder / "b.csv"),), tmp_path / "run", jobs=1)
    outcome = run_batch(request, using)
    part = outcome.plan.parts[0]
    with pytest.raises(BatchError, match="rules on this worker are not those of the run"):
        score_part(replace(outcome.job, rules="0" * 64), part)
    other = replace(outcome.job, model=model_file, model_digest="0" * 64)
    with pytest.raises(BatchError, match="model on this worker is not that of the run"):
        score_part(other, part)


def test_what_is_gone_from_the_backlog_is_gone_from_the_run(
    folder: Path, tmp_path: Path, using: Adviser
) -> None:
    request = Request((str(folder),), tmp_path / "run", part_rows=40, jobs=1)
    run_batch(request, using)
    (folder / "c.jsonl").unlink()
    run_batch(replace(request, resume=True), using)
    fresh = replace(request, out=tmp_path / "fresh")
    run_batch(fresh, using)
    assert contents(request.out) == contents(fresh.out)


@pytest.mark.parametrize("text", ["0/3", "4/3", "1", "a/b", "1/0", "-1/3"])
def test_shards_that_are_none(text: str) -> None:
    with pytest.raises(BatchError, match=r"K/N is needed, K from 1 to N"):
        shard_named(text)


def test_one_corrupt_file_costs_itself(folder: Path, tmp_path: Path, using: Adviser) -> None:
    (folder / "bad.parquet").write_bytes(b"PAR1 and no more")
    good = (folder / "a.parquet").read_bytes()
    (folder / "torn.parquet").write_bytes(good[:60] + b"\0" * 200 + good[260:])
    (folder / "empty.jsonl").touch()
    backlog_of_other = pl.DataFrame({"Message": ["Other words"], "Surprise": [1]})
    backlog_of_other.write_csv(folder / "other.csv")
    pl.DataFrame({"price": [1.5]}).write_csv(folder / "prices.csv")
    out = tmp_path / "run"
    outcome = run_batch(Request((str(folder),), out, part_rows=100, jobs=1), using)
    assert [Path(file).name for file, _ in outcome.plan.failures] == ["bad.parquet", "prices.csv"]
    assert "not a whole Parquet file" in outcome.plan.failures[0][1]
    assert "no column holds a post: found price" in outcome.plan.failures[1][1]
    assert [Path(part.slice.file).name for part, _ in outcome.failed] == ["torn.parquet"]
    assert [Path(file).name for file in outcome.plan.empty] == ["empty.jsonl"]
    assert rows(out).filter(pl.col("file").str.ends_with("other.csv")).height == 11
    told = read_manifest(out).data["failed"]
    assert [Path(one["file"]).name for one in told] == ["bad.parquet", "prices.csv", "torn.parquet"]
    names = {path.name for path in (out / "posts").iterdir()}
    assert f"part-{outcome.failed[0][0].number:06}.parquet" not in names


def test_what_fails_now_is_tried_again(folder: Path, tmp_path: Path, using: Adviser) -> None:
    good = (folder / "a.parquet").read_bytes()
    (folder / "a.parquet").write_bytes(good[:60] + b"\0" * 200 + good[260:])
    request = Request((str(folder),), tmp_path / "run", part_rows=100, jobs=1, form="csv")
    assert len(run_batch(request, using).failed) == 1
    (folder / "a.parquet").write_bytes(good)
    outcome = run_batch(replace(request, resume=True), using)
    assert (len(outcome.failed), outcome.reused) == (0, 2)
    whole = replace(request, out=tmp_path / "whole")
    run_batch(whole, using)
    assert contents(whole.out) == contents(request.out)


FULL = """
import resource, signal, sys
from pathlib import Path
from sharewise.engine.advice.recommending import adviser
from sharewise.engine.batch.part_work import score_part
from sharewise.engine.batch.run import Request, run_batch
from sharewise.engine.errors import WriteError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), resource.RLIM_INFINITY))
try:
    run_batch(Request((sys.argv[1],), Path(sys.argv[2]), part_rows=5000, jobs=1), adviser(["x"]))
except WriteError as error:
    print(error)
    sys.exit(2)
"""


def test_a_disk_that_fills_leaves_whole_parts(
    tmp_path: Path, backlog_of: Backlog, using: Adviser
) -> None:
    source, out = tmp_path / "backlog", tmp_path / "run"
    source.mkdir()
    backlog_of(100).write_ndjson(source / "a.jsonl")
    with (source / "b.jsonl").open("w", encoding="utf-8") as lines:
        for n in range(900, 2900):
            lines.write(json.dumps({"id": f"q{n}", "text": hashlib.sha512(b"%d" % n).hexdigest()}))
            lines.write("\n")
    command = [sys.executable, "-c", FULL, str(source), str(out), "12000"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2, done.stderr
    assert "can't be written" in done.stdout
    assert [path.name for path in (out / "posts").iterdir()] == ["part-000000.parquet"]
    assert rows(out).height == 100 - 8
    request = Request((str(source),), out, part_rows=5000, jobs=1, resume=True)
    resumed = run_batch(request, adviser(["x"]))
    assert (resumed.reused, len(resumed.done)) == (1, 2)


def test_models_and_files_that_are_not_there(
    folder: Path, tmp_path: Path, using: Adviser, model_file: Path
) -> None:
    old = tmp_path / "old.model"
    old.write_bytes(model_file.read_bytes()[:2000])
    request = Request((str(folder),), tmp_path / "run", jobs=1)
    with pytest.raises(SharewiseError, match=r"old\.model"):
        run_batch(replace(request, model=old), using)
    with pytest.raises(BatchError, match="--top needs scores"):
        run_batch(replace(request, top=3), using)
    with pytest.raises(ReadError, match=r"none\.csv: no such file"):
        run_batch(replace(request, sources=(str(folder / "none.csv"),)), using)
    with pytest.raises(ReadError, match="a run reads files"):
        run_batch(replace(request, sources=("-",)), using)
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(ReadError, match="no file to read in it"):
        run_batch(replace(request, sources=(str(empty),)), using)
    (tmp_path / "blocked").write_text("a file")
    with pytest.raises(WriteError, match="blocked: can't be written"):
        run_batch(replace(request, out=tmp_path / "blocked"), using)
    assert not (tmp_path / "run" / "posts").exists() or not rows_there(tmp_path / "run")


def rows_there(out: Path) -> list[Path]:
    return list((out / "posts").iterdir())


@pytest.mark.parametrize("form", ["parquet", "csv", "jsonl"])
def test_addresses_are_read_with_fsspec(
    folder: Path, tmp_path: Path, using: Adviser, form: str
) -> None:
    import fsspec

    [source] = [path for path in folder.iterdir() if path.suffix == f".{form}"]
    store = fsspec.filesystem("memory")
    store.pipe(f"/backlog/posts.{form}", source.read_bytes())
    try:
        out = tmp_path / "run"
        run_batch(Request(("memory://backlog",), out, part_rows=25, jobs=1), using)
    finally:
        store.rm("/backlog", recursive=True)
    local = replace(Request((str(source),), tmp_path / "local", part_rows=25, jobs=1))
    run_batch(local, using)
    assert rows(out).drop("file").equals(rows(local.out).drop("file"))
    assert set(rows(out)["file"]) == {f"memory:///backlog/posts.{form}"}
    with pytest.raises(BatchError, match=r"nowhere://x/y\.csv: no driver for this"):
        run_batch(Request(("nowhere://x/y.csv",), tmp_path / "none", jobs=1), using)
