"""What is on record of each part: done only if all that decides it is still the same."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from ..content.writing import write_beside
from .plan import Part

POSTS, REJECTS, RUN = "posts", "rejects", "run"


@dataclass(frozen=True)
class Entry:
    """How a part went.

    Attributes
    ----------
    number : the part's
    key : `Job.key` when it was done
    posts, rows, scored : posts read, rows written (posts × platforms), those with a score
    rejected : rows of the file that were set aside
    severities, rules : findings by severity and by rule
    size, rejects_size : bytes of the Parquet files written; 0: there is none
    failed : why the part can't be read; None: it is done
    id_column : what the file calls the id
    repeated : posts set aside because an earlier part has their id
    finished : digest of the run in which ranks were given and the final file written; "": not yet
    final_size : bytes of the final file
    """

    number: int
    key: str
    posts: int = 0
    rows: int = 0
    scored: int = 0
    rejected: int = 0
    severities: Mapping[str, int] = field(default_factory=dict)
    rules: Mapping[str, int] = field(default_factory=dict)
    size: int = 0
    rejects_size: int = 0
    failed: str | None = None
    id_column: str = "id"
    repeated: int = 0
    finished: str = ""
    final_size: int = 0


def posts_file(out: Path, part: Part, form: str = "parquet") -> Path:
    """Return where the rows of a part go."""
    return out / POSTS / f"{part.name}.{form}"


def rejects_file(out: Path, part: Part) -> Path:
    """Return where the rejected rows of a part go."""
    return out / REJECTS / f"{part.name}.parquet"


def entry_file(out: Path, part: Part) -> Path:
    """Return where the entry of a part stands."""
    return out / RUN / f"{part.name}.json"


def write_entry(out: Path, part: Part, entry: Entry) -> None:
    """Put a part on record; what it tells of must be on disk already."""
    write_beside(entry_file(out, part), json.dumps(asdict(entry), sort_keys=True).encode())


def read_entry(out: Path, part: Part) -> Entry | None:
    """Return what is on record of a part; None for nothing that can be read."""
    try:
        data: dict[str, Any] = json.loads(entry_file(out, part).read_bytes())
        return Entry(**data)
    except (OSError, ValueError, TypeError):
        return None


def done_entry(out: Path, part: Part, key: str, finished: str, form: str) -> Entry | None:
    """Return the entry of a part that is done: by its key, and its files are there whole.

    ``finished`` is the digest of this run: a part that was finished in another one counts only
    if nothing of it was set aside there, and its Parquet file is still there.
    """
    entry = read_entry(out, part)
    if entry is None or entry.key != key or entry.failed is not None:
        return None
    if _size(rejects_file(out, part)) != entry.rejects_size:
        return None
    if entry.finished == finished and entry.final_size == _size(posts_file(out, part, form)):
        return entry
    if entry.finished not in ("", finished) and entry.repeated:
        return None
    return entry if entry.size == _size(posts_file(out, part)) else None


def leftovers(out: Path, parts: Iterable[Part]) -> list[Path]:
    """Return the half-written files of these parts that a killed process left behind."""
    found = []
    names = {part.name for part in parts}
    for folder in (POSTS, REJECTS, RUN):
        for path in (out / folder).glob(".part-*.part"):
            if path.name[1:].partition(".")[0] in names:
                found.append(path)
    return found


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
