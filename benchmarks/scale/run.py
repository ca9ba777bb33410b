"""A run over many posts against its pieces, itself in other shapes, and what else one has.

``python -m benchmarks.scale.run [flat|pairs|dask|peers|pieces] …``; without a name all of them.
SHAREWISE_SCALE_ROWS is how many posts the largest run has (default 3,000,000), the others have
SHAREWISE_SCALE_SMALL (default 100,000).
"""

import json
import os
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

import polars as pl

from ..machine import machine
from .inputs import PLATFORMS, as_csv, backlog, model
from .measured import Measured, measured

LARGE = int(os.environ.get("SHAREWISE_SCALE_ROWS", "3000000"))
SMALL = int(os.environ.get("SHAREWISE_SCALE_SMALL", "100000"))
PAIRS = int(os.environ.get("SHAREWISE_SCALE_PAIRS", "3"))


def batch(source: Path, out: Path, *more: str) -> Measured:
    """Measure a run with the default model and all rules."""
    shutil.rmtree(out, ignore_errors=True)
    command = ["-m", "sharewise", "batch", str(source), "-o", str(out), "-q"]
    command += ["-p", ",".join(PLATFORMS), "--model", str(model()), *more]
    return measured(command)


def pieces(folder: Path) -> None:
    """CPU seconds of a run over two processes against those of its pieces."""
    source = backlog(SMALL)
    command = ["-m", "benchmarks.scale.pieces", str(source), str(model()), ",".join(PLATFORMS)]
    parts = json.loads(measured(command).output.splitlines()[-1])
    alone = sum(value for name, value in parts.items() if name != "posts")
    run = batch(source, folder / "run", "-j", "2", "--part-rows", "10000")
    told = ", ".join(f"{name} {value:.1f}" for name, value in parts.items() if name != "posts")
    print(f"  pieces alone: {told} = {alone:.1f} CPU s for {parts['posts']:,} posts")
    print(f"  the run, two processes: {run.cpu:.1f} CPU s, start of all processes included")
    print(f"  → {alone / run.cpu:.2f}× of what the pieces allow (CPU seconds)")


def flat(folder: Path) -> None:
    """CPU seconds a post and memory, at a small and a large backlog."""
    runs = [(rows, batch(backlog(rows), folder / "run", "-j", "2")) for rows in (SMALL, LARGE)]
    for rows, run in runs:
        print(
            f"  {rows:,} posts: {run.cpu / rows * 1e6:.0f} CPU µs a post, {run.seconds:.0f} s, "
            f"peak {run.peak_mb:.0f} MB, all processes"
        )
    (few, first), (many, last) = runs
    print(f"  → CPU a post {(last.cpu / many) / (first.cpu / few):.2f}×")


def pairs(folder: Path) -> None:
    """Two processes against one, a thread each."""
    source, ratios = backlog(SMALL), []
    for _ in range(PAIRS):
        one, two = (
            batch(source, folder / "run", "-j", jobs, "--part-rows", "10000") for jobs in "12"
        )
        ratios.append(one.seconds / two.seconds)
        print(f"  one {one.seconds:.1f} s, two {two.seconds:.1f} s: {ratios[-1]:.2f}×")
    print(f"  → median {statistics.median(ratios):.2f}×")


def dask(folder: Path) -> None:
    """Two workers of Dask against two processes, and the same rows."""
    source, ratios = backlog(SMALL), []
    more = ("-j", "2", "--part-rows", "10000")
    for _ in range(PAIRS):
        local = batch(source, folder / "local", *more)
        other = batch(source, folder / "dask", *more, "--engine", "dask")
        ratios.append(local.seconds / other.seconds)
        print(f"  local {local.seconds:.1f} s, Dask {other.seconds:.1f} s: {ratios[-1]:.2f}×")
    same = _rows(folder / "local").equals(_rows(folder / "dask"))
    print(f"  → median {statistics.median(ratios):.2f}×; rows are {'the same' if same else 'NOT'}")


def peers(folder: Path) -> None:
    """The whole run against the scoring and counting alone, as pandas and Dask would do it."""
    source = as_csv(backlog(SMALL))
    rows = [("sharewise, 1 process", batch(source, folder / "run", "-j", "1")),
            ("sharewise, 2 processes", batch(source, folder / "run", "-j", "2",
                                             "--part-rows", "10000"))]  # fmt: skip
    for name, how in (("pandas, 1 process", ["pandas"]), ("Dask map_partitions, 2", ["dask"])):
        target = folder / how[0]
        shutil.rmtree(target, ignore_errors=True)
        command = ["-m", "benchmarks.scale.plain_pandas", *how, str(source), str(target), "2"]
        rows.append((name, measured(command)))
    for name, run in rows:
        print(f"  {name:<24} {run.seconds:7.1f} s  {run.cpu:7.1f} CPU s  {run.peak_mb:6.0f} MB")


def _rows(out: Path) -> pl.DataFrame:
    return pl.read_parquet(sorted((out / "posts").glob("*.parquet")))


def main(names: list[str]) -> None:
    """Run what is named, else everything."""
    known = {"pieces": pieces, "pairs": pairs, "dask": dask, "peers": peers, "flat": flat}
    print(f"scale · {machine()}")
    with tempfile.TemporaryDirectory() as folder:
        for name in names or known:
            print((known[name].__doc__ or "").strip(), flush=True)
            known[name](Path(folder))


if __name__ == "__main__":
    main(sys.argv[1:])
