"""One check of a history: what was found, where, and what to do."""

from dataclasses import dataclass
from datetime import datetime

import polars as pl

from ..content.reading import PostFiles

EXAMPLES = 5
REPEATED = "an earlier row has this id"
"""How the reason begins for which reading rejects a row whose id came before."""


@dataclass(frozen=True)
class Example:
    """A row that shows what a check found."""

    file: str
    row: int
    post: str
    value: str


@dataclass(frozen=True)
class Check:
    """One check: how many rows or columns it is about, what was found, what to do."""

    name: str
    passed: bool
    count: int
    found: str
    advice: str = ""
    examples: tuple[Example, ...] = ()


def all_passed(checks: tuple[Check, ...]) -> bool:
    """Return whether no check failed."""
    return all(check.passed for check in checks)


def examples(rows: pl.DataFrame, column: str, most: int = EXAMPLES) -> tuple[Example, ...]:
    """Return the first posts with what stands in a column."""
    return tuple(
        Example(row["file"], row["row"], row["id"] or row["text"] or "", _shown(row[column]))
        for row in rows.head(most).iter_rows(named=True)
    )


def examples_of_rejects(rejects: pl.DataFrame) -> tuple[Example, ...]:
    """Return the first rejected rows with the reason."""
    return tuple(
        Example(row["file"], row["row"], "", f"{row['column']}: {row['reason']}".lstrip(": "))
        for row in rejects.head(EXAMPLES).iter_rows(named=True)
    )


def rejected_fields(files: PostFiles) -> pl.Series:
    """Return our field for the column of each rejected row, null where it is of none."""
    fields = {
        (reading.file, theirs): ours
        for reading in files.files
        for theirs, ours in reading.mapped.items()
    }
    pairs = files.rejects.select("file", "column").iter_rows()
    return pl.Series("field", [fields.get(pair) for pair in pairs], dtype=pl.String)


def told_reasons(left_out: pl.DataFrame, rejected: pl.DataFrame | None = None) -> str:
    """Return how many posts there are for each ``reason``, and how many can't be read."""
    counted = left_out["reason"].value_counts().sort("count", "reason", descending=True)
    parts = [f"{count:,} {reason}" for reason, count in counted.iter_rows()]
    if rejected is not None and rejected.height:
        parts.append(f"{rejected.height:,} that can't be read")
    return ", ".join(parts)


def _shown(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    return "" if value is None else str(value)
