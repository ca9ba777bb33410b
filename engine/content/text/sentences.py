"""Where sentences and lines end: simple, robust, for any script.

A sentence ends at a run of . ! ? … before a space or the end, at 。！？ and their like anywhere,
and at a line break. A full stop after a single letter, a title ("Dr.") or before a small letter
ends none.
"""

import regex

from .characters import BREAKS, SPACE_LIST, SPACES
from .later import later

HIDDEN_STOP = "\ue000"
"""Stands for a full stop that ends no sentence while sentences are looked for."""

ABBREVIATION = (
    r"\b(\p{L}|Mr|Mrs|Ms|Dr|St|vs|No|Prof|Sr|Jr|Gen|Gov|Sen|Rep|Lt|Col|Inc|Ltd|Corp|approx)\."
)
SMALL_LETTER_FOLLOWS = rf"\.([{SPACES}]+\p{{Ll}})"
CLOSERS = r"""["'”’»)\]]"""
END = rf"([.!?…]+{CLOSERS}*)(?:[{SPACES}]+|$)"
"""The pattern for engines of linear time; texts are stripped first."""

LINE_END = rf"\r\n|[{BREAKS}]"
WORDED_LINE = rf"[^{BREAKS}]*[\p{{L}}\p{{N}}][^{BREAKS}]*"

_ABBREVIATION = later(lambda: regex.compile(ABBREVIATION))
_SMALL_LETTER_FOLLOWS = later(lambda: regex.compile(SMALL_LETTER_FOLLOWS))
_END = later(lambda: regex.compile(rf"(?<![.!?…])([.!?…]++{CLOSERS}*+)(?:[{SPACES}]++|\Z)"))
_END_WITHOUT_SPACE = later(lambda: regex.compile(rf"([。！？｡।॥።፧؟۔។။]++{CLOSERS}*+)"))
_WORD_CHARACTER = later(lambda: regex.compile(r"[\p{L}\p{N}]"))
_BREAK = later(lambda: regex.compile(LINE_END))


def sentences(text: str) -> list[str]:
    """Return the text's sentences, each with its end mark; pieces without a word are left out."""
    marked = _ABBREVIATION.sub(rf"\1{HIDDEN_STOP}", text.strip(SPACE_LIST))
    marked = _SMALL_LETTER_FOLLOWS.sub(rf"{HIDDEN_STOP}\1", marked)
    marked = _END_WITHOUT_SPACE.sub(r"\1\n", _END.sub(r"\1\n", marked))
    return [
        piece.strip(SPACE_LIST).replace(HIDDEN_STOP, ".")
        for piece in _BREAK.split(marked)
        if _WORD_CHARACTER.search(piece)
    ]


def lines(text: str) -> list[str]:
    """Return the lines, empty ones too, without blank lines before and after; [] for no text."""
    stripped = text.strip(SPACE_LIST)
    return _BREAK.split(stripped) if stripped else []
