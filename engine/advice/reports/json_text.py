"""JSON that is readable in every script and harmless in every terminal."""

import json
import re
from typing import Any

_UNSEEN = re.compile(r"[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def json_text(value: Any, indent: int | None = None) -> str:
    """Return ``value`` as JSON; control and direction characters are written as escapes.

    Raises
    ------
    ValueError
        A number is NaN or infinite, which JSON can't hold.
    """
    text = json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False)
    return escaped_json(text)


def escaped_json(text: str) -> str:
    """Return JSON text with its control and direction characters as escapes."""
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
