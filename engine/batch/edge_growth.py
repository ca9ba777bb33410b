"""Few new days into a large table: what they touch is summed, all else stays as it is on disk."""

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from ..community.day_table import EDGE_SCHEMA
from ..community.reading.saved_table import DAYS
from ..errors import WriteError
from .edge_work import EDGES
from .row_files import write_rows

_KEYS = ["from", "to", "kind"]


@dataclass(frozen=True)
class Held:
    """How many of the new pairs of people, and of the new people, the table held already."""

    pairs: int
    people: int


def grow(table: Path, out: Path, most_rows: int) -> Held:
    """Make the days and edges in ``out``, which are of new days, those of ``table`` and these.

    Every day is either in ``table`` or new. The new edges are held in memory, and one file of the
    table at a time.

    Parameters
    ----------
    table, out : folders of tables; the files of ``out`` have numbers that are free in ``table``
    most_rows : a file of edges is not added to beyond this

    Raises
    ------
    WriteError
        The files can't be written.
    """
    fresh = sorted((out / EDGES).glob("*.parquet"))
    new = pl.read_parquet(fresh) if fresh else pl.DataFrame(schema=EDGE_SCHEMA)
    for path in sorted((table / DAYS).glob("*.parquet")):
        _linked(path, out / DAYS / path.name)
    touched, pairs, people = [new.clear()], [new.clear()], [_people(new).clear()]
    old = sorted((table / EDGES).glob("*.parquet"))
    for path in old:
        rows = pl.read_parquet(path)
        here = new.join(rows, on=_KEYS, how="semi", nulls_equal=True)
        touched.append(here)
        pairs.append(_pairs(new).join(rows, on=["from", "to"], how="semi"))
        people.append(_people(new).join(_people(rows), on="person", how="semi"))
        if here.is_empty():
            _linked(path, out / EDGES / path.name)
        else:
            write_rows(_summed(rows, here), out / EDGES / path.name, "parquet")
    rest = new.join(pl.concat(touched), on=_KEYS, how="anti", nulls_equal=True)
    for path in fresh:
        path.unlink()
    _add(rest, [out / EDGES / path.name for path in old], fresh, most_rows)
    return Held(pl.concat(pairs).select("from", "to").n_unique(), pl.concat(people).n_unique())


def _summed(rows: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with the new ones of the same people and kind counted in."""
    joined = rows.join(
        new, on=_KEYS, how="left", nulls_equal=True, suffix="_new", maintain_order="left"
    )
    return joined.select(
        *_KEYS,
        *(pl.col(name) + pl.col(f"{name}_new").fill_null(0) for name in ("acts", "days")),
        pl.min_horizontal("first", "first_new").alias("first"),
        pl.max_horizontal("last", "last_new").alias("last"),
    )


def _add(rest: pl.DataFrame, old: list[Path], fresh: list[Path], most_rows: int) -> None:
    """Write the rows of pairs and kinds that are new: to the last file, or one of their own."""
    if rest.is_empty():
        return
    if old and (last := pl.read_parquet(old[-1])).height + rest.height <= most_rows:
        write_rows(pl.concat([last, rest]), old[-1], "parquet")
    else:
        write_rows(rest, fresh[0], "parquet")


def _pairs(edges: pl.DataFrame) -> pl.DataFrame:
    return edges.filter(pl.col("to").is_not_null())


def _people(edges: pl.DataFrame) -> pl.DataFrame:
    sides: Sequence[pl.DataFrame] = [edges.select(person=side) for side in ("from", "to")]
    return pl.concat(sides).drop_nulls().unique()


def _linked(path: Path, target: Path) -> None:
    """Give a file that stays a second name, or a copy where the disk has no second names."""
    try:
        target.unlink(missing_ok=True)
        try:
            os.link(path, target)
        except OSError:
            shutil.copyfile(path, target)
    except OSError as error:
        raise WriteError(f"{target}: can't be written: {error.strerror or error}") from None
