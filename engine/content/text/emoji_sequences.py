"""Where the emoji of a text stand; the home of the emoji library.

Every sequence Unicode lists (emoji-test.txt: fully, minimally and unqualified) is one emoji,
the longest that fits first: families, flags, keycaps, skin tones.
"""

import re
from functools import cache

from .later import later

_CANDIDATE = later(
    lambda: re.compile("[©®\u203c-\u3299\U0001f000-\U0001faff]|[0-9#*](?=\ufe0f?\u20e3)")
)
_ALWAYS_PICTURES_FROM = 0x1F000
_SYMBOL_BLOCKS = range(0x2600, 0x27C0)
_TEXT_STYLE = "\ufe0e"


def emoji_spans(text: str) -> list[tuple[int, int]]:
    """Return (start, end) of each emoji sequence, also of ©, ™ and others often shown as text.

    These spans are what X weighs 2, except that its table ends with the emoji of 2019.
    """
    if text.isascii() or not (match := _CANDIDATE.search(text)):
        return []
    spans = []
    sequences = _sequences()
    while match:
        start = match.start()
        length = _longest(text, start, sequences.get(text[start], {}))
        if length:
            spans.append((start, start + length))
        match = _CANDIDATE.search(text, start + max(length, 1))
    return spans


def shown_as_emoji(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return those of the ``spans`` that people see as pictures.

    Not ©, ™, ‼, arrows and the like without U+FE0F; nothing before U+FE0E.
    """
    return [span for span in spans if _is_picture(text, *span)]


def _is_picture(text: str, start: int, end: int) -> bool:
    if text[end : end + 1] == _TEXT_STYLE:
        return False
    if end - start > 1:
        return True
    point = ord(text[start])
    return (
        point >= _ALWAYS_PICTURES_FROM
        or point in _SYMBOL_BLOCKS
        or text[start] in _pictures_by_default()
    )


def _longest(text: str, start: int, forms: dict[int, frozenset[str]]) -> int:
    for length, sequences in forms.items():
        if text[start : start + length] in sequences:
            return length
    return 0


@cache
def _sequences() -> dict[str, dict[int, frozenset[str]]]:
    """Return the sequences by first character, then by length, the longest first."""
    from emoji import EMOJI_DATA, STATUS

    found: dict[str, dict[int, set[str]]] = {}
    for sequence, data in EMOJI_DATA.items():
        if data["status"] != STATUS["component"]:
            found.setdefault(sequence[0], {}).setdefault(len(sequence), set()).add(sequence)
    return {
        first: {length: frozenset(forms[length]) for length in sorted(forms, reverse=True)}
        for first, forms in found.items()
    }


@cache
def _pictures_by_default() -> frozenset[str]:
    """Return the single characters that are pictures without U+FE0F."""
    from emoji import EMOJI_DATA, STATUS

    return frozenset(
        sequence
        for sequence, data in EMOJI_DATA.items()
        if len(sequence) == 1 and data["status"] == STATUS["fully_qualified"]
    )
