"""How a terminal report may look: its width, colours, and which signs can be shown."""

import os
import shutil
from dataclasses import dataclass
from typing import TextIO

_CODES = {
    **{"error": "31;1", "warning": "33", "suggestion": "36", "dim": "2", "bold": "1"},
    **{"removed": "31", "added": "32"},
}
_SIGNS = {"error": "✖", "warning": "▲", "suggestion": "●"}
_LETTERS = {"error": "E", "warning": "W", "suggestion": "s"}
NARROWEST, UNKNOWN_WIDTH = 40, 100


@dataclass(frozen=True)
class Style:
    """``width`` in columns; ``colour`` and ``signs`` are False where a terminal lacks them."""

    width: int = UNKNOWN_WIDTH
    colour: bool = False
    signs: bool = True

    def paint(self, text: str, name: str) -> str:
        """Return ``text`` in the colour called ``name``, or as it is."""
        return f"\x1b[{_CODES[name]}m{text}\x1b[0m" if self.colour else text

    def sign(self, severity: str) -> str:
        """Return the sign of a severity."""
        return self.paint((_SIGNS if self.signs else _LETTERS)[severity], severity)


def style_of(stream: TextIO) -> Style:
    """Return the style for a stream: ``NO_COLOR``, ``COLUMNS`` and a dumb terminal are heeded."""
    seen = stream.isatty()
    asked = os.environ.get("TERM") != "dumb" and not os.environ.get("NO_COLOR")
    wide = shutil.get_terminal_size((UNKNOWN_WIDTH, 24)).columns
    return Style(max(NARROWEST, wide), seen and asked, _can_show_signs(stream.encoding))


def _can_show_signs(encoding: str | None) -> bool:
    try:
        "✖▲●“”…·→×".encode(encoding or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
