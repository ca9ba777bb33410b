"""Values of JSON and JSON Lines files replaced where they stand; every other byte stays."""

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..reading.column_names import map_columns
from ..reading.json_tables import LISTS, MAX_LINE
from .encoded_text import EncodedText
from .flat_cell import FLAGS, NUMBERS, TEXTS, flat_cell
from .json_places import Member, elements, first_value, members
from .list_text import READERS
from .media_alts import with_alts
from .unwritable import Rewritten, UnwritableError, Unwritten

Changes = Mapping[int, Mapping[str, Any]]


def rewrite_json(file: EncodedText, changes: Changes, columns: Mapping[str, str]) -> Rewritten:
    """Return a JSON document with the changed fields of its posts, by their number from 1.

    Parameters
    ----------
    columns : the file's key → our field, for the keys that were recognised
    """
    places = dict(enumerate(_posts(file.text), start=1))
    return _rewritten(file, changes, columns, places)


def rewrite_jsonl(file: EncodedText, changes: Changes, columns: Mapping[str, str]) -> Rewritten:
    """Return a JSON Lines file with the changed fields of its posts, by line number."""
    lines = io.StringIO(file.text, newline="")
    places, at, number = {}, 0, 0
    while line := lines.readline(MAX_LINE):
        number += 1
        if number in changes:
            places[number] = at + first_value(line)
        at += len(line)
    return _rewritten(file, changes, columns, places)


def posts_array(text: str) -> int | None:
    """Return where the list of posts of a JSON document opens; None where it is one post."""
    start = first_value(text)
    if text[start] != "{":
        return start
    found = {one.key: one.start for one in members(text, start)}
    return next((found[key] for key in LISTS if key in found and text[found[key]] == "["), None)


def _posts(text: str) -> Iterator[int]:
    start = posts_array(text)
    if start is None:
        yield first_value(text)
        return
    for begin, _ in elements(text, start):
        yield begin


def _rewritten(
    file: EncodedText, changes: Changes, columns: Mapping[str, str], places: Mapping[int, int]
) -> Rewritten:
    edits: list[tuple[int, int, str]] = []
    left: list[Unwritten] = []
    for row, fields in changes.items():
        for field, value in fields.items():
            try:
                edits.append(_edit(file, places.get(row), field, value, columns))
            except UnwritableError as error:
                left.append(Unwritten(row, field, str(error)))
    made, done = [], 0
    for start, end, new in sorted(edits, key=lambda edit: edit[:2]):
        made += [file.text[done:start], new]
        done = end
    return Rewritten(file.encoded("".join([*made, file.text[done:]])), tuple(left))


def _edit(
    file: EncodedText, start: int | None, field: str, value: Any, columns: Mapping[str, str]
) -> tuple[int, int, str]:
    """Return start, end and text of what replaces a value, or of a new member of the post."""
    if start is None:
        raise UnwritableError("the post is not where it was; was the file changed meanwhile?")
    found = {one.key: one for one in members(file.text, start)}
    there = _member(field, found, columns)
    if there is None:
        return _added(file, start, list(found.values()), field, value)
    raw = file.text[there.start : there.end]
    described = columns[there.key] == "media.alt"
    new = _value(field, json.loads(raw, strict=False), value, described=described)
    escaped = raw.isascii() and ("\\u" in raw or file.text.isascii())
    written = _json_text(new, raw, escaped=escaped)
    file.refuse_foreign(written)
    return there.start, there.end, written


def _member(field: str, found: Mapping[str, Member], columns: Mapping[str, str]) -> Member | None:
    """Return the member a field was read from, None where the post has none."""
    names = [name for name in found if columns.get(name) == field]
    if field == "media":
        names = [name for name in found if columns.get(name) == "media.alt"] or names
    if len(names) > 1:
        best = map_columns(names).fields.get(field)
        if best is None or field == "media":
            raise UnwritableError(f"{field} stands in {', '.join(names)}; change it by hand")
        names = [best]
    return found[names[0]] if names else None


def _value(field: str, old: Any, new: Any, *, described: bool) -> Any:
    if new is None and field not in READERS:
        return None
    if field == "media" and not described:
        return with_alts(old, new)
    if field in READERS and isinstance(old, list):
        marked = field == "hashtags" and any(str(one).startswith("#") for one in old)
        return [f"#{one}" if marked else one for one in new or ()]
    if field in FLAGS and isinstance(old, bool):
        return bool(new)
    if field in NUMBERS and not isinstance(old, str):
        return new
    if old is None or isinstance(old, str):
        return flat_cell(field, old, new, alts=described)
    raise UnwritableError(f"{field} holds no text here; change it by hand")


def _added(
    file: EncodedText, start: int, found: Sequence[Member], field: str, value: Any
) -> tuple[int, int, str]:
    """Return a new member after the last one, set off as that one is."""
    if field not in (*TEXTS, *READERS, *FLAGS, *NUMBERS) or not found:
        raise UnwritableError(f"the post has no {field}; add it by hand")
    last = found[-1]
    before = file.text[found[-2].end if len(found) > 1 else start + 1 : last.key_start]
    blank = before.partition(",")[2] if len(found) > 1 else before or " "
    colon = file.text[last.key_start : last.start].rpartition('"')[2]
    written = _json_text(value, "", escaped=file.text.isascii())
    file.refuse_foreign(written)
    return last.end, last.end, f',{blank}"{field}"{colon}{written}'


def _json_text(value: Any, raw: str, *, escaped: bool) -> str:
    """Return a value as JSON, as ``raw`` was written: its escapes, its line breaks."""
    if isinstance(value, list) and value and raw.startswith("[") and "\n" in raw:
        blank = raw[1 : len(raw) - len(raw[1:].lstrip())]
        end = raw[len(raw[:-1].rstrip()) : -1]
        parts = [json.dumps(one, ensure_ascii=escaped) for one in value]
        return f"[{blank}" + f",{blank}".join(parts) + f"{end}]"
    text = json.dumps(value, ensure_ascii=escaped)
    return text.replace("/", "\\/") if "\\/" in raw else text
