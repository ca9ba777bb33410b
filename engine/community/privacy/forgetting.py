"""Take a person out of every file that was written: their rows, and their name in other texts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ...content.writing import write_beside
from ...errors import RewardsError
from . import forgetting_tables, forgetting_xml
from .person_names import PersonNames

MAX_BYTES = 2_000_000_000

_FORMATS: Mapping[str, Callable[[bytes, PersonNames], tuple[bytes, int]]] = {
    ".jsonl": forgetting_tables.json_lines,
    ".ndjson": forgetting_tables.json_lines,
    ".json": forgetting_tables.json_document,
    ".csv": forgetting_tables.csv_rows,
    ".parquet": forgetting_tables.parquet_rows,
    ".pq": forgetting_tables.parquet_rows,
    ".graphml": forgetting_xml.graph_nodes,
    ".gexf": forgetting_xml.graph_nodes,
    ".html": forgetting_tables.plain_text,
    ".md": forgetting_tables.plain_text,
    ".txt": forgetting_tables.plain_text,
}


@dataclass(frozen=True)
class Forgotten:
    """What was done in one file: ``places`` are rows taken out and texts changed."""

    path: Path
    places: int


def forget(names: PersonNames, files: Sequence[Path]) -> list[Forgotten]:
    """Take a person out of ``files``; those that don't name them are not touched.

    First the new content of every file is made, then each file is replaced whole. So a file
    that can't be read stops it all before anything is changed; if the disk fails in between,
    some files are done and the others as they were: run it again.

    Returns
    -------
    list of Forgotten
        One for each file that was changed.

    Raises
    ------
    RewardsError
        A file can't be read, or is of a format that this never writes.
    """
    made = [(path, *_without(path, names)) for path in dict.fromkeys(files)]
    changed = [(path, content, places) for path, content, places in made if places]
    for path, content, _ in changed:
        write_beside(path, content)
    return [Forgotten(path, places) for path, _, places in changed]


def _without(path: Path, names: PersonNames) -> tuple[bytes, int]:
    change = _FORMATS.get(path.suffix.lower())
    if change is None:
        allowed = ", ".join(_FORMATS)
        raise RewardsError(f"{path}: can't forget in such a file; allowed: {allowed}. Delete it")
    try:
        if path.stat().st_size > MAX_BYTES:
            raise RewardsError(f"{path}: larger than {MAX_BYTES:,} bytes")
        content = path.read_bytes()
    except OSError as error:
        raise RewardsError(f"{path}: can't be read: {error.strerror}") from None
    try:
        return change(content, names)
    except UnicodeDecodeError:
        raise RewardsError(f"{path}: not UTF-8; nothing was changed") from None
    except ValueError as error:
        raise RewardsError(f"{path}: {error}; nothing was changed") from None
