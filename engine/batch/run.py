"""A run from plan to manifest: what is not done yet is done, then all is ranked and told."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from ..advice.recommending import Adviser
from ..errors import BatchError
from . import plan as planning
from .engines import Engine
from .entries import RUN, Entry, done_entry, leftovers
from .finishing import finish_part, finishing, population
from .job import FORMATS, Job, job_for
from .manifest import write_manifest
from .part_work import score_part
from .plan import Part, Plan, make_plan
from .run_folder import PLAN, make_ready, remove_others, remove_results, tidied
from .shard import Shard
from .top import write_top

Task = TypeVar("Task")
Result = TypeVar("Result")


@dataclass(frozen=True)
class Request:
    """What a run is asked to do.

    Attributes
    ----------
    sources, out : the backlog and the folder of the run
    model : path of a stored model; None: no scores
    form : of the output: one of `job.FORMATS`
    top : how many of the best to list for each platform; None: no list
    part_rows, encoding : see `plan.make_plan`
    engine, scheduler, insecure : ``local``, or ``dask`` and where, see `dask_engine.run_dask`
    jobs : processes; None: as many as cores
    shard : the share of the parts to do; None: all, and to finish
    resume, restart : go on with what is in ``out``, or begin anew
    """

    sources: tuple[str, ...]
    out: Path
    model: Path | None = None
    form: str = "parquet"
    top: int | None = None
    part_rows: int = planning.PART_ROWS
    encoding: str | None = None
    engine: str = "local"
    scheduler: str | None = None
    insecure: bool = False
    jobs: int | None = None
    shard: Shard | None = None
    resume: bool = False
    restart: bool = False


@dataclass
class Progress:
    """How far a run is; ``rows`` are those done in this run, ``reused`` those done before it."""

    stage: str = "planning"
    file: str = ""
    total: int = 0
    rows: int = 0
    reused: int = 0


@dataclass(frozen=True)
class Outcome:
    """How a run ended; ``whole`` is False for a share of it, which is not ranked yet."""

    plan: Plan
    job: Job
    done: tuple[tuple[Part, Entry], ...]
    failed: tuple[tuple[Part, Entry], ...]
    reused: int
    whole: bool
    top: Path | None = None


Watch = Callable[[Progress], object]


def run_batch(request: Request, adviser: Adviser, watch: Watch = lambda progress: None) -> Outcome:
    """Do a run, or what is left of it, and return how it ended.

    Raises
    ------
    BatchError
        The folder holds a run and nothing says what to do with it; the engine can't go on.
    WriteError
        An output can't be written; parts that are finished stay.
    ReadError
        Not one of the files can be read.
    """
    _check(request)
    progress = Progress()
    job = job_for(adviser, request.out, request.model, _model_digest(request.model))
    goes_on = request.resume or request.shard is not None
    make_ready(request.out, goes_on=goes_on, restart=request.restart)
    plan = _plan(request, progress, watch)
    chosen = list(plan.parts) if request.shard is None else request.shard.parts(plan.parts)
    remove_results(job.out)
    for path in leftovers(job.out, chosen):
        path.unlink(missing_ok=True)
    expected = population([job.key(part) for part in plan.parts], request.form)
    entries = {
        part.number: done_entry(job.out, part, job.key(part), expected, request.form)
        for part in chosen
    }
    missing = [part for part in chosen if entries[part.number] is None]
    progress.stage, progress.total = "working", sum(part.slice.rows for part in chosen)
    progress.reused = progress.total - sum(part.slice.rows for part in missing)
    watch(progress)
    rows = {part.number: part.slice.rows for part in missing}
    with tidied(job.out, missing):
        for entry in _run(request, partial(score_part, job), missing):
            entries[entry.number] = entry
            progress.rows += rows[entry.number]
            watch(progress)
    told = _told(chosen, entries)
    outcome = Outcome(plan, job, *told, reused=len(chosen) - len(missing), whole=False)
    if request.shard is not None:
        return outcome
    return _finished(request, adviser, outcome, progress, watch)


def _finished(
    request: Request, adviser: Adviser, outcome: Outcome, progress: Progress, watch: Watch
) -> Outcome:
    job, plan = outcome.job, outcome.plan
    parts = {part.number: part for part, _ in outcome.done}
    entries = {part.number: entry for part, entry in outcome.done}
    progress.stage, progress.rows, progress.reused = "ranking", 0, 0
    progress.total = 3 * sum(part.slice.rows for part in parts.values())

    def count(rows: int) -> None:
        progress.rows += rows
        watch(progress)

    with (
        finishing(job.out, request.form, outcome.done, count) as tasks,
        tidied(job.out, [task.part for task in tasks]),
    ):
        for entry in _second_engine(request).run(finish_part, tasks):
            entries[entry.number] = entry
            count(parts[entry.number].slice.rows)
    done = tuple((part, entries[part.number]) for part, _ in outcome.done)
    top = None
    if request.top is not None:
        top = write_top(job.out, list(parts.values()), request.top, request.form)
    # While a part is missing, the others may have to be ranked again with it.
    formats = {request.form, "parquet"} if outcome.failed else {request.form}
    remove_others(job.out, plan, parts.values(), formats)
    write_manifest(job, plan, request.form, done, outcome.failed, adviser.rulebook)
    return replace(outcome, done=done, top=top, whole=True)


def _check(request: Request) -> None:
    if request.form not in FORMATS:
        raise BatchError(f"--format {request.form}: allowed: {', '.join(FORMATS)}")
    if request.part_rows < 1:
        raise BatchError(f"--part-rows {request.part_rows}: at least 1")
    if request.top is not None and request.model is None:
        raise BatchError("--top needs scores to order by: name a --model")
    if request.top is not None and request.shard is not None:
        raise BatchError("--top is over all parts: ask for it in the run that finishes the shards")
    _engine(request)


def _model_digest(model: Path | None) -> str | None:
    if model is None:
        return None
    from ..ranking.scoring import load_scorer

    return load_scorer(model).digest


def _plan(request: Request, progress: Progress, watch: Watch) -> Plan:
    def looked_at(file: str) -> None:
        progress.file = file
        watch(progress)

    path = request.out / RUN / PLAN
    known = planning.load_plan(path)
    plan = make_plan(request.sources, request.part_rows, request.encoding, known, looked_at)
    if plan != known:
        planning.save_plan(plan, path)
    return plan


def _run(
    request: Request, work: Callable[[Task], Result], tasks: Sequence[Task]
) -> Iterator[Result]:
    return _engine(request).run(work, tasks)


def _engine(request: Request) -> Engine:
    return Engine(request.engine, request.jobs, request.scheduler, request.insecure)


def _second_engine(request: Request) -> Engine:
    """Return where to finish: a cluster of this machine is not worth starting a second time."""
    if request.engine == "dask" and request.scheduler is None:
        return Engine("local", request.jobs)
    return _engine(request)


def _told(
    parts: Sequence[Part], entries: dict[int, Entry | None]
) -> tuple[tuple[tuple[Part, Entry], ...], tuple[tuple[Part, Entry], ...]]:
    """Return the parts that are done and those that could not be read."""
    pairs = [(part, entry) for part in parts if (entry := entries[part.number]) is not None]
    return (
        tuple(pair for pair in pairs if pair[1].failed is None),
        tuple(pair for pair in pairs if pair[1].failed is not None),
    )
