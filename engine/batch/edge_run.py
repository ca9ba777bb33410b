"""A run that aggregates interactions into an edge table and its counts."""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from ..community.reading.columns import INTERACTIONS
from ..content.writing import write_beside
from ..errors import BatchError, WriteError
from . import plan as planning
from .edge_work import (
    EDGES,
    BucketCounts,
    EdgeJob,
    acts_file,
    aggregate_bucket,
    distinct_people,
    people_file,
    shuffle_part,
)
from .engines import Engine
from .entries import REJECTS, RUN, Entry, leftovers, read_entry, rejects_file
from .job import versions
from .manifest import FILE
from .plan import Part, Plan, make_plan

PLAN = "plan.json"
PART_ROWS = 500_000
BUCKET_ROWS = 2_000_000


@dataclass(frozen=True)
class EdgeRequest:
    """What to aggregate, into which folder, by which engine; ``resume`` goes on with a run."""

    sources: tuple[str, ...]
    out: Path
    timezone: str = "UTC"
    encoding: str | None = None
    engine: Engine = field(default_factory=Engine)
    part_rows: int = PART_ROWS
    resume: bool = False


@dataclass(frozen=True)
class EdgeOutcome:
    """The plan, the counts as the manifest has them, and the parts that could not be read."""

    plan: Plan
    counts: dict[str, Any]
    failed: tuple[tuple[Part, Entry], ...]


def aggregate(request: EdgeRequest, watch: Callable[[str], object] = print) -> EdgeOutcome:
    """Write the edge table of interactions, and return its counts.

    Raises
    ------
    BatchError
        The folder holds a run, and ``resume`` is not asked for; the engine can't go on.
    WriteError
        An output can't be written; parts that are finished stay.
    ReadError
        Not one of the files can be read.
    """
    out = request.out.absolute()
    if (out / RUN / PLAN).exists() and not request.resume:
        raise BatchError(f"{request.out}: holds a run: --resume goes on with it")
    plan = make_plan(
        request.sources,
        request.part_rows,
        request.encoding,
        planning.load_plan(out / RUN / PLAN),
        lambda file: watch(f"looking at {file} …"),
        INTERACTIONS,
    )
    try:
        for folder in (EDGES, REJECTS, RUN):
            (out / folder).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WriteError(f"{request.out}: can't be written: {error.strerror or error}") from None
    planning.save_plan(plan, out / RUN / PLAN)
    rows = sum(part.slice.rows for part in plan.parts)
    job = EdgeJob(out, request.timezone, max(1, -(-rows // BUCKET_ROWS)))
    entries = _acts(request, job, plan, watch)
    done = [part for part in plan.parts if entries[part.number].failed is None]
    counts = _edges(request, job, done, watch)
    data: dict[str, Any] = {
        "edges": job.buckets,
        "versions": versions(),
        "counts": {
            **counts,
            "rejected": sum(entry.rejected for entry in entries.values()),
        },
        "inputs": [{"file": one.file, "digest": one.digest} for one in plan.inputs],
        "failed": [reason for _, reason in plan.failures]
        + [entry.failed for entry in entries.values() if entry.failed is not None],
    }
    write_beside(out / FILE, json.dumps(data, indent=1).encode())
    failed = [(part, entries[part.number]) for part in plan.parts]
    return EdgeOutcome(
        plan, data["counts"], tuple(pair for pair in failed if pair[1].failed is not None)
    )


def _acts(
    request: EdgeRequest, job: EdgeJob, plan: Plan, watch: Callable[[str], object]
) -> dict[int, Entry]:
    for path in (*leftovers(job.out, plan.parts), job.out / FILE):
        path.unlink(missing_ok=True)
    known = {part.number: read_entry(job.out, part) for part in plan.parts}
    entries = {
        part.number: entry
        for part in plan.parts
        if (entry := known[part.number]) is not None and _is_done(job, part, entry)
    }
    missing = [part for part in plan.parts if part.number not in entries]
    for entry in request.engine.run(partial(shuffle_part, job), missing):
        entries[entry.number] = entry
        watch(f"reading: {len(entries):,} of {len(plan.parts):,} parts …")
    return dict(sorted(entries.items()))


def _is_done(job: EdgeJob, part: Part, entry: Entry) -> bool:
    held = [
        (acts_file(job.out, part), entry.size),
        (rejects_file(job.out, part), entry.rejects_size),
    ]
    sizes = [path.stat().st_size if path.exists() else 0 for path, _ in held]
    fits = sizes == [size for _, size in held]
    return entry.key == job.key(part) and entry.failed is None and fits


def _edges(
    request: EdgeRequest, job: EdgeJob, parts: list[Part], watch: Callable[[str], object]
) -> dict[str, Any]:
    for path in (job.out / EDGES).glob("part-*.parquet"):
        path.unlink()
    files = tuple(acts_file(job.out, part) for part in parts)
    tasks = [(bucket, files) for bucket in range(job.buckets)] if files else []
    found: list[BucketCounts] = []
    for counts in request.engine.run(partial(aggregate_bucket, job), tasks):
        found.append(counts)
        watch(f"counting: {len(found):,} of {len(tasks):,} groups of people …")
    runs = [people_file(job.out, bucket) for bucket, _ in tasks]
    people = distinct_people(runs)
    for path in runs:
        path.unlink(missing_ok=True)
    kinds: Counter[str] = Counter()
    for one in found:
        kinds.update(one.kinds)
    firsts = [one.first for one in found if one.first is not None]
    lasts = [one.last for one in found if one.last is not None]
    sums = {
        name: sum(asdict(one)[name] for one in found)
        for name in ("acts", "self_loops", "doubles", "without_person", "pairs")
    }
    return {
        **sums,
        "people": people,
        "kinds": dict(sorted(kinds.items())),
        "first": _time(min(firsts, default=None)),
        "last": _time(max(lasts, default=None)),
    }


def _time(microseconds: int | None) -> str | None:
    if microseconds is None:
        return None
    return datetime.fromtimestamp(microseconds / 1e6, UTC).isoformat(timespec="seconds")
