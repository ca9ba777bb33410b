"""How a post looks in a feed: what shows before the fold, and what hides behind it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ...content.platform import Platform
from ..reports.plain_text import pad, printable, shorten, width, wrap
from ..reports.style import Style

_HOST = re.compile(r"(?i)^(?:https?://)?(?:www\.)?([^/?#]+)")
_JOINED = re.compile(r"[\u0300-\u036f\u200c\u200d\ufe00-\ufe0f\U0001f3fb-\U0001f3ff]")
_NO_CUT = frozenset("\u200d")
WIDEST = 76


@dataclass(frozen=True)
class Preview:
    """A post as a feed shows it.

    ``shown`` is the text up to the fold, ``hidden`` how many characters follow behind it;
    ``fold`` is where the platform cuts, None where it shows all. ``title`` is cut at
    ``title_fold`` where lists cut it. ``card`` is the host of the link shown as a card,
    ``media`` a line for each medium.
    """

    platform: str
    shown: str
    hidden: int
    fold: int | None
    title: str | None = None
    title_hidden: int = 0
    card: str | None = None
    media: tuple[str, ...] = ()


def preview(
    post: Mapping[str, Any], platform: Platform, limits: Mapping[str, float] | None = None
) -> Preview:
    """Return how ``post`` looks on ``platform``.

    Parameters
    ----------
    post : fields of `schema.POST_SCHEMA`; its ``text`` is all that is shown as text
    limits : the account's own limits by name, in place of the platform's
    """
    fold, title_fold = (_limit(name, platform, limits) for name in ("fold", "title_fold"))
    text = (post.get("text") or "").strip()
    shown, hidden = _cut(text, fold)
    title = post.get("title") if platform.post.title != "none" else None
    title_shown, title_hidden = _cut(title or "", title_fold)
    links = post.get("links") or []
    items = post.get("media") or []
    host = _HOST.match(links[0]) if links and not items else None
    card = host[1].lower() if host and platform.post.links == "attach" else None
    return Preview(
        platform.id,
        shown,
        hidden,
        fold,
        title_shown or None,
        title_hidden,
        card,
        tuple(_medium(item) for item in items),
    )


def preview_lines(one: Preview, style: Style) -> Iterator[str]:
    """Yield the preview as lines in a frame, no wider than the terminal."""
    room = min(WIDEST, style.width - 4)
    top, side, bottom = ("┌", "│", "└") if style.signs else ("+", "|", "+")
    dots = "…" if style.signs else "..."
    line = "─" if style.signs else "-"

    def framed(text: str, name: str | None = None) -> str:
        inside = style.paint(text, name) if name and text else text
        return style.paint(side, "dim") + (f" {inside}" if inside else "")

    label = f"{top}{line} {one.platform} "
    yield style.paint(label + line * max(0, room + 2 - width(label)), "dim")
    if one.title:
        end = dots if one.title_hidden else ""
        for row in wrap(printable(one.title) + end, room):
            yield framed(row, "bold")
    if one.shown:
        end = f"{dots} more" if one.hidden else ""
        for paragraph in (one.shown + end).split("\n"):
            for row in wrap(printable(paragraph), room):
                yield framed(row)
    if one.hidden:
        told = f"{one.hidden:,} characters hidden behind the fold at {one.fold}"
        for row in wrap(told, room):
            yield framed(row, "dim")
    for row in (*one.media, *([f"[link] {one.card}"] if one.card else ())):
        yield framed(shorten(printable(row), room), "dim")
    yield style.paint(pad(bottom, 1) + line * (room + 1), "dim")


def _limit(name: str, platform: Platform, limits: Mapping[str, float] | None) -> int | None:
    if limits and name in limits:
        return int(limits[name])
    limit = platform.limits.get(name)
    return None if limit is None else int(limit.value)


def _cut(text: str, fold: int | None) -> tuple[str, int]:
    """Return the text up to the fold, no character cut in two, and how many are hidden."""
    if fold is None or len(text) <= fold:
        return text, 0
    end = fold
    while 0 < end < len(text) and (_JOINED.match(text, end) or text[end - 1] in _NO_CUT):
        end -= 1
    return text[:end].rstrip(), len(text) - end


def _medium(item: Mapping[str, Any]) -> str:
    kind = item.get("kind") or "medium"
    alt = item.get("alt")
    return f"[{kind}] {alt}" if alt else f"[{kind}] {item.get('path') or 'no alternative text'}"
