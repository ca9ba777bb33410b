"""Unicode's composed form (NFC), bounded."""

import unicodedata

import regex

from .later import later

_LONGEST_RUN = 64
_LONG_RUN = later(lambda: regex.compile(rf"\p{{M}}{{{_LONGEST_RUN + 1}}}"))
_PIECE = later(lambda: regex.compile(rf"\P{{M}}*+\p{{M}}{{0,{_LONGEST_RUN}}}+"))


def composed(text: str) -> str:
    """Return the text in NFC.

    Marks are put in order within 64 at a time: no language stacks more, and ordering a hundred
    thousand takes the better part of a minute.
    """
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return text
    if not _LONG_RUN.search(text):
        return unicodedata.normalize("NFC", text)
    return "".join(unicodedata.normalize("NFC", piece) for piece in _PIECE.findall(text))
