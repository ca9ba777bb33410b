"""Take a person out of CSV, JSON, JSON lines, Parquet and plain text.

Each function takes a file's content and gives the new one, and how many places were changed.
"""

import csv
import io
import json
from typing import Any

import polars as pl

from ...advice.reports.json_text import json_text
from .person_names import OWN_WORDS, PERSON_FIELDS, PersonNames


def json_lines(content: bytes, names: PersonNames) -> tuple[bytes, int]:
    """Return JSON lines without those of the person; other lines stay byte for byte."""
    lines = content.decode().split("\n")
    values = [_json(line) if line.strip() else None for line in lines]
    gone = names.among(_person_values(values))
    kept, places = [], 0
    for line, value in zip(lines, values, strict=True):
        if _names(value, gone):
            places += 1
            continue
        changed, count = _without(value, gone, names)
        kept.append(json_text(changed) if count else line)
        places += count
    return "\n".join(kept).encode(), places


def json_document(content: bytes, names: PersonNames) -> tuple[bytes, int]:
    """Return a JSON document whose lists hold no object that is the person."""
    value = _json(content.decode())
    gone = names.among(_person_values(value))
    changed, places = _without(value, gone, names)
    return (f"{json_text(changed, indent=2)}\n".encode(), places) if places else (content, 0)


def csv_rows(content: bytes, names: PersonNames) -> tuple[bytes, int]:
    """Return CSV without the person's rows."""
    text = content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    if not rows:
        return content, 0
    head = rows[0]
    where = [at for at, name in enumerate(head) if name.lower() in PERSON_FIELDS]
    gone = names.among(row[at] for row in rows[1:] for at in where if at < len(row))
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n" if "\r\n" in text else "\n")
    writer.writerow(head)
    places = 0
    for row in rows[1:]:
        if any(at < len(row) and row[at] in gone for at in where):
            places += 1
            continue
        fields = zip(head + [""] * len(row), row, strict=False)
        changed = [cell if name in OWN_WORDS else names.scrubbed(cell) for name, cell in fields]
        places += changed != row
        writer.writerow(changed)
    return (out.getvalue().encode(), places) if places else (content, 0)


def parquet_rows(content: bytes, names: PersonNames) -> tuple[bytes, int]:
    """Return a Parquet file without the person's rows; columns and types stay."""
    try:
        frame = pl.read_parquet(io.BytesIO(content))
    except pl.exceptions.PolarsError as error:
        raise ValueError(f"not Parquet: {str(error).splitlines()[0]}") from None
    texts = [name for name, kind in frame.schema.items() if kind == pl.String]
    where = [name for name in texts if name.lower() in PERSON_FIELDS]
    gone = names.among(value for name in where for value in frame[name].unique().to_list())
    kept = frame
    for name in where:
        kept = kept.filter(pl.col(name).is_null() | ~pl.col(name).is_in(list(gone)))
    changes = []
    for name in texts:
        if name not in OWN_WORDS:
            changes.append(_scrubbed(kept[name], names))
    for name, kind in frame.schema.items():
        if kind == pl.List(pl.String) and name not in OWN_WORDS:
            changes.append(_lists_without(kept[name], names))
    scrubbed = kept.with_columns(changes)
    places = frame.height - kept.height
    places += sum(
        scrubbed.height - scrubbed[one.name].eq_missing(kept[one.name]).arg_true().len()
        for one in changes
    )
    if not places:
        return content, 0
    out = io.BytesIO()
    scrubbed.write_parquet(out)
    return out.getvalue(), places


def plain_text(content: bytes, names: PersonNames) -> tuple[bytes, int]:
    """Return text in which the name is replaced wherever it stands as a word."""
    text = content.decode()
    changed = names.scrubbed(text)
    return changed.encode(), int(changed != text)


def _scrubbed(column: pl.Series, names: PersonNames) -> pl.Series:
    values = column.drop_nulls().unique().to_list()
    changes = {value: new for value in values if (new := names.scrubbed(value)) != value}
    return column.replace(changes) if changes else column


def _lists_without(column: pl.Series, names: PersonNames) -> pl.Series:
    values = column.list.explode(keep_nulls=False, empty_as_null=False).unique().to_list()
    gone = names.among(values)
    new = {value: names.scrubbed(value) for value in values}
    if not gone and all(value == changed for value, changed in new.items()):
        return column
    kept = [
        None if one is None else [new[value] for value in one if value not in gone]
        for one in column.to_list()
    ]
    return pl.Series(column.name, kept, dtype=column.dtype)


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except RecursionError:
        raise ValueError("nested too deep") from None


def _person_values(value: Any, field: str = "") -> list[str]:
    """Return every text that stands where a person may: in a field for it, or in a list."""
    if isinstance(value, dict):
        return [one for key, inner in value.items() for one in _person_values(inner, key)]
    if isinstance(value, list):
        return [one for inner in value for one in _person_values(inner, "person")]
    return [value] if isinstance(value, str) and field.lower() in PERSON_FIELDS else []


def _names(value: Any, gone: set[str]) -> bool:
    if isinstance(value, str):
        return value in gone
    if not isinstance(value, dict):
        return False
    return any(
        key.lower() in PERSON_FIELDS and isinstance(inner, str) and inner in gone
        for key, inner in value.items()
    )


def _without(value: Any, gone: set[str], names: PersonNames, field: str = "") -> tuple[Any, int]:
    if isinstance(value, list):
        kept = [_without(one, gone, names, field) for one in value if not _names(one, gone)]
        places = len(value) - len(kept) + sum(count for _, count in kept)
        return [one for one, _ in kept], places
    if isinstance(value, dict):
        inner = {key: _without(one, gone, names, key) for key, one in value.items()}
        return {key: one for key, (one, _) in inner.items()}, sum(n for _, n in inner.values())
    if isinstance(value, str) and field not in OWN_WORDS:
        changed = names.scrubbed(value)
        return changed, int(changed != value)
    return value, 0
