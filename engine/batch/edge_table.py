"""The saved table of a community: its days and counts, and putting a new one in its place."""

import json
import shutil
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import polars as pl

from ..community.day_table import DAY_SCHEMA
from ..community.reading.saved_table import DAYS, is_saved_table
from ..errors import BatchError, WriteError
from .edge_growth import Held
from .edge_work import BucketCounts, day_name
from .manifest import FILE

COUNTS = ("acts", "pairs", "people", "without_person", "kinds", "first", "last", "rejected")


@dataclass(frozen=True)
class DayCounts:
    """What is on record of one day.

    Attributes
    ----------
    acts, self_loops, doubles : counted, and set aside
    undecided : acts that are doubles if the times of all days have a time of day
    clock : whether any time of the day has one
    """

    acts: int = 0
    self_loops: int = 0
    doubles: int = 0
    undecided: int = 0
    clock: bool = False


@dataclass(frozen=True)
class SavedTable:
    """A table as its folder tells of it; without a folder, an empty one.

    ``files`` are those of its days, ``counts`` as in the manifest, whose SHA-256 is ``digest``.
    """

    files: tuple[Path, ...] = ()
    days: Mapping[str, DayCounts] = field(default_factory=dict)
    counts: Mapping[str, Any] = field(default_factory=lambda: {"rejected": 0})
    inputs: tuple[Mapping[str, str], ...] = ()
    digest: str = ""

    @property
    def rejected(self) -> int:
        """How many rows of its files could not be read."""
        return int(self.counts["rejected"])

    @property
    def next_number(self) -> int:
        """The first number that no file of days or edges has."""
        folders = {path.parent.parent for path in self.files}
        named = [path.stem for folder in folders for path in folder.glob("*/part-*.parquet")]
        return 1 + max((int(name[5:]) for name in named if name[5:].isdigit()), default=-1)

    @property
    def rows(self) -> int:
        """How many rows its days have."""
        if not self.files:
            return 0
        return int(pl.scan_parquet(list(self.files), glob=False).select(pl.len()).collect().item())


def load_table(folder: Path) -> SavedTable:
    """Return the table in a folder.

    Raises
    ------
    BatchError
        There is none, or it is damaged or of another version.
    """
    if not is_saved_table(folder):
        raise BatchError(f"{folder}: no table there; sharewise community aggregate makes one")
    files = tuple(sorted((folder / DAYS).glob("*.parquet")))
    try:
        content = (folder / FILE).read_bytes()
        data = json.loads(content)
        days = {name: DayCounts(**counts) for name, counts in data["days"].items()}
        counts, inputs = data["counts"], tuple(data["inputs"])
        if missing := [name for name in COUNTS if name not in counts]:
            raise ValueError(f"no count of {missing[0]}")
        unknown = _days_held(files) - set(days)
    except (OSError, ValueError, KeyError, TypeError, pl.exceptions.PolarsError) as error:
        said = str(error).splitlines()[0][:160] if str(error) else "unreadable"
        raise BatchError(f"{folder}: damaged or of another version ({said})") from None
    if unknown:
        raise BatchError(f"{folder}: damaged: its days {min(unknown)} … are in no record")
    return SavedTable(files, days, counts, inputs, sha256(content).hexdigest())


def is_grown(folder: Path) -> bool:
    """Tell whether a folder holds a table with days of files that its last run did not read."""
    try:
        return bool(json.loads((folder / FILE).read_bytes())["grown"])
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _days_held(files: tuple[Path, ...]) -> set[str]:
    if not files:
        return set()
    scan = pl.scan_parquet(list(files), glob=False)
    if scan.collect_schema() != pl.Schema(DAY_SCHEMA):
        raise ValueError("other columns")
    return set(scan.select(day_name(pl.col("day")).unique()).collect()["day"])


def days_together(
    table: SavedTable, dropped: Iterable[str], found: Iterable[BucketCounts], clocks: set[str]
) -> dict[str, DayCounts]:
    """Return what is on record of every day, the new ones' clocks in ``clocks``."""
    sums: dict[str, list[int]] = {}
    for one in found:
        for day, counts in one.days.items():
            sums[day] = [a + b for a, b in zip(sums.get(day, [0] * 4), counts, strict=True)]
    gone = set(dropped)
    days = {day: counts for day, counts in table.days.items() if day not in gone}
    for day, (acts, loops, doubles, undecided) in sums.items():
        days[day] = DayCounts(acts, loops, doubles, undecided, day in clocks)
    return dict(sorted(days.items()))


def counts_of(
    days: Mapping[str, DayCounts], found: list[BucketCounts], people: int, rejected: int
) -> dict[str, Any]:
    """Return the counts of the manifest."""
    kinds: Counter[str] = Counter()
    for one in found:
        kinds.update(one.kinds)
    firsts = [one.first for one in found if one.first is not None]
    lasts = [one.last for one in found if one.last is not None]
    return {
        "acts": sum(day.acts for day in days.values()),
        "self_loops": sum(day.self_loops for day in days.values()),
        "doubles": sum(day.doubles for day in days.values()),
        "without_person": sum(one.without_person for one in found),
        "pairs": sum(one.pairs for one in found),
        "people": people,
        "kinds": dict(sorted(kinds.items())),
        "first": _time(min(firsts, default=None)),
        "last": _time(max(lasts, default=None)),
        "rejected": rejected,
    }


def added_counts(table: Mapping[str, Any], new: Mapping[str, Any], held: Held) -> dict[str, Any]:
    """Return the counts of a table and of new days; those by day are of both in ``new`` already."""
    kinds = Counter(table["kinds"])
    kinds.update(new["kinds"])
    times = {
        name: choose((one[name] for one in (table, new) if one[name]), default=None)
        for name, choose in (("first", min), ("last", max))
    }
    return {
        **new,
        "without_person": table["without_person"] + new["without_person"],
        "pairs": table["pairs"] + new["pairs"] - held.pairs,
        "people": table["people"] + new["people"] - held.people,
        "kinds": dict(sorted(kinds.items())),
        **times,
    }


def beside(folder: Path) -> Path:
    """Return where the next state of a table is made, before it takes its place."""
    return folder.with_name(f".{folder.name}.next")


def take_place(folder: Path, table: SavedTable) -> None:
    """Put what was made `beside` of ``table`` in its place in ``folder``.

    A crash in between leaves the old one as ``.NAME.before``: `restored` puts it back.

    Raises
    ------
    BatchError
        The table was changed since it was loaded.
    WriteError
        It can't be moved.
    """
    before = _before(folder)
    try:
        if sha256((folder / FILE).read_bytes()).hexdigest() != table.digest:
            raise BatchError(f"{folder}: was changed while this ran; run it again")
        folder.rename(before)
        beside(folder).rename(folder)
        shutil.rmtree(before)
    except OSError as error:
        raise WriteError(f"{folder}: can't be replaced: {error.strerror or error}") from None


def restored(folder: Path) -> None:
    """Put back a table that a crash in `take_place` left aside; what it was replaced by goes on."""
    before = _before(folder)
    if before.is_dir() and not folder.exists():
        before.rename(folder)
    elif before.is_dir():
        shutil.rmtree(before)


def _before(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.before")


def _time(microseconds: int | None) -> str | None:
    if microseconds is None:
        return None
    return datetime.fromtimestamp(microseconds / 1e6, UTC).isoformat(timespec="seconds")
