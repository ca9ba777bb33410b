"""``batch`` and ``diff`` on the command line: what is said, and the exit codes."""

from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner, Result

from sharewise.cli import cli
from sharewise.commands.batch_report import duration, progress_text
from sharewise.engine.batch.run import Progress


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SHAREWISE_CONFIG", raising=False)


def run(*args: str) -> Result:
    return CliRunner().invoke(cli, ["batch", *args])


def test_a_run_says_what_it_did(backlog_of: Callable[..., pl.DataFrame]) -> None:
    backlog_of(50).write_csv("posts.csv")
    done = run("posts.csv", "-o", "out", "-p", "x", "--part-rows", "20", "-j", "1")
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines() == [
        "1 file → 46 posts → 46 rows, 4 rejected (rejects/)",
        "5 errors, 41 warnings, 0 suggestions",
        "no --model: score, rank and band are null",
        "rules about the calendar and series are not run: a part does not hold all the posts "
        "they compare; sharewise check does",
        "written to out: posts/, manifest.json",
    ]
    assert run("posts.csv", "-o", "out").exit_code == 2
    again = run(*"posts.csv -o out -p x --part-rows 20 -j 1 --resume --strict".split())  # noqa: SIM905
    assert again.exit_code == 2
    assert "3 of 3 parts were done before" in again.stdout


def test_what_could_not_be_read_is_said(backlog_of: Callable[..., pl.DataFrame]) -> None:
    backlog_of(10).write_csv("posts.csv")
    Path("bad\x1b[31m.parquet").write_bytes(b"PAR1")
    done = run("posts.csv", "bad\x1b[31m.parquet", "none.csv", "-o", "out", "-j", "1", "-q")
    assert done.exit_code == 2
    assert done.stdout == ""
    first, second = done.stderr.splitlines()
    assert first.startswith("not read: bad")
    assert "\x1b" not in first
    assert second == "not read: none.csv: no such file or directory"


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--resume", "--restart"], "name one"),
        (["--shard", "5/4"], "K/N is needed"),
        (["--scheduler", "tls://a:1"], "say --engine dask"),
        (["--top", "3"], "--top needs scores"),
        (["--part-rows", "0"], "x>=1"),
    ],
)
def test_wrong_usage(args: list[str], said: str) -> None:
    Path("posts.csv").write_text("text\nhello\n")
    done = run("posts.csv", "-o", "out", *args)
    assert done.exit_code == 2
    assert said in done.stderr


def test_a_share_says_how_it_goes_on(backlog_of: Callable[..., pl.DataFrame]) -> None:
    backlog_of(10).write_csv("posts.csv")
    done = run("posts.csv", "-o", "out", "-j", "1", "--shard", "1/2")
    assert "share 1/2 is done; when all are, --resume without --shard finishes" in done.stdout


def test_progress_tells_rows_speed_and_time_left() -> None:
    now = Progress("working", "", total=10_000, rows=2_000, reused=3_000)
    assert progress_text(now, 4.0) == (
        "working: 5,000 of 10,000 rows, 500 rows a second, 10 s left …"
    )
    assert progress_text(Progress("planning", "a.csv"), 1.0) == "looking at a.csv …"
    assert progress_text(Progress("working", total=10), 1.0) == "working: 0 of 10 rows …"
    ranking = Progress("ranking", total=300, rows=100)
    assert progress_text(ranking, 60.0) == "ranking: 33%, 2 min 0 s left …"


@pytest.mark.parametrize(
    ("seconds", "text"), [(9.6, "10 s"), (61, "1 min 1 s"), (7320, "2 h 2 min")]
)
def test_durations(seconds: float, text: str) -> None:
    assert duration(seconds) == text
