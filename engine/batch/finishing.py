"""The second pass, over what the parts left: ids that came twice, ranks, the final files."""

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import polars as pl

from ..content.reading.duplicate_ids import REPEATED
from ..content.reading.rejects import Reject, rejects_frame, shown
from .entries import RUN, Entry, posts_file, rejects_file, write_entry
from .part_work import write_rejects
from .plan import Part, digest_text
from .row_files import write_rows
from .rows import ROW_SCHEMA, finding_counts, with_schema
from .run_folder import RANKING
from .sorted_runs import Numbers, Run, merge, ranks, repeated, write_run


@dataclass(frozen=True)
class Finish:
    """What finishing one part takes; goes to every worker.

    Attributes
    ----------
    out, form : the folder of the run and the format of its output
    digest : of the run, see `Entry.finished`
    repeated : hashes of ids, sorted, that an earlier part has
    sorted_scores : by platform, the file with all its scores in ascending order
    """

    out: Path
    form: str
    digest: str
    part: Part
    entry: Entry
    repeated: Numbers | None
    sorted_scores: Mapping[str, Path]


@contextmanager
def finishing(
    out: Path,
    form: str,
    done: Sequence[tuple[Part, Entry]],
    on_part: Callable[[int], object] = lambda rows: None,
) -> Iterator[list[Finish]]:
    """Give what is left to finish of parts that are done; what that takes goes at the end.

    Parameters
    ----------
    out, form : as of `Finish`
    done : all parts of the run that could be read, in their order, with their entries
    on_part : called with its rows when a part is looked at: once for its ids, once for its scores
    """
    digest = population([entry.key for _, entry in done], form)
    if all(entry.finished == digest for _, entry in done):
        yield []
        return
    with tempfile.TemporaryDirectory(prefix=RANKING, dir=out / RUN) as name:
        folder = Path(name)
        again = repeated([_id_run(out, part, folder, on_part) for part, _ in done])
        scores = _sorted_scores(out, [part for part, _ in done], again, folder, on_part)
        yield [
            Finish(out, form, digest, part, entry, again.get(part.number), scores)
            for part, entry in done
            if entry.finished != digest
        ]


def population(keys: Sequence[str], form: str) -> str:
    """Return the digest of the parts that are ranked together, and of the output's format."""
    return digest_text(form, *keys)


def finish_part(task: Finish) -> Entry:
    """Set aside the posts of a part that came before, give the ranks, write the final file.

    Raises
    ------
    WriteError
        The files can't be written; those there stay.
    """
    out, part, entry = task.out, task.part, task.entry
    rows = pl.read_parquet(posts_file(out, part)).select(ROW_SCHEMA.names())
    if task.repeated is not None:
        rows, rejects = _set_aside(rows, task.repeated, entry.id_column)
        rejects_size = write_rejects(_with_rejects(out, part, rejects), rejects_file(out, part))
        posts = entry.posts - rejects.height
        severities, rules = finding_counts(rows)
        entry = replace(
            entry,
            posts=posts,
            rows=rows.height,
            scored=rows["score"].count(),
            rejected=entry.rejected + rejects.height,
            repeated=entry.repeated + rejects.height,
            rejects_size=rejects_size,
            severities=severities,
            rules=rules,
        )
    rows = _ranked(rows, task.sorted_scores)
    interim, final = posts_file(out, part), posts_file(out, part, task.form)
    write_rows(rows, interim, "parquet")
    if task.form != "parquet":
        write_rows(rows, final, task.form)
    sizes = interim.stat().st_size, final.stat().st_size
    entry = replace(entry, size=sizes[0], finished=task.digest, final_size=sizes[1])
    write_entry(out, part, entry)
    return entry


def _ranked(rows: pl.DataFrame, sorted_scores: Mapping[str, Path]) -> pl.DataFrame:
    found = pl.Series("rank", [None] * rows.height, dtype=pl.UInt32)
    for platform, file in sorted_scores.items():
        places = (
            rows.select((pl.col("platform") == platform) & pl.col("score").is_not_null())
            .to_series()
            .arg_true()
        )
        own = ranks(file, rows["score"].gather(places).to_numpy())
        found = found.scatter(places, pl.Series(own))
    return with_schema(rows.with_columns(found))


def _hashes(posts: pl.Series) -> pl.Series:
    return posts.hash(0)


def _id_run(out: Path, part: Part, folder: Path, on_part: Callable[[int], object]) -> Run:
    posts = pl.read_parquet(posts_file(out, part), columns=["post"])["post"].unique()
    on_part(part.slice.rows)
    return write_run(part.number, _hashes(posts).to_numpy(), folder / f"ids-{part.name}.npy")


def _sorted_scores(
    out: Path,
    parts: Sequence[Part],
    again: Mapping[int, Numbers],
    folder: Path,
    on_part: Callable[[int], object],
) -> dict[str, Path]:
    runs: dict[str, list[Run]] = {}
    for part in parts:
        read = pl.read_parquet(posts_file(out, part), columns=["post", "platform", "score"])
        scored = read.filter(pl.col("score").is_not_null())
        if part.number in again:
            scored = scored.filter(~_in(scored["post"], again[part.number]))
        for (platform,), rows in scored.partition_by("platform", as_dict=True).items():
            file = folder / f"scores-{platform}-{part.name}.npy"
            run = write_run(part.number, rows["score"].to_numpy(), file)
            runs.setdefault(str(platform), []).append(run)
        on_part(part.slice.rows)
    return {name: merge(some, folder / f"scores-{name}.f64") for name, some in runs.items()}


def _in(posts: pl.Series, hashes: Numbers) -> pl.Series:
    return pl.Series(np.isin(_hashes(posts).to_numpy(), hashes))


def _set_aside(
    rows: pl.DataFrame, hashes: Numbers, id_column: str
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the rows that stay, and the rejects of the posts that don't."""
    out = _in(rows["post"], hashes)
    posts = rows.filter(out).unique("post", keep="first", maintain_order=True)
    rejects = [
        Reject(file, row, id_column, shown(post), REPEATED)
        for post, file, row in posts.select("post", "file", "row").iter_rows()
    ]
    return rows.filter(~out), rejects_frame(rejects)


def _with_rejects(out: Path, part: Part, more: pl.DataFrame) -> pl.DataFrame:
    there = rejects_file(out, part)
    before = [pl.read_parquet(there)] if there.exists() else []
    return pl.concat([*before, more]).unique(maintain_order=True).sort("row", maintain_order=True)
