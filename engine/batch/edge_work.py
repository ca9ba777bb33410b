"""From interactions to an edge table in two seams: parts into acts by person, persons into edges.

All acts of one person meet in one bucket, so that doubles are found as in one reading.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import polars as pl

from ..community.cleaning import cleaned
from ..community.edges import edges_of
from ..community.handles import handle_key
from ..community.kinds import kinds
from ..community.reading.batches import BatchReader
from ..community.reading.columns import INTERACTIONS
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
EDGE_SCHEMA = pl.Schema(
    {
        "from": pl.String(),
        "to": pl.String(),
        "kind": pl.String(),
        "acts": pl.UInt32(),
        "days": pl.UInt32(),
        "first": pl.Datetime("us", "UTC"),
        "last": pl.Datetime("us", "UTC"),
    }
)
"""One row a pair of people and kind of act: ``from`` acted on ``to`` so often, on so many days.

Handles are in the one form that all their spellings share. ``to`` is null where only the post is
known; ``first`` and ``last`` are null, and ``days`` 0, where no act has a time."""


@dataclass(frozen=True)
class EdgeJob:
    """``out`` is the folder of the run, ``buckets`` how many groups of people there are."""

    out: Path
    timezone: str
    buckets: int

    def key(self, part: Part) -> str:
        """Return what a part that is done must have."""
        told = [part.slice.plain(), self.timezone, self.buckets, versions()]
        return digest_text(part.input, json.dumps(told, sort_keys=True))


@dataclass(frozen=True)
class BucketCounts:
    """What a bucket held: acts counted and set aside, pairs, acts by kind, the span of times."""

    acts: int = 0
    self_loops: int = 0
    doubles: int = 0
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
    reader = BatchReader(notes, TimeReader(job.timezone))
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
    bucket = (pl.col("from").hash(7) % job.buckets).cast(pl.UInt32)
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
    """Count the acts of one bucket of people, and write their edges.

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
    here = pl.scan_parquet(list(files), glob=False).filter(pl.col("bucket") == bucket)
    absent = [pl.lit(None, INTERACTION_SCHEMA[name]).alias(name) for name in _UNUSED]
    read = here.drop("bucket").with_columns(absent).select(list(INTERACTION_SCHEMA)).collect()
    clean = cleaned(edges_of(read))
    acts = clean.edges.acts
    names = {kind.code: name for name, kind in kinds().items()}
    counted = (
        acts.group_by("from", "to", "kind")
        .agg(
            pl.len().cast(pl.UInt32).alias("acts"),
            (pl.col("at") // 86_400_000_000).drop_nulls().n_unique().cast(pl.UInt32).alias("days"),
            pl.col("at").min().alias("first"),
            pl.col("at").max().alias("last"),
        )
        .with_columns(pl.col("kind").replace_strict(names, return_dtype=pl.String))
    )
    people = clean.edges.people
    edges = counted.with_columns(
        people.gather(counted["from"]).alias("from"),
        people.gather(counted["to"]).alias("to"),
        *(
            pl.col(name).cast(pl.Datetime("us")).dt.replace_time_zone("UTC")
            for name in ("first", "last")
        ),
    ).select(pl.col(name).cast(kind) for name, kind in EDGE_SCHEMA.items())
    edges = edges.sort("from", "to", "kind")
    write_rows(edges, job.out / EDGES / f"part-{bucket:06}.parquet", "parquet")
    seen = pl.concat([edges["from"], edges["to"]]).drop_nulls().unique()
    write_run(bucket, seen.hash(0).to_numpy(), people_file(job.out, bucket))
    by_kind = edges.group_by("kind").agg(pl.col("acts").sum()).sort("kind")
    return BucketCounts(
        acts.height,
        clean.self_loops,
        clean.doubles,
        acts["to"].null_count(),
        edges.filter(pl.col("to").is_not_null()).select("from", "to").n_unique(),
        dict(by_kind.iter_rows()),
        acts["at"].min(),  # type: ignore[arg-type]
        acts["at"].max(),  # type: ignore[arg-type]
    )


def distinct_people(runs: list[Path]) -> int:
    """Return how many people there are in all buckets."""
    found = buckets([Run(number, file) for number, file in enumerate(runs)])
    return sum(len(np.unique(np.concatenate([one for _, one in some]))) for some in found)
