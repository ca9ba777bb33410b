"""The seam: one function from a part of the backlog to its files, wherever it runs."""

import pickle
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from ..advice.findings import find
from ..advice.recommending import Adviser
from ..content.platform_names import platform_names
from ..content.reading.slices import read_slice
from ..content.schema import empty_rejects
from ..errors import BatchError, ReadError
from .addresses import opened_source, stamp_of
from .entries import Entry, posts_file, rejects_file, write_entry
from .job import Job, rules_digest
from .plan import Part
from .row_files import write_rows
from .rows import ROW_SCHEMA, finding_counts, rows_of

if TYPE_CHECKING:
    from .scores import PartScorer

BATCH_ROWS = 10_000


def score_part(job: Job, part: Part) -> Entry:
    """Read a part, measure, decide, score, and write its rows, its rejects and its entry.

    The files come first, then the entry: without it nothing counts as done. A part that can't
    be read has an entry that says why, and no files.

    Raises
    ------
    WriteError
        The files can't be written.
    BatchError
        The rules or the model here are not those of the run.
    """
    key = job.key(part)
    try:
        if stamp_of(part.slice.file) != part.stamp:
            raise ReadError(f"{part.slice.file}: changed since the run was planned; run it again")
        read = list(_rows(job, part))
    except ReadError as error:
        entry = Entry(part.number, key, failed=str(error))
        for path in (posts_file(job.out, part), rejects_file(job.out, part)):
            path.unlink(missing_ok=True)
        write_entry(job.out, part, entry)
        return entry
    rows = pl.concat([ROW_SCHEMA.to_frame(), *(batch.rows for batch in read)])
    rejects = pl.concat([empty_rejects(), *(batch.rejects for batch in read)])
    severities, rules = finding_counts(rows)
    target = posts_file(job.out, part)
    write_rows(rows, target, "parquet")
    entry = Entry(
        part.number,
        key,
        posts=sum(batch.posts for batch in read),
        rows=rows.height,
        scored=rows["score"].count(),
        rejected=rejects.height,
        severities=severities,
        rules=rules,
        size=target.stat().st_size,
        rejects_size=write_rejects(rejects, rejects_file(job.out, part)),
        id_column=read[0].id_column if read else "id",
    )
    write_entry(job.out, part, entry)
    return entry


def write_rejects(rejects: pl.DataFrame, path: Path) -> int:
    """Write rejected rows, if there are any, and return the size in bytes."""
    if rejects.height:
        write_rows(rejects, path, "parquet")
        return path.stat().st_size
    path.unlink(missing_ok=True)
    return 0


@dataclass(frozen=True)
class _Batch:
    rows: pl.DataFrame
    rejects: pl.DataFrame
    posts: int
    id_column: str


def _rows(job: Job, part: Part) -> Iterator[_Batch]:
    adviser, scorer = _ready(_recipe(job))
    with opened_source(part.slice.file, part.slice.form) as source:
        batches = read_slice(
            part.slice,
            source,
            rows=BATCH_ROWS,
            timezone=job.settings.timezone,
            platform_names=platform_names(),
        )
        for files in batches:
            rows = _advised(adviser, scorer, files.posts)
            names = {ours: theirs for one in files.files for theirs, ours in one.mapped.items()}
            yield _Batch(rows, files.rejects, files.posts.height, names.get("id", "id"))


def _advised(adviser: Adviser, scorer: "PartScorer | None", posts: pl.DataFrame) -> pl.DataFrame:
    also = () if scorer is None else scorer.measures
    measured = adviser.measure(posts, company=False, also=also)
    findings = find(measured, adviser.rulebook, adviser.platforms, posts, adviser.inference)
    pairs = measured.select("index", "post", "platform")
    scores = None if scorer is None else scorer.scores(posts, measured)
    return rows_of(posts, pairs, findings.filter(pl.col("suppressed").is_null()), scores)


def _recipe(job: Job) -> bytes:
    return pickle.dumps(
        (job.settings, job.chosen, job.packs, job.rules, job.model, job.model_digest)
    )


@lru_cache(maxsize=1)
def _ready(recipe: bytes) -> "tuple[Adviser, PartScorer | None]":
    """Load rules and model once a process; the recipe comes from the process that sent the job."""
    settings, chosen, packs, rules, model, model_digest = pickle.loads(recipe)  # noqa: S301
    adviser = Adviser(settings, chosen, packs)
    if rules_digest(adviser.rulebook) != rules:
        raise BatchError(
            "the rules on this worker are not those of the run: the same sharewise and the same "
            "packs, at the same paths, are needed on every machine"
        )
    if model is None:
        return adviser, None
    from .scores import part_scorer

    return adviser, part_scorer(model, model_digest)
