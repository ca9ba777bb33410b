"""The words and images below a front matter, changed where they stand."""

import re
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from ..reading.markdown_posts import IMAGE
from .unwritable import UnwritableError

_LONGEST_COMPARED = 4_000
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


def with_words(body: str, text: str) -> str:
    """Return a body whose words read as ``text``; its images stay near the words they were at.

    Raises
    ------
    UnwritableError
        No such body can be made, as for words that look like an image.
    """
    places = _places(body)
    old = "".join(body[at] for at in places)
    if not places:
        return f"{text}\n{body}" if body.strip() else f"{text}\n"
    made, done = [], 0
    for first, last, new in _edits(old, text):
        start = places[first] if first < len(places) else places[-1] + 1
        end = max(start, places[last - 1] + 1) if last > first else start
        images = [match[0] for match in IMAGE.finditer(body, start, end)]
        made += [body[done:start], new, *(f"\n\n{image}" for image in images)]
        done = end
    changed = "".join([*made, body[done:]])
    if "".join(changed[at] for at in _places(changed)) != text.strip():
        raise UnwritableError("the text can't be changed between its images; change it by hand")
    return changed


def described_images(
    body: str, media: Sequence[Mapping[str, Any]]
) -> tuple[str, Sequence[Mapping[str, Any]]]:
    """Return the body with the alt texts of the last of ``media``, and the media before them.

    Raises
    ------
    UnwritableError
        An alternative text would end too early.
    """
    found = list(IMAGE.finditer(body))
    first = len(media) - len(found)
    for match, item in zip(reversed(found), reversed(media[max(0, first) :]), strict=False):
        alt = item["alt"] or ""
        if alt != match["alt"].strip():
            changed = body[: match.start("alt")] + alt + body[match.end("alt") :]
            again = IMAGE.match(changed, match.start())
            if again is None or again["alt"] != alt:
                raise UnwritableError("an alternative text with ] can't stand here; reword it")
            body = changed
    return body, media[: max(0, first)]


def image_count(body: str) -> int:
    """Return how many images a body shows."""
    return sum(1 for _ in IMAGE.finditer(body))


def _places(body: str) -> list[int]:
    """Return where each character of a body's words stands, as `markdown_posts` reads them."""
    images = [match.span() for match in IMAGE.finditer(body)]
    places: list[int] = []
    start = 0
    for first, end in [*images, (len(body), len(body))]:
        places += range(start, first)
        start = end
    words = "".join(body[at] for at in places)
    if images:
        spare = {
            at for run in re.finditer(r"\n{3,}", words) for at in range(run.start() + 2, run.end())
        }
        places = [place for at, place in enumerate(places) if at not in spare]
        words = "".join(body[at] for at in places)
    outer = len(words) - len(words.lstrip())
    return places[outer : len(words.rstrip())]


def _edits(old: str, new: str) -> list[tuple[int, int, str]]:
    """Return start and end in ``old`` of each piece that differs, and what replaces it."""
    if max(len(old), len(new)) > _LONGEST_COMPARED:
        return [(0, len(old), new)]
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    starts = [0]
    for word in before:
        starts.append(starts[-1] + len(word))
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return [
        (starts[first], starts[last], "".join(after[begin:end]))
        for tag, first, last, begin, end in codes
        if tag != "equal"
    ]
