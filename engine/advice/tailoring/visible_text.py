"""Text of posts with all that steers a terminal, or can't be seen, written out."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

_UNSEEN = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    r"\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    r"\U000e0000-\U000e0fff\ud800-\udfff]"
)
_JOINERS = re.compile(r"[\u200c\u200d\ufe00-\ufe0f]")


def visible(text: str, *, joiners: bool = False) -> str:
    """Return ``text`` with control, direction and invisible characters as their code points.

    Line feeds stay. Joiners and variation selectors, which words and emoji need, stay too
    unless ``joiners`` asks to see them.

    Examples
    --------
    >>> visible("a\\x1b[31mb")
    'a\\\\x1b[31mb'
    """
    shown = _UNSEEN.sub(_code_point, text)
    return _JOINERS.sub(_code_point, shown) if joiners else shown


def without_joiners(text: str) -> str:
    """Return ``text`` without joiners and variation selectors."""
    return _JOINERS.sub("", text)


def field_text(field: str, value: Any) -> str:
    """Return a field of a post as a person reads it: lists line by line, hashtags in one."""
    if value is None:
        return ""
    if field == "media":
        return "\n".join(_medium(number, item) for number, item in enumerate(value, start=1))
    if field == "hashtags":
        return " ".join(f"#{one}" for one in value)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "\n".join(str(one) for one in value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def _medium(number: int, item: Mapping[str, Any]) -> str:
    name = item.get("path") or item.get("kind") or "medium"
    alt = item.get("alt")
    return f"{number} {name}: {alt}" if alt else f"{number} {name}: no alternative text"


def _code_point(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
