"""What changes in a text, line by line, safe for any terminal."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby

from ..reports.plain_text import width
from ..reports.style import Style
from .visible_text import visible, without_joiners

CONTEXT = 2
_LONGEST_COMPARED = 2_000
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")
_NAMES = {"-": "removed", "+": "added", " ": "dim"}
_Marked = list[tuple[str, bool]]


def diff_lines(before: str, after: str, style: Style, context: int = CONTEXT) -> Iterator[str]:
    """Yield a unified diff of two texts; nothing where they are the same.

    Removed lines start with ``-``, added ones with ``+``, ``context`` lines around them with a
    blank. Lines wider than the terminal go on below, behind the same sign. Characters that
    can't be seen are written out, and blanks at the end of a line as ``·``; in colour, the
    words that differ in a line are underlined.
    """
    if before == after:
        return
    old, new = _lines(before), _lines(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for place, group in enumerate(matcher.get_grouped_opcodes(context)):
        if place:
            yield style.paint("  ⋮" if style.signs else "  ...", "dim")
        for tag, first, last, begin, end in group:
            if tag == "equal":
                for line in old[first:last]:
                    yield from _shown(" ", [(line, False)], style)
                continue
            removed, added = _marked(old[first:last], new[begin:end])
            for sign, lines in (("-", removed), ("+", added)):
                for marked in lines:
                    yield from _shown(sign, marked, style)


def _lines(text: str) -> list[str]:
    return [_with_end(line) for line in visible(text).split("\n")] if text else []


def _with_end(line: str) -> str:
    bare = line.rstrip(" ")
    return bare + "·" * (len(line) - len(bare))


def _marked(old: Sequence[str], new: Sequence[str]) -> tuple[list[_Marked], list[_Marked]]:
    """Return the lines in pieces, marked where a line and the one that takes its place differ."""
    removed: list[_Marked] = [[(line, False)] for line in old]
    added: list[_Marked] = [[(line, False)] for line in new]
    for at, pair in enumerate(zip(old, new, strict=False)):
        one, other = _with_joiners(*pair)
        removed[at], added[at] = [(one, False)], [(other, False)]
        if max(len(one), len(other)) > _LONGEST_COMPARED:
            continue
        before, after = _WORDS.findall(one), _WORDS.findall(other)
        matcher = SequenceMatcher(None, before, after, autojunk=False)
        if matcher.ratio() < 0.4:
            continue
        codes = matcher.get_opcodes()
        removed[at] = [("".join(before[a:b]), tag != "equal") for tag, a, b, _, _ in codes if b > a]
        added[at] = [("".join(after[c:d]), tag != "equal") for tag, _, _, c, d in codes if d > c]
    return removed, added


def _with_joiners(one: str, other: str) -> tuple[str, str]:
    """Return two lines that differ, their joiners written out where nothing else does."""
    seen, also = (visible(line, joiners=True) for line in (one, other))
    if without_joiners(one) == without_joiners(other):
        return seen, also
    return one, other


def _shown(sign: str, line: _Marked, style: Style) -> Iterator[str]:
    """Yield one line of the diff, in as many lines of the terminal as it needs."""
    room = max(8, style.width - 3)
    text = "".join(piece for piece, _ in line)
    marked = [mark for piece, mark in line for _ in piece]
    start = 0
    for end in _breaks(text, room):
        runs = groupby(range(start, end), key=marked.__getitem__)
        row = "".join(
            _underlined("".join(text[at] for at in run), mark, style) for mark, run in runs
        )
        yield _painted(sign, row, style)
        start = end


def _breaks(text: str, room: int) -> Iterator[int]:
    """Yield where each row ends: after a blank where the row has one, and at the end."""
    start, used, blank = 0, 0, 0
    for at, character in enumerate(text):
        columns = width(character)
        if used + columns > room:
            end = blank if blank > start else at
            yield end
            start, used = end, width(text[end:at])
        used += columns
        if character == " ":
            blank = at + 1
    yield len(text)


def _underlined(text: str, marked: bool, style: Style) -> str:
    return f"\x1b[4m{text}\x1b[24m" if marked and text and style.colour else text


def _painted(sign: str, row: str, style: Style) -> str:
    return style.paint(f"{sign} {row}".rstrip(" "), _NAMES[sign])
