"""Split a text into a numbered thread, and join it again."""

from bisect import bisect_right
from collections.abc import Callable
from functools import partial

from .break_points import BreakPoints, between
from .characters import SPACE_LIST

MOST_PARTS = 500
_WIDEST = len(str(MOST_PARTS))

Fits = Callable[[str], bool]


def split_thread(text: str, fits: Fits, numbered: bool = True) -> list[str]:
    """Split ``text`` into parts that fit, after paragraphs, else sentences, else words.

    A word is cut, between grapheme clusters, only where it alone is too long for a part; a URL,
    hashtag, mention or cashtag never is. White space at a cut stays at the end of the part
    before it; where it fits no more, the rest begins the next. `join_thread` gives the text back.

    Parameters
    ----------
    text
        The whole text. If it fits it is the only part, without a number.
    fits
        Whether a part can be posted, with its number; a shorter part must not fit worse.
    numbered
        End each part's words with " 1/5", before the white space at its end.

    Raises
    ------
    ValueError
        Something that must stay whole, or white space alone, fills more than a part; more than
        `MOST_PARTS` parts.
    """
    if fits(text):
        return [text]
    points = BreakPoints(text)
    if not numbered:
        return _pieces(points, lambda piece, _: fits(piece))
    for digits in range(1, _WIDEST + 1):
        pieces = _pieces(points, _fits_numbered(fits, "9" * digits))
        if len(str(len(pieces))) <= digits:
            return [_numbered(piece, at, len(pieces)) for at, piece in enumerate(pieces, 1)]
    raise ValueError(_TOO_MANY)


def join_thread(parts: list[str], numbered: bool = True) -> str:
    """Return the text that `split_thread` split into ``parts``.

    Raises
    ------
    ValueError
        A part does not end with its number.
    """
    if not numbered or len(parts) == 1:
        return "".join(parts)
    return "".join(_without_number(part, at, len(parts)) for at, part in enumerate(parts, 1))


_FULL_PARAGRAPHS = 0.5
_TOO_MANY = f"the text needs more than {MOST_PARTS} parts"


def _numbered(piece: str, at: int, of: int | str) -> str:
    words = piece.rstrip(SPACE_LIST)
    return f"{words} {at}/{of}{piece[len(words) :]}"


def _without_number(part: str, at: int, of: int) -> str:
    words, number = part.rstrip(SPACE_LIST), f" {at}/{of}"
    if not words.endswith(number):
        raise ValueError(f"part {at} of {of} does not end with{number}")
    return words.removesuffix(number) + part[len(words) :]


def _fits_numbered(fits: Fits, of: str) -> Callable[[str, int], bool]:
    return lambda piece, at: fits(_numbered(piece, at, of))


def _pieces(points: BreakPoints, fits: Callable[[str, int], bool]) -> list[str]:
    """Return the pieces; ``fits`` is asked of a piece and its number."""
    text, start, stride = points.text, 0, 64
    pieces: list[str] = []
    while start < len(text):
        if len(pieces) == MOST_PARTS:
            raise ValueError(_TOO_MANY)
        end, stride = _piece_end(points, start, stride, partial(_at, fits, len(pieces) + 1))
        pieces.append(text[start:end])
        start = end
    return pieces


def _at(fits: Callable[[str, int], bool], number: int, piece: str) -> bool:
    return fits(piece, number)


def _piece_end(points: BreakPoints, start: int, stride: int, fits: Fits) -> tuple[int, int]:
    """Return where the piece from ``start`` ends, and how many characters there was room for."""
    text = points.text
    count, reach = _reach(points, start, stride, fits)
    if reach == start:
        raise ValueError(_too_long(points, start))
    if not text[start:reach].strip(SPACE_LIST):
        raise ValueError(f"white space alone fills a part, at character {start + 1}")
    if reach == len(text):
        return reach, count
    levels = (points.paragraphs, _FULL_PARAGRAPHS), (points.sentences, 0.0), (points.words, 0.0)
    for ends, share in (*levels, (points.characters, 0.0)):
        there = between(ends, start, reach)
        while there and there[-1] - start >= share * (reach - start):
            piece = text[start : there[-1]]
            if piece.strip(SPACE_LIST) and fits(piece):
                return there[-1], count
            there.pop()
    return reach, count


def _reach(points: BreakPoints, start: int, stride: int, fits: Fits) -> tuple[int, int]:
    """Return how many clusters from ``start`` on fit, and where they end.

    Looks from ``stride`` clusters on, so that the time is that of the piece, not of the text.
    """
    text, ends = points.text, points.clusters
    first = bisect_right(ends, start)
    most = len(ends) - first + 1

    def end_of(count: int) -> int:
        place = first + count - 1
        return start if not count else ends[place] if place < len(ends) else len(text)

    low, high = 0, min(stride, most)
    while fits(text[start : end_of(high)]):
        low = high
        if low == most:
            return low, len(text)
        high = min(2 * high, most)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits(text[start : end_of(middle)]) else (low, middle)
    return max(low, 1), end_of(low)


def _too_long(points: BreakPoints, start: int) -> str:
    """Return what stands at ``start`` and cannot be cut."""
    for held_start, held_end in points.held:
        if held_start <= start < held_end or points.text[start:held_start].strip() == "":
            whole = points.text[held_start:held_end]
            shown = whole if len(whole) <= 40 else f"{whole[:39]}…"
            return f"{shown} ({len(whole)} characters) is longer than a part and can't be cut"
    return f"not even the character at {start + 1} fits into a part"
