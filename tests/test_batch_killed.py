"""Runs whose processes are killed: what is finished stays whole, and the end is the same bytes."""

import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import polars as pl
import pytest

from sharewise.engine.advice.recommending import adviser
from sharewise.engine.batch.run import Request, run_batch

pytestmark = pytest.mark.skipif(
    not Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").exists(),
    reason="needs /proc to find the workers",
)
needs_dask = pytest.mark.skipif(
    find_spec("distributed") is None, reason="Dask is not installed: pip install sharewise[dask]"
)
PART_ROWS, PARTS, DEADLINE = 300, 10, 120


@pytest.fixture(scope="module")
def source(
    tmp_path_factory: pytest.TempPathFactory, backlog_of: Callable[..., pl.DataFrame]
) -> Path:
    path = tmp_path_factory.mktemp("source") / "posts.parquet"
    backlog_of(PART_ROWS * PARTS).write_parquet(path)
    return path


@pytest.fixture(scope="module")
def undisturbed(source: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    out = tmp_path_factory.mktemp("whole") / "run"
    run_batch(Request((str(source),), out, part_rows=PART_ROWS, jobs=1), adviser(["x"]))
    return contents(out)


def contents(out: Path) -> dict[str, str]:
    return {
        str(path.relative_to(out)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*"))
        if path.is_file()
    }


def started(source: Path, out: Path, *more: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "sharewise", "batch", str(source), "-o", str(out)]
    command += ["-p", "x", "--part-rows", str(PART_ROWS), *more]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def wait_for_parts(out: Path, run: "subprocess.Popen[str]", parts: int = 2) -> None:
    deadline = time.monotonic() + DEADLINE
    while time.monotonic() < deadline and run.poll() is None:
        if len(list((out / "run").glob("part-*.json"))) >= parts:
            return
        time.sleep(0.005)
    pytest.fail(f"no {parts} parts were done: {run.communicate()}")


def workers(process: int, marks: tuple[bytes, ...]) -> list[int]:
    """Return the descendants of a process whose command line has one of the marks."""
    found = []
    for tasks in Path(f"/proc/{process}/task").glob("*/children"):
        for child in map(int, tasks.read_text().split()):
            line = Path(f"/proc/{child}/cmdline").read_bytes()
            found += [child] if any(mark in line for mark in marks) else []
            found += workers(child, marks)
    return found


def test_a_killed_worker_costs_no_row(
    source: Path, undisturbed: dict[str, str], tmp_path: Path
) -> None:
    out = tmp_path / "run"
    run = started(source, out, "--jobs", "2")
    wait_for_parts(out, run)
    found = workers(run.pid, (b"loky.backend.popen",))
    assert found
    os.kill(found[0], signal.SIGKILL)
    _, errors = run.communicate(timeout=DEADLINE)
    assert run.returncode == 0, errors
    assert contents(out) == undisturbed


@needs_dask
def test_a_killed_worker_of_dask_costs_no_row(
    source: Path, undisturbed: dict[str, str], tmp_path: Path
) -> None:
    out = tmp_path / "run"
    run = started(source, out, "--engine", "dask", "--jobs", "2")
    wait_for_parts(out, run)
    found = workers(run.pid, (b"spawn_main",))
    assert found
    os.kill(found[0], signal.SIGKILL)
    _, errors = run.communicate(timeout=DEADLINE)
    assert run.returncode == 0, errors
    assert contents(out) == undisturbed


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_stopped_run_goes_on(
    source: Path, undisturbed: dict[str, str], tmp_path: Path, how: signal.Signals
) -> None:
    out = tmp_path / "run"
    run = started(source, out, "--jobs", "1")
    wait_for_parts(out, run)
    run.send_signal(how)
    _, errors = run.communicate(timeout=DEADLINE)
    if how == signal.SIGINT:
        assert (run.returncode, errors.strip()) == (130, "sharewise: stopped")
        assert not list(out.rglob("*.part"))
    done = len(list((out / "run").glob("part-*.json")))
    assert 2 <= done < PARTS
    assert not (out / "manifest.json").exists()
    for path in (out / "posts").glob("part-*.parquet"):
        pl.read_parquet(path)
    request = Request((str(source),), out, part_rows=PART_ROWS, jobs=1, resume=True)
    assert run_batch(request, adviser(["x"])).reused >= done - 1
    assert contents(out) == undisturbed


@needs_dask
def test_a_scheduler_that_goes_away_is_said(
    source: Path, undisturbed: dict[str, str], tmp_path: Path
) -> None:
    out = tmp_path / "run"
    scheduler = subprocess.Popen(
        [sys.executable, "-c", SCHEDULER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert scheduler.stdout is not None
    address = scheduler.stdout.readline().strip()
    run = started(source, out, "--engine", "dask", "--scheduler", address)
    try:
        wait_for_parts(out, run)
    finally:
        for worker in workers(scheduler.pid, (b"spawn_main",)):
            os.kill(worker, signal.SIGKILL)
        scheduler.kill()
        scheduler.communicate()
    _, errors = run.communicate(timeout=DEADLINE)
    assert run.returncode == 2
    assert "the scheduler went away" in errors
    request = Request((str(source),), out, part_rows=PART_ROWS, jobs=1, resume=True)
    assert run_batch(request, adviser(["x"])).reused >= 2
    assert contents(out) == undisturbed


SCHEDULER = """
from distributed import LocalCluster
if __name__ == "__main__":
    cluster = LocalCluster(n_workers=1, threads_per_worker=1, host="127.0.0.1",
                           dashboard_address=None)
    print(cluster.scheduler_address, flush=True)
    input()
"""
