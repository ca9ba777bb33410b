"""How a CSV file is parted, and which of its first lines is the header."""

import csv
from dataclasses import dataclass

from ...errors import ReadError
from .near_columns import looks_like_a_row
from .subject import Subject
from .tables import MAX_COLUMNS, SourceNotes

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar (|)"}
_HEADER_WITHIN = 5


@dataclass(frozen=True)
class Dialect:
    """The delimiter, and the lines and records before the first data record."""

    delimiter: str
    header: tuple[str, ...]
    skipped_lines: int
    skipped_records: int


def dialect_of(sample: str, notes: SourceNotes) -> Dialect:
    """Return how a file is parted, from its first characters.

    A first line ``sep=;`` decides; else the delimiter that gives most known columns.

    Raises
    ------
    ReadError
        No header with the columns that the subject needs, with any delimiter.
    """
    first, _, rest = sample.lstrip("\ufeff").partition("\n")
    said = first.strip().strip('"')
    skipped = 0
    candidates = tuple(DELIMITERS)
    if said.lower().startswith("sep=") and len(said) <= 5:
        candidates, sample, skipped = (said[4:] or "\t",), rest, 1
    found = [_header(sample, delimiter, notes.subject) for delimiter in candidates]
    known, at, header, delimiter = max(found, key=lambda one: (one[0], len(one[2])))
    names = unique_names(header)
    if not known or not notes.subject.holds(names):
        raise ReadError(_no_such_column(notes.name, header, notes.subject))
    if len(names) > MAX_COLUMNS:
        raise ReadError(f"{notes.name}: {len(names)} columns; at most {MAX_COLUMNS} are read")
    if at:
        notes.warn(f"the header is line {at + skipped + 1}; the lines before it are not read")
    return Dialect(delimiter, names, skipped, at + 1)


def unique_names(header: list[str]) -> tuple[str, ...]:
    """Return the column names, each once: blank ones by number, repeated ones with ``_2``."""
    used: set[str] = set()
    names = []
    for number, cell in enumerate(header, start=1):
        base = name = cell.strip("\ufeff \t\r\n") or f"column_{number}"
        again = 2
        while name in used:
            name, again = f"{base}_{again}", again + 1
        used.add(name)
        names.append(name)
    return tuple(names)


def _header(sample: str, delimiter: str, subject: Subject) -> tuple[int, int, list[str], str]:
    """Return known columns, place and cells of the likeliest header among the first records."""
    best: tuple[int, int, list[str], str] = (0, 0, [], delimiter)
    try:
        for at, record in enumerate(csv.reader(sample.splitlines(True), delimiter=delimiter)):
            if at >= _HEADER_WITHIN:
                break
            known = subject.known(record[:MAX_COLUMNS])
            if known > best[0] or not best[2]:
                best = (known, at if known else 0, record, delimiter)
    except csv.Error:
        pass
    return best


def _no_such_column(name: str, header: list[str], subject: Subject) -> str:
    instead = subject.instead(header)
    if instead is not None:
        return f"{name}: {instead}"
    if looks_like_a_row(header):
        example = f", such as {subject.header}" if subject.header else ""
        return (
            f"{name}: the first line looks like {_a(subject.noun)}, not like a header; "
            f"add a line with the names of the columns above it{example}"
        )
    meant = subject.meant(header)
    shown = ", ".join(cell.strip()[:40] for cell in header[:12]) or "nothing"
    more = " …" if len(header) > 12 else ""
    hint = (
        "columns are parted by comma, semicolon, tab or |"
        if len(header) == 1
        else f"if {meant!r} is the text, call it 'text'"
        if meant is not None
        else f"sharewise template {subject.template} prints an empty file"
    )
    return (
        f"{name}: no column holds {_a(subject.noun)}: found {shown}{more}; {subject.needs}; {hint}"
    )


def _a(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"
