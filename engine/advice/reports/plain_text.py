"""Text of posts made fit to print: no control characters, known width, cut and wrapped."""

import re
from unicodedata import category, combining, east_asian_width

_UNSEEN = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
_BREAK = re.compile(r"[\t\n\x0b\x0c\r\u2028\u2029 ]+")
_EMOJI_STYLE = "\ufe0f"
ELLIPSIS = "…"


def printable(text: str) -> str:
    """Return ``text`` on one line, without what could steer a terminal or turn its direction.

    Control characters (also C1), characters that override the writing direction and invisible
    ones go; line breaks and tabs become a space. Joiners stay: words of many scripts and emoji
    need them.
    """
    return _BREAK.sub(" ", _UNSEEN.sub("", text)).strip()


def width(text: str) -> int:
    """Return how many columns a terminal gives ``text``."""
    return len(text) if text.isascii() else sum(map(_columns, text)) + text.count(_EMOJI_STYLE)


def shorten(text: str, columns: int) -> str:
    """Return ``text`` in at most ``columns``, its end replaced by ``…`` where it is cut."""
    if width(text) <= columns:
        return text
    kept, used = [], 1
    for character in text:
        used += _columns(character)
        if used > columns:
            break
        kept.append(character)
    return "".join(kept).rstrip() + ELLIPSIS


def shorten_place(file: str, row: str, columns: int) -> str:
    """Return ``file:row`` in at most ``columns``: folders go first, then the start of the name."""
    parts = file.replace("\\", "/").split("/")
    tails = ["/".join(parts[at:]) for at in range(len(parts))]
    for at, tail in enumerate(tails):
        place = f"{'…/' if at else ''}{tail}:{row}"
        if width(place) <= columns:
            return place
    kept = f"{parts[-1]}:{row}"
    while kept and width(kept) >= columns:
        kept = kept[1:]
    return ELLIPSIS + kept


def wrap(text: str, columns: int) -> list[str]:
    """Return ``text`` in lines of at most ``columns``, broken at spaces where there are any."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        joined = f"{line} {word}" if line else word
        if width(joined) <= columns:
            line = joined
            continue
        if line:
            lines.append(line)
        *full, line = _pieces(word, columns)
        lines += full
    return [*lines, line]


def hanging(text: str, columns: int) -> list[str]:
    """Return ``text`` in lines of at most ``columns``, those after the first set in by two more."""
    if width(text) <= columns:
        return [text]
    indent = len(text) - len(text.lstrip(" "))
    first, *rest = wrap(text.lstrip(" "), max(8, columns - indent - 2))
    return [" " * indent + first, *(" " * (indent + 2) + line for line in rest)]


def pad(text: str, columns: int) -> str:
    """Return ``text`` filled up with spaces to ``columns``."""
    return text + " " * max(0, columns - width(text))


def _pieces(word: str, columns: int) -> list[str]:
    pieces, piece, used = [], "", 0
    for character in word:
        if piece and used + _columns(character) > max(columns, 2):
            pieces.append(piece)
            piece, used = "", 0
        piece += character
        used += _columns(character)
    return [*pieces, piece]


def _columns(character: str) -> int:
    if combining(character) or category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if east_asian_width(character) in ("W", "F") else 1
