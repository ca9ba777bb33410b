"""Characters nobody sees: zero-width ones and bidirectional controls."""

import regex

from .later import later

_INVISIBLE = later(
    lambda: regex.compile(
        r"[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e"
        r"\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e007f]"
    )
)
_JOINED_SCRIPTS = later(
    lambda: regex.compile(
        r"[\p{Arabic}\p{Syriac}\p{Nko}\p{Mandaic}\p{Mongolian}\p{Devanagari}\p{Bengali}\p{Gurmukhi}"
        r"\p{Gujarati}\p{Oriya}\p{Tamil}\p{Telugu}\p{Kannada}\p{Malayalam}\p{Sinhala}\p{Khmer}"
        r"\p{Myanmar}\p{Thai}\p{Lao}\p{Tibetan}\p{Balinese}\p{Javanese}\p{Sundanese}]"
    )
)
_RIGHT_TO_LEFT = later(
    lambda: regex.compile(r"[\p{Hebrew}\p{Arabic}\p{Syriac}\p{Thaana}\p{Nko}\p{Adlam}]")
)
_JOINERS = "\u200c\u200d"
_HARMLESS_MARKS = "\u200e\u200f\u061c\u2066\u2067\u2068\u2069"


def count_invisible(text: str, emoji: list[tuple[int, int]]) -> int:
    """Return how many characters show nothing and do nothing for the reader.

    Not counted: what belongs to an emoji (``emoji``: its spans); joiners beside a letter of
    a script that needs them; marks and isolates in a text with right-to-left letters.
    """
    return len(invisible_places(text, emoji))


def invisible_places(text: str, emoji: list[tuple[int, int]]) -> list[int]:
    """Return where the characters stand that `count_invisible` counts."""
    if text.isascii():
        return []
    found = [match.start() for match in _INVISIBLE.finditer(text)]
    if not found:
        return []
    in_emoji = {at for start, end in emoji for at in range(start, end)}
    both_directions = _RIGHT_TO_LEFT.search(text) is not None
    return [
        at
        for at in found
        if at not in in_emoji
        and not (text[at] in _JOINERS and _beside_joined_script(text, at))
        and not (both_directions and text[at] in _HARMLESS_MARKS)
    ]


def _beside_joined_script(text: str, at: int) -> bool:
    return at > 0 and _JOINED_SCRIPTS.match(text, at - 1) is not None
