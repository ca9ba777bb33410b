"""Where the values of a JSON text stand, found without losing how it is written."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

_decoder = json.JSONDecoder(strict=False)
_BLANK = re.compile(r"[ \t\r\n]*")


@dataclass(frozen=True)
class Member:
    """A member of an object: its key, and where its value starts and ends."""

    key: str
    key_start: int
    start: int
    end: int


def members(text: str, start: int) -> Iterator[Member]:
    """Yield the members of the object that opens at ``start``, in a text that is JSON."""
    at = _skip(text, start + 1)
    while text[at] != "}":
        key, after = _decoder.raw_decode(text, at)
        value = _skip(text, _skip(text, after) + 1)
        end = value_end(text, value)
        yield Member(key, at, value, end)
        at = _skip(text, end)
        if text[at] == ",":
            at = _skip(text, at + 1)


def elements(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield where each element of the array that opens at ``start`` starts and ends."""
    at = _skip(text, start + 1)
    while text[at] != "]":
        end = value_end(text, at)
        yield at, end
        at = _skip(text, end)
        if text[at] == ",":
            at = _skip(text, at + 1)


def value_end(text: str, start: int) -> int:
    """Return where the value that starts at ``start`` ends."""
    return _decoder.raw_decode(text, start)[1]


def first_value(text: str) -> int:
    """Return where the value of a whole document starts."""
    return _skip(text, len(text) - len(text.lstrip("\ufeff \t\r\n")))


def _skip(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at
