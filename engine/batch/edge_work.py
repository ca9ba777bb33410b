"""From interactions to an edge table in two seams: parts into acts by person, persons into edges.

All acts of one person meet in one bucket, so that doubles are found as in one reading. There they
are counted by day, and joined with the days of the table that is added to.
"""

import json
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import polars as pl

from ..community.cleaning import cleaned
from ..community.day_table import DAY_SCHEMA, days_of, edges_of_days, with_days
from ..community.edges import edges_of
from ..community.handles import handle_key
from ..community.reading.batches import BatchReader
from ..community.reading.columns import INTERACTIONS
from ..community.reading.saved_table import DAYS
from ..community.schema import INTERACTION_SCHEMA, empty_interactions
from ..content.reading.rejects import rejects_frame
from ..content.reading.slices import slice_tables
from ..content.reading.tables import SourceNotes
from ..content.reading.time_cells import TimeReader
from ..errors import ReadError
from .addresses import opened_source, stamp_of
from .entries import RUN, Entry, rejects_file, write_entry
from .job import versions
from .part_work import write_rejects
from .plan import Part, digest_text
from .row_files import write_rows
from .sorted_runs import Run, buckets, write_run

EDGES = "edges"
ROWS = 500_000
_UNUSED = ("file", "row", "followers")
UNTIMED = "no time"
"""What the day of acts without a time is called; all of them are one day."""


@dataclass(frozen=True)
class EdgeJob:
    """What all parts and buckets share.

    Attributes
    ----------
    out : the folder of the run
    timezone, day_first : how times are read
    buckets : how many groups of people there are
    clock : whether times have a time of day; only then are two alike at one time one act
    table : the files of the table that is added to
    closed : days of which the table holds all: acts of them are set aside
    dropped : days whose rows in the table give way to the new ones
    number : of the first file of days and edges
    """

    out: Path
    timezone: str
    buckets: int
    day_first: bool | None = None
    clock: bool = True
    table: tuple[Path, ...] = ()
    closed: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    number: int = 0

    def key(self, part: Part) -> str:
        """Return what a part that is done must have."""
        told = [part.slice.plain(), self.timezone, self.day_first, self.buckets, versions()]
        return digest_text(part.input, json.dumps(told, sort_keys=True))


@dataclass(frozen=True)
class BucketCounts:
    """What a bucket held.

    Attributes
    ----------
    days : new day → acts counted, on oneself, doubles, and those that would be doubles if their
        times had a time of day
    closed : closed day → new acts that were set aside
    without_person, pairs, kinds : acts on a post only, pairs of people, acts by kind
    first, last : the span of times in microseconds
    """

    days: dict[str, tuple[int, int, int, int]] = field(default_factory=dict)
    closed: dict[str, int] = field(default_factory=dict)
    without_person: int = 0
    pairs: int = 0
    kinds: dict[str, int] = field(default_factory=dict)
    first: int | None = None
    last: int | None = None


def acts_file(out: Path, part: Part) -> Path:
    """Return where the acts of a part are kept until they are counted."""
    return out / RUN / f"acts-{part.name}.parquet"


def people_file(out: Path, bucket: int) -> Path:
    """Return where the hashes of the people in a bucket are kept."""
    return out / RUN / f"people-{bucket:06}.npy"


def shuffle_part(job: EdgeJob, part: Part) -> Entry:
    """Read a part and write its acts, those of each bucket of people together, and its entry.

    Raises
    ------
    WriteError
        The files can't be written.
    """
    key, notes = job.key(part), SourceNotes(part.slice.file, part.slice.encoding, INTERACTIONS)
    reader = BatchReader(notes, TimeReader(job.timezone, job.day_first))
    frames, rejects = [empty_interactions()], []
    try:
        if stamp_of(part.slice.file) != part.stamp:
            raise ReadError(f"{part.slice.file}: changed since the run was planned; run it again")
        with opened_source(part.slice.file, part.slice.form) as source:
            for table in slice_tables(part.slice, source, notes, ROWS):
                frame, bad = reader.read(table)
                frames.append(frame.cast({"kind": INTERACTION_SCHEMA["kind"]}))
                rejects += bad
    except ReadError as error:
        entry = Entry(part.number, key, failed=str(error))
        write_entry(job.out, part, entry)
        return entry
    acts = pl.concat(frames).with_columns(handle_key(pl.col(name)) for name in ("from", "to"))
    bucket = _bucket(job)
    target = acts_file(job.out, part)
    told = acts.drop(_UNUSED).with_columns(bucket=bucket)
    write_rows(told.sort("bucket", maintain_order=True), target, "parquet")
    entry = Entry(
        part.number,
        key,
        posts=acts.height,
        rejected=len(rejects),
        size=target.stat().st_size,
        rejects_size=write_rejects(rejects_frame(rejects), rejects_file(job.out, part)),
    )
    write_entry(job.out, part, entry)
    return entry


def aggregate_bucket(job: EdgeJob, task: tuple[int, tuple[Path, ...]]) -> BucketCounts:
    """Count the acts of one bucket of people by day, and write their days and edges.

    Parameters
    ----------
    job : the run
    task : the bucket, and the files of acts of all parts

    Raises
    ------
    WriteError
        The files can't be written.
    """
    bucket, files = task
    read = _acts_of(bucket, files)
    named = day_name(pl.col("at").dt.date())
    held = read.select(named.is_in(list(job.closed))).to_series()
    closed = read.filter(held).group_by(named.alias("day")).len().rows()
    new, counts = _counted(job, read.filter(~held))
    days = with_days(_held(job, bucket), new)
    edges = edges_of_days(days)
    name = f"part-{job.number + bucket:06}.parquet"
    write_rows(days, job.out / DAYS / name, "parquet")
    write_rows(edges, job.out / EDGES / name, "parquet")
    seen = pl.concat([edges["from"], edges["to"]]).drop_nulls().unique()
    write_run(bucket, seen.hash(0).to_numpy(), people_file(job.out, bucket))
    by_kind = edges.group_by("kind").agg(pl.col("acts").cast(pl.Int64).sum()).sort("kind")
    span = edges.select(pl.col("first").min().dt.epoch("us"), pl.col("last").max().dt.epoch("us"))
    return BucketCounts(
        counts,
        dict(closed),
        int(edges.filter(pl.col("to").is_null())["acts"].cast(pl.Int64).sum()),
        edges.filter(pl.col("to").is_not_null()).select("from", "to").n_unique(),
        dict(by_kind.iter_rows()),
        *span.row(0),
    )


def day_name(day: pl.Expr) -> pl.Expr:
    """Return what a day is called in the manifest: ``2026-03-01``, or `UNTIMED`."""
    return day.dt.strftime("%Y-%m-%d").fill_null(UNTIMED)


def _bucket(job: EdgeJob) -> pl.Expr:
    return (pl.col("from").hash(7) % job.buckets).cast(pl.UInt32)


def _acts_of(bucket: int, files: tuple[Path, ...]) -> pl.DataFrame:
    """Return the new acts of a bucket, as `INTERACTION_SCHEMA`."""
    if not files:
        return empty_interactions()
    here = pl.scan_parquet(list(files), glob=False).filter(pl.col("bucket") == bucket)
    absent = [pl.lit(None, INTERACTION_SCHEMA[name]).alias(name) for name in _UNUSED]
    return here.drop("bucket").with_columns(absent).select(list(INTERACTION_SCHEMA)).collect()


def _held(job: EdgeJob, bucket: int) -> pl.DataFrame:
    """Return the rows of a bucket in the table that is added to, less the days that give way."""
    if not job.table:
        return pl.DataFrame(schema=DAY_SCHEMA)
    rows = pl.scan_parquet(list(job.table), glob=False).filter(_bucket(job) == bucket)
    return rows.filter(~day_name(pl.col("day")).is_in(list(job.dropped))).collect()


def _counted(
    job: EdgeJob, read: pl.DataFrame
) -> tuple[pl.DataFrame, dict[str, tuple[int, int, int, int]]]:
    """Return the day table of new acts, and of each day what `BucketCounts.days` tells."""
    edges = edges_of(read)
    # Whose a post is may stand in another bucket, or in the table: here nobody is filled in.
    whose = edges.acts["to"].set(read["to"].is_null(), None)
    edges = replace(edges, acts=edges.acts.with_columns(whose))
    clean = cleaned(edges, clock=job.clock)
    strict = clean if job.clock else cleaned(edges, clock=True)
    told = read.select(
        day_name(pl.col("at").dt.date()).alias("day"),
        clean.kept.alias("kept"),
        (pl.col("from") == pl.col("to")).fill_null(False).alias("loop"),
        (clean.kept & ~strict.kept).alias("undecided"),
    )
    sums = told.group_by("day").agg(
        pl.col("kept").sum(),
        pl.col("loop").sum(),
        (~pl.col("kept") & ~pl.col("loop")).sum().alias("double"),
        pl.col("undecided").sum(),
    )
    return days_of(clean.edges), {day: tuple(rest) for day, *rest in sums.iter_rows()}


def distinct_people(runs: list[Path]) -> int:
    """Return how many people there are in all buckets."""
    found = buckets([Run(number, file) for number, file in enumerate(runs)])
    return sum(len(np.unique(np.concatenate([one for _, one in some]))) for some in found)
