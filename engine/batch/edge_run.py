"""A run that counts interactions by day into a table, or adds them to one that is there."""

import json
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl

from ..community.cleaning import off_the_half_hour
from ..community.reading.columns import INTERACTIONS
from ..community.reading.saved_table import DAYS
from ..content.writing import write_beside
from ..errors import BatchError, WriteError
from . import plan as planning
from .edge_growth import grow
from .edge_table import (
    SavedTable,
    added_counts,
    beside,
    counts_of,
    days_together,
    is_grown,
    load_table,
    restored,
    take_place,
)
from .edge_work import (
    EDGES,
    BucketCounts,
    EdgeJob,
    acts_file,
    aggregate_bucket,
    day_name,
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
KEEP, REPLACE = "keep", "replace"


@dataclass(frozen=True)
class EdgeRequest:
    """What to count, into which folder, by which engine.

    Attributes
    ----------
    sources : files, folders, addresses
    out : folder of the run
    timezone, day_first, encoding : how the files are read
    engine : where the work is done
    part_rows : rows a part
    resume : go on with the run in ``out``
    update : folder of the table that is added to; it may be ``out`` itself, which is replaced
        whole when all is done
    known_days : `KEEP`: of a day that the table holds, new acts are set aside; `REPLACE`: they
        take the place of what it holds of that day
    """

    sources: tuple[str, ...]
    out: Path
    timezone: str = "UTC"
    encoding: str | None = None
    engine: Engine = field(default_factory=Engine)
    part_rows: int = PART_ROWS
    resume: bool = False
    day_first: bool | None = None
    update: Path | None = None
    known_days: str = KEEP


@dataclass(frozen=True)
class EdgeOutcome:
    """The plan, the counts as the manifest has them, and the parts that could not be read.

    ``closed`` are days that the table held already with the new acts set aside for that,
    ``replaced`` those whose acts gave way to new ones, ``added`` acts counted of the new files.
    ``taken`` is False where a table was not updated in its place, since not all could be read: its
    days would be closed to the rest.
    """

    plan: Plan
    counts: dict[str, Any]
    failed: tuple[tuple[Part, Entry], ...]
    closed: dict[str, int] = field(default_factory=dict)
    replaced: tuple[str, ...] = ()
    added: int = 0
    taken: bool = True


def aggregate(request: EdgeRequest, watch: Callable[[str], object] = print) -> EdgeOutcome:
    """Write the table of interactions by day and its edges, and return its counts.

    Raises
    ------
    BatchError
        The folder holds a run, and ``resume`` is not asked for; there is no table to add to; its
        acts can't be told from their doubles by the times of the new ones; the engine can't go on.
    WriteError
        An output can't be written; parts that are finished stay.
    ReadError
        Not one of the files can be read.
    """
    folder = request.out.absolute()
    if request.update is None:
        if is_grown(folder):
            raise BatchError(
                f"{request.out}: holds days of earlier files; --update {request.out} adds to it"
            )
        return _run(request, SavedTable(), watch)
    restored(request.update.absolute())
    table = load_table(request.update)
    if request.update.absolute() != folder:
        return _run(request, table, watch)
    if not request.resume:
        shutil.rmtree(beside(folder), ignore_errors=True)
    outcome = _run(replace(request, out=beside(folder)), table, watch)
    if outcome.failed or outcome.plan.failures:
        return replace(outcome, taken=False)
    take_place(folder, table)
    return outcome


def _run(request: EdgeRequest, table: SavedTable, watch: Callable[[str], object]) -> EdgeOutcome:
    out = request.out.absolute()
    if (out / RUN / PLAN).exists() and not request.resume:
        raise BatchError(
            f"{request.out}: holds a run: --resume goes on with it; --update adds files to a table"
        )
    plan = make_plan(
        request.sources,
        request.part_rows,
        request.encoding,
        planning.load_plan(out / RUN / PLAN),
        lambda file: watch(f"looking at {file} …"),
        INTERACTIONS,
    )
    try:
        for folder in (DAYS, EDGES, REJECTS, RUN):
            (out / folder).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WriteError(f"{request.out}: can't be written: {error.strerror or error}") from None
    planning.save_plan(plan, out / RUN / PLAN)
    rows = sum(part.slice.rows for part in plan.parts)
    # Few new days are added to what is there; many, or days that give way, go through it all.
    few = bool(table.files) and request.known_days == KEEP and rows <= BUCKET_ROWS
    job = EdgeJob(
        out,
        request.timezone,
        max(1, -(-(rows if few else rows + table.rows) // BUCKET_ROWS)),
        request.day_first,
        table=() if few else table.files,
        number=table.next_number if few else 0,
    )
    entries = _acts(request, job, plan, watch)
    done = [part for part in plan.parts if entries[part.number].failed is None]
    files = tuple(acts_file(job.out, part) for part in done)
    job, clocks = _with_days(job, request, table, files)
    found, people = _edges(request, job, files, watch)
    rejected = table.rejected + sum(entry.rejected for entry in entries.values())
    days = days_together(table, job.dropped, found, clocks)
    counts = counts_of(days, found, people, rejected)
    if few and request.update is not None:
        watch("adding to the table …")
        counts = added_counts(table.counts, counts, grow(request.update, out, BUCKET_ROWS))
    data: dict[str, Any] = {
        "edges": job.buckets,
        "versions": versions(),
        "counts": counts,
        "grown": bool(table.days),
        "days": {day: asdict(one) for day, one in days.items()},
        "inputs": [
            *table.inputs,
            *({"file": one.file, "digest": one.digest} for one in plan.inputs),
        ],
        "failed": [reason for _, reason in plan.failures]
        + [entry.failed for entry in entries.values() if entry.failed is not None],
    }
    write_beside(out / FILE, json.dumps(data, indent=1).encode())
    failed = [(part, entries[part.number]) for part in plan.parts]
    closed: Counter[str] = Counter()
    for one in found:
        closed.update(one.closed)
    return EdgeOutcome(
        plan,
        counts,
        tuple(pair for pair in failed if pair[1].failed is not None),
        dict(sorted(closed.items())),
        job.dropped,
        sum(acts for one in found for acts, *_ in one.days.values()),
    )


def _with_days(
    job: EdgeJob, request: EdgeRequest, table: SavedTable, files: tuple[Path, ...]
) -> tuple[EdgeJob, set[str]]:
    """Return the job that knows which days are closed or give way, and the new days with a clock.

    Raises
    ------
    BatchError
        The table holds acts alike at dates without a time of day, and the new ones have one:
        with that the earlier ones would have been doubles.
    """
    new = _new_days(files)
    again = tuple(sorted(set(table.days) & set(new)))
    closed, dropped = ((), again) if request.known_days == REPLACE else (again, ())
    clocks = {day for day, clock in new.items() if clock and day not in closed}
    kept = [counts for day, counts in table.days.items() if day not in dropped]
    held = any(counts.clock for counts in kept)
    undecided = sum(counts.undecided for counts in kept)
    if clocks and undecided and not held:
        raise BatchError(
            f"{request.update}: {undecided:,} of its acts are alike, on dates without a time of "
            "day; the new ones have a time of day, by which they would be doubles: make the table "
            "anew from all files"
        )
    clock = held or bool(clocks)
    return replace(job, clock=clock, closed=closed, dropped=dropped), clocks


def _new_days(files: tuple[Path, ...]) -> dict[str, bool]:
    """Return each day of the new acts, and whether any of its times has a time of day."""
    if not files:
        return {}
    acts = pl.scan_parquet(list(files), glob=False).select(
        day_name(pl.col("at").dt.date()).alias("day"),
        ((pl.col("from") == pl.col("to")).fill_null(False)).alias("loop"),
        pl.col("at").dt.epoch("us"),
    )
    clock = (off_the_half_hour().fill_null(False) & ~pl.col("loop")).any()
    found = acts.group_by("day").agg(clock.alias("clock")).collect(engine="streaming")
    return dict(found.iter_rows())


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
    request: EdgeRequest, job: EdgeJob, files: tuple[Path, ...], watch: Callable[[str], object]
) -> tuple[list[BucketCounts], int]:
    """Write the days and edges of every bucket; return what they hold, and how many people."""
    for folder in (DAYS, EDGES):
        for path in (job.out / folder).glob("part-*.parquet"):
            path.unlink()
    tasks = [(bucket, files) for bucket in range(job.buckets)] if files or job.table else []
    found: list[BucketCounts] = []
    for counts in request.engine.run(partial(aggregate_bucket, job), tasks):
        found.append(counts)
        watch(f"counting: {len(found):,} of {len(tasks):,} groups of people …")
    runs = [people_file(job.out, bucket) for bucket, _ in tasks]
    people = distinct_people(runs)
    for path in runs:
        path.unlink(missing_ok=True)
    return found, people
