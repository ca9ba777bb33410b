"""Refuse the few pages that would keep any HTML parser busy for minutes.

A parser looks through all open elements at most tags, and through all attributes of a tag at
each of them: its time grows with the square of depth and of attributes. Both are bounded here
by a scan in linear time, before the parser sees the page.
"""

import re

MOST_STEPS = 50_000_000
"""Steps of the parser allowed; about a second."""

_TAG = re.compile(rb"<(/?)([a-zA-Z][a-zA-Z0-9-]*)")
_SEPARATOR = re.compile(rb"[\s/\"']")
_LONG_TAG = 8_000
# Those that never hold others, and those that a sibling closes.
_FLAT = frozenset(
    b"area base br col embed hr img input link meta param source track wbr p li dt dd option "
    b"optgroup tr td th tbody thead tfoot colgroup caption rt rp a button select title textarea "
    b"script style".split()
)


def too_costly(html: bytes) -> str | None:
    """Return why a page can't be parsed in time, None where it can."""
    if _attribute_steps(html) > MOST_STEPS:
        return "a tag has thousands of attributes"
    tags = html.count(b"<")
    if tags * tags // 2 > MOST_STEPS:
        deepest, steps = _depth_steps(html)
        if steps > MOST_STEPS:
            return f"nested about {deepest:,} elements deep"
    return None


def _depth_steps(html: bytes) -> tuple[int, int]:
    """Return the greatest depth and the sum of the depths at each tag, never too low."""
    open_tags: dict[bytes, int] = {}
    depth = deepest = steps = 0
    for end, name in _TAG.findall(html):
        tag = name.lower()
        steps += depth
        if tag in _FLAT:
            continue
        if not end:
            open_tags[tag] = open_tags.get(tag, 0) + 1
            depth += 1
            deepest = max(deepest, depth)
        elif open_tags.get(tag):
            open_tags[tag] -= 1
            depth -= 1
        if steps > MOST_STEPS:
            break
    return deepest, steps


def _attribute_steps(html: bytes) -> int:
    """Return the sum over long tags of the square of their attributes, never too low."""
    # A tag that long has a window of half its length without an end of tag in it.
    half = _LONG_TAG // 2
    if all(html.find(b">", at, at + half) >= 0 for at in range(0, len(html) - half, half)):
        return 0
    steps = 0
    for piece in html.split(b">"):
        if len(piece) > _LONG_TAG:
            tag = piece[max(piece.find(b"<"), 0) :] if b"<" in piece else b""
            steps += len(_SEPARATOR.findall(tag)) ** 2
    return steps
