"""Findings about millions of posts: batch by batch, over all cores, memory flat."""

import os
import pickle
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl

from ..content.writing import write_beside
from ..worker_environment import worker_environment
from .finding_schema import FINDING_SCHEMA
from .recommending import Adviser
from .unknown_columns import with_unknown_columns

BATCH_ROWS = 12_000


@dataclass
class StreamCounts:
    """What has gone through so far; ``severities`` counts the findings by severity."""

    posts: int = 0
    rejected: int = 0
    findings: int = 0
    severities: dict[str, int] = field(default_factory=dict)


_Batch = tuple[pl.DataFrame, int, Path]
"""The posts of a batch, how many came before them, and where its findings go."""


@dataclass(frozen=True)
class _Part:
    """The findings of one batch: where they are written, how many of each severity."""

    path: Path
    severities: dict[str, int]


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
        with TemporaryDirectory(prefix=".sharewise-", dir=path.parent) as folder:
            batches = _batches(source, adviser, rows, counts, Path(folder))
            parts = []
            for part in _worked(adviser, batches, jobs or os.cpu_count() or 1):
                parts.append(part.path)
                _count(counts, part)
                if on_batch:
                    on_batch(counts)
            _join(parts, path)

    write_beside(target, write)
    return counts


def _worked(adviser: Adviser, batches: Iterator[_Batch], jobs: int) -> Iterator[_Part]:
    if jobs == 1:
        return (_write_findings(adviser, *batch) for batch in batches)
    return _in_processes(adviser, batches, jobs)


def _batches(
    source: str | Path, adviser: Adviser, rows: int, counts: StreamCounts, folder: Path
) -> Iterator[_Batch]:
    for number, files in enumerate(adviser.batches(source, rows=rows)):
        first = counts.posts
        counts.posts += files.posts.height
        counts.rejected += files.rejects.height
        yield files.posts, first, folder / f"{number:06}.arrow"


def _write_findings(adviser: Adviser, posts: pl.DataFrame, first: int, path: Path) -> _Part:
    shown = adviser.findings(posts, company=False).filter(pl.col("suppressed").is_null())
    found, _ = with_unknown_columns(shown, posts)
    found = found.with_columns((pl.col("index") + pl.lit(first, pl.UInt32)).alias("index"))
    found.write_ipc(path, compression="lz4")
    return _Part(path, dict(found["severity"].value_counts().iter_rows()))


def _in_processes(adviser: Adviser, batches: Iterator[_Batch], jobs: int) -> Iterator[_Part]:
    from joblib import Parallel, delayed

    recipe = pickle.dumps((adviser.settings, adviser.chosen, adviser.extra_packs))
    with worker_environment():
        work = Parallel(n_jobs=jobs, return_as="generator", pre_dispatch=jobs + 1)
        tasks = (
            delayed(_work)(recipe, _packed(posts), first, path) for posts, first, path in batches
        )
        yield from work(tasks)


def _work(recipe: bytes, packed: bytes, first: int, path: Path) -> _Part:
    return _write_findings(_adviser_again(recipe), pl.read_ipc(BytesIO(packed)), first, path)


@lru_cache(maxsize=1)
def _adviser_again(recipe: bytes) -> Adviser:
    """Return the adviser in a worker; the recipe comes from the process that started it."""
    return Adviser(*pickle.loads(recipe))  # noqa: S301


def _packed(frame: pl.DataFrame) -> bytes:
    buffer = BytesIO()
    frame.write_ipc(buffer)
    return buffer.getvalue()


def _count(counts: StreamCounts, part: _Part) -> None:
    counts.findings += sum(part.severities.values())
    for severity, number in part.severities.items():
        counts.severities[severity] = counts.severities.get(severity, 0) + number


def _join(parts: list[Path], path: Path) -> None:
    """Write the parts as one Parquet file; their columns may differ."""
    if not parts:
        pl.DataFrame(schema=FINDING_SCHEMA).write_parquet(path, compression="zstd")
        return
    whole = pl.concat([pl.scan_ipc(part) for part in parts], how="diagonal_relaxed")
    whole.sink_parquet(path, compression="zstd", maintain_order=True)
