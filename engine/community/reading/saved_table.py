"""A saved day table as interactions: what can be scored from it is, and what can't is said."""

from pathlib import Path

import polars as pl

from ...content.reading.post_files import FileReading
from ...content.reading.rejects import rejects_frame
from ...errors import ReadError
from ..cleaning import cleaned, last_plausible, tomorrow
from ..day_table import DAY_SCHEMA, acts_of_days
from ..edges import EdgeBuilder, Edges
from ..schema import INTERACTION_SCHEMA, empty_interactions
from .batches import KIND_TYPE
from .files import Cleaning, InteractionFiles

DAYS, MANIFEST = "days", "manifest.json"
MOST_ACTS = 400_000_000
_ROWS = 2_000_000
NOT_SEEN = (
    "a saved table of days: it has no posts, texts, sentiment and followers, and not the time of "
    "each act. So the gate lockstep holds nobody back, likely_bot tells no program by its hours "
    "or words, and negative looks at kinds of acts only"
)


def is_saved_table(path: Path) -> bool:
    """Tell whether a folder is a table that ``sharewise community aggregate`` saved."""
    return (path / MANIFEST).is_file() and (path / DAYS).is_dir()


def read_saved_table(path: Path) -> InteractionFiles:
    """Return the acts of a saved table, cleaned when it was made; the far future is set aside.

    Raises
    ------
    ReadError
        The table is damaged, or of another layout.
    """
    days = _days(path)
    acts = int(days["acts"].cast(pl.Int64).sum())
    if acts > MOST_ACTS:
        raise ReadError(f"{path}: {acts:,} acts; at most {MOST_ACTS:,} are scored at once")
    builder = EdgeBuilder()
    for start in range(0, days.height, _ROWS):
        builder.add(_interactions(acts_of_days(days.slice(start, _ROWS))))
    built, _ = builder.built()
    edges = Edges(built.acts, built.people, clean=True)
    clean = cleaned(edges, last_plausible(edges.acts["at"], tomorrow()))
    warnings = [NOT_SEEN]
    several = days.filter(pl.col("acts") > 2, pl.col("day").is_not_null()).height
    if several:
        rows = "1 row counts" if several == 1 else f"{several:,} rows count"
        warnings.append(f"{rows} three or more acts of a day: at their first, last and mean time")
    reading = FileReading(str(path), acts, acts, 0, warnings=tuple(warnings))
    untimed = clean.edges.acts["at"].null_count()
    return InteractionFiles(
        empty_interactions(),
        clean.edges,
        rejects_frame([]),
        (reading,),
        Cleaning(future=clean.future, untimed=untimed),
        aggregated=True,
    )


def _days(path: Path) -> pl.DataFrame:
    files = sorted((path / DAYS).glob("*.parquet"))
    if not files:
        raise ReadError(f"{path}: no table in {DAYS}/; sharewise community aggregate makes one")
    try:
        scan = pl.scan_parquet(files, glob=False)
        found = scan.collect_schema()
        if found != pl.Schema(DAY_SCHEMA):
            raise ReadError(
                f"{path}: not a table of this version (columns {', '.join(found.names()[:10])}); "
                "make it anew with sharewise community aggregate"
            )
        return scan.collect()
    except (pl.exceptions.PolarsError, OSError) as error:
        said = str(error).strip().splitlines()[0][:160] if str(error).strip() else "unreadable"
        raise ReadError(f"{path}: damaged ({said}); make it anew") from None


def _interactions(acts: pl.DataFrame) -> pl.DataFrame:
    absent = [
        pl.lit(None, dtype=kind).alias(name)
        for name, kind in INTERACTION_SCHEMA.items()
        if name not in acts.columns
    ]
    typed = acts.with_columns(pl.col("kind").cast(KIND_TYPE), *absent)
    return typed.select(list(INTERACTION_SCHEMA))
