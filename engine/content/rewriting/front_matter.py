"""Keys of a front matter replaced where they stand; comments, order and other keys stay."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from ..safe_yaml import YamlError, load_yaml
from .unwritable import UnwritableError

_KEY = re.compile(r"""^(?P<key>[^\s#'"\-\[{][^:\n]*|"[^"\n]*"|'[^'\n]*')[ \t]*:(?=[ \t\r\n]|\Z)""")
_QUOTED = re.compile(
    r"""(?P<value>"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')(?P<rest>[ \t]*(?:#.*)?)\Z""", re.S
)
_PLAIN = re.compile(r"(?P<value>[^\s#\[{|>'\"&*!%@`](?:[^\n]*?\S)?)(?P<rest>[ \t]*(?:[ \t]#.*)?)\Z")
_UNPRINTABLE = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_DASHED = re.compile(r"(?P<rest>[ \t]*(?:#.*)?)\r?\n(?P<dash>[ \t]*-[ \t]+)")
_NOTED = re.compile(r"\](?P<rest>[ \t]+#[^\n]*)\Z")


def with_value(front: str, key: str, value: Any) -> str:
    """Return a front matter in which ``key`` has a new value, and nothing else differs.

    A key that is not there is added at the end.

    Raises
    ------
    UnwritableError
        It can't be written so that only this key reads differently.
    """
    before = _read(front) or {}
    wanted = {**before, key: value}
    for text in _candidates(front, key, value):
        if _read(text) == wanted and list(_read(text) or {}) == list(wanted):
            return text
    raise UnwritableError(f"the front matter's {key} can't be changed in place; change it by hand")


def _candidates(front: str, key: str, value: Any) -> Iterator[str]:
    lines = front.splitlines(keepends=True)
    found = _block(lines, key)
    if found is None:
        end = "" if not front or front.endswith("\n") else "\n"
        for written in _written(value, ""):
            yield f"{front}{end}{key}:{written}\n"
        return
    first, last, after_key = found
    opening = lines[first][:after_key]
    raw = "".join(lines[first : last + 1])[after_key:]
    body = raw.rstrip("\r\n")
    end = raw[len(body) :]
    for written in _written(value, body):
        yield "".join([*lines[:first], opening, written, end, *lines[last + 1 :]])


def _block(lines: list[str], key: str) -> tuple[int, int, int] | None:
    """Return the first and last line of a key's block, and where on the first its key ends."""
    starts = [(at, match) for at, line in enumerate(lines) if (match := _KEY.match(line))]
    for number, (first, match) in enumerate(starts):
        if match["key"].strip().strip("\"'") != key:
            continue
        last = (starts[number + 1][0] if number + 1 < len(starts) else len(lines)) - 1
        while last > first and re.match(r"\s*(#.*)?$", lines[last]):
            last -= 1
        return first, last, match.end()
    return None


def _written(value: Any, raw: str) -> Iterator[str]:
    """Yield ways to write a value, that of ``raw``, what stood after the colon, first."""
    blank = raw[: len(raw) - len(raw.lstrip(" \t"))] or " "
    if isinstance(value, str):
        yield from (blank + text for text in _scalars(value, raw.strip(" \t")))
        return
    items = [_flow(item) for item in value] if isinstance(value, list) else []
    listed = _DASHED.match(raw)
    if items and listed:
        newline = "\r\n" if "\r\n" in raw else "\n"
        yield listed["rest"] + "".join(f"{newline}{listed['dash']}{item}" for item in items)
    if isinstance(value, list):
        noted = _NOTED.search(raw)
        yield f"{blank}[{', '.join(items)}]" + (noted["rest"] if noted else "")
    yield blank + _json(value)


def _scalars(value: str, raw: str) -> Iterator[str]:
    newline = "\r\n" if "\r\n" in raw else "\n"
    if raw.startswith("|"):
        head, _, lines = raw.partition("\n")
        indent = re.match(r"[ \t]*", lines)
        inside = (indent[0] if indent else "") or "  "
        filled = (inside + line if line else "" for line in value.rstrip("\n").split("\n"))
        yield newline.join([head.rstrip("\r"), *filled])
    match = _QUOTED.match(raw) or _PLAIN.match(raw)
    rest = match["rest"] if match else ""
    if raw.startswith("'"):
        yield "'" + value.replace("'", "''") + "'" + rest
    if not raw.startswith('"') and "\n" not in value:
        yield value + rest
    yield _json(value) + rest


def _flow(item: Any) -> str:
    """Return an item of a list, bare where it reads the same so."""
    if isinstance(item, Mapping):
        return "{" + ", ".join(f"{key}: {_flow(one)}" for key, one in item.items()) + "}"
    bare = str(item)
    if isinstance(item, str) and _read(f"a: [{bare}]") == {"a": [item]}:
        return bare
    return _json(item)


def _json(value: Any) -> str:
    """Return a value as JSON that is YAML too: what YAML can't hold is escaped."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return _UNPRINTABLE.sub(lambda one: f"\\u{ord(one[0]):04x}", text)


def _read(text: str) -> dict[str, Any] | None:
    try:
        data = load_yaml(text) if text.strip() else {}
    except YamlError:
        return None
    return data if isinstance(data, dict) else None
