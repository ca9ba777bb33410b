"""Shorten a text at the end of a sentence, else of a word."""

from bisect import bisect_right
from collections.abc import Callable

from .break_points import BreakPoints
from .characters import SPACE_LIST

ELLIPSIS = "…"
_DANGLING = ",;:-–—·•|/\\(«“‘" + SPACE_LIST
_LEAST_SHARE = 0.5


def shorten(text: str, fits: Callable[[str], bool]) -> str | None:
    """Return the beginning of ``text`` that fits: whole sentences, else words and an ellipsis.

    Sentences are taken where they keep at least half of what words would; a word is cut only
    where it alone does not fit. URLs, hashtags, mentions and grapheme clusters are never cut.

    Parameters
    ----------
    text
        The text. If it fits it comes back as it is.
    fits
        Whether a text can be used; a shorter one must not fit worse.

    Returns
    -------
    str | None
        None where nothing of it fits.
    """
    if fits(text):
        return text
    points = BreakPoints(text)
    words_end = _last(points.words, text, fits, _cut)
    next_end = points.words[bisect_right(points.words, words_end) :]
    next_word = text[words_end : next_end[0] if next_end else len(text)].strip(SPACE_LIST)
    if not fits(next_word):
        words_end = max(words_end, _last(points.characters, text, fits, _cut))
    sentence_end = _last(points.sentences, text, fits, _whole)
    if sentence_end and sentence_end >= _LEAST_SHARE * words_end:
        return _whole(text[:sentence_end])
    return _cut(text[:words_end]) or None


def _whole(piece: str) -> str:
    return piece.strip(SPACE_LIST)


def _cut(piece: str) -> str:
    words = piece.strip(SPACE_LIST).rstrip(_DANGLING)
    return words + ELLIPSIS if words else ""


def _last(
    ends: list[int], text: str, fits: Callable[[str], bool], made: Callable[[str], str]
) -> int:
    """Return the last of the ``ends`` where the piece, as it is made, fits; 0 if none."""
    last = bisect_right(ends, 0, key=lambda end: 0 if fits(made(text[:end])) else 1)
    fitting = (end for end in reversed(ends[:last]) if made(text[:end]) and fits(made(text[:end])))
    return next(fitting, 0)
