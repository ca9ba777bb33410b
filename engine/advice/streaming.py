"""Findings about millions of posts: batch by batch, over all cores, memory flat."""

import os
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from ..content.writing import write_beside
from .finding_schema import FINDING_SCHEMA
from .recommending import Adviser
from .unknown_columns import with_unknown_columns

BATCH_ROWS = 18_000


@dataclass
class StreamCounts:
    """What has gone through so far; ``severities`` counts the findings by severity."""

    posts: int = 0
    rejected: int = 0
    findings: int = 0
    severities: dict[str, int] = field(default_factory=dict)


def stream_findings(
    source: str | Path,
    target: Path,
    adviser: Adviser,
    *,
    rows: int = BATCH_ROWS,
    jobs: int | None = None,
    on_batch: Callable[[StreamCounts], None] | None = None,
) -> StreamCounts:
    """Read one large file, write its findings as Parquet, hold a few batches at a time.

    Suppressed findings are left out; the posts' unknown columns follow those of a finding.
    Rules about the calendar and series are silent: a batch does not hold all their posts.

    Parameters
    ----------
    source
        A Parquet, CSV or JSON lines file.
    target
        The Parquet file to write: beside its place first, then renamed.
    adviser
        Platforms, rules and settings.
    rows
        Posts a batch.
    jobs
        Processes; None: as many as there are cores. The findings are the same for any number.
    on_batch
        Called with the counts after each batch.
    """
    counts = StreamCounts()

    def write(path: Path) -> None:
        frames = _findings(source, adviser, rows, jobs or os.cpu_count() or 1, counts, on_batch)
        _sink(frames, path)

    write_beside(target, write)
    return counts


def _findings(
    source: str | Path,
    adviser: Adviser,
    rows: int,
    jobs: int,
    counts: StreamCounts,
    on_batch: Callable[[StreamCounts], None] | None,
) -> Iterator[pl.DataFrame]:
    read = _posts(source, adviser, rows, counts)
    found: Iterator[pl.DataFrame]
    if jobs == 1:
        found = (_numbered(adviser, posts, first) for posts, first in read)
    else:
        found = _in_processes(read, adviser, jobs)
    for findings in found:
        counts.findings += findings.height
        for severity, number in findings["severity"].value_counts().iter_rows():
            counts.severities[severity] = counts.severities.get(severity, 0) + number
        if on_batch:
            on_batch(counts)
        yield findings


def _posts(
    source: str | Path, adviser: Adviser, rows: int, counts: StreamCounts
) -> Iterator[tuple[pl.DataFrame, int]]:
    """Yield the posts of a batch, and how many posts came before it."""
    for files in adviser.batches(source, rows=rows):
        first = counts.posts
        counts.posts += files.posts.height
        counts.rejected += files.rejects.height
        yield files.posts, first


def _numbered(adviser: Adviser, posts: pl.DataFrame, first: int) -> pl.DataFrame:
    shown = adviser.findings(posts, company=False).filter(pl.col("suppressed").is_null())
    found, _ = with_unknown_columns(shown, posts)
    return found.with_columns((pl.col("index") + pl.lit(first, pl.UInt32)).alias("index"))


def _in_processes(
    posts: Iterator[tuple[pl.DataFrame, int]], adviser: Adviser, jobs: int
) -> Iterator[pl.DataFrame]:
    from joblib import Parallel, delayed

    recipe = pickle.dumps((adviser.settings, adviser.chosen, adviser.extra_packs))
    with _one_polars_thread():
        work = Parallel(n_jobs=jobs, return_as="generator", pre_dispatch=jobs + 1)
        tasks = (delayed(_work)(recipe, _packed(frame), first) for frame, first in posts)
        for packed in work(tasks):
            yield pl.read_ipc(BytesIO(packed))


def _work(recipe: bytes, packed: bytes, first: int) -> bytes:
    return _packed(_numbered(_adviser_again(recipe), pl.read_ipc(BytesIO(packed)), first))


@lru_cache(maxsize=1)
def _adviser_again(recipe: bytes) -> Adviser:
    """Return the adviser in a worker; the recipe comes from the process that started it."""
    return Adviser(*pickle.loads(recipe))  # noqa: S301


def _packed(frame: pl.DataFrame) -> bytes:
    buffer = BytesIO()
    frame.write_ipc(buffer)
    return buffer.getvalue()


@contextmanager
def _one_polars_thread() -> Iterator[None]:
    """Make the processes started inside use one Polars thread each: the cores are theirs."""
    before = os.environ.get("POLARS_MAX_THREADS")
    os.environ["POLARS_MAX_THREADS"] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ["POLARS_MAX_THREADS"]
        else:
            os.environ["POLARS_MAX_THREADS"] = before


def _sink(frames: Iterator[pl.DataFrame], path: Path) -> None:
    """Write the frames as one Parquet file, by way of a part each: their columns may differ."""
    with TemporaryDirectory(prefix=".sharewise-", dir=path.parent) as folder:
        parts = []
        for number, frame in enumerate(frames):
            parts.append(Path(folder) / f"{number:06}.parquet")
            frame.write_parquet(parts[-1], compression="lz4")
        if not parts:
            pl.DataFrame(schema=FINDING_SCHEMA).write_parquet(path, compression="zstd")
            return
        whole = pl.concat([pl.scan_parquet(part) for part in parts], how="diagonal_relaxed")
        whole.sink_parquet(path, compression="zstd", maintain_order=True)
