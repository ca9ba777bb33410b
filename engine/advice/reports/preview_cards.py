"""Preview cards of pages, drawn in a terminal."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from .plain_text import ELLIPSIS, pad, printable, shorten, width, wrap
from .style import Style

if TYPE_CHECKING:
    from ...content.pages.cards import Card

COLUMNS = 56
_LINES = {"title": 2, "description": 2, "site": 1}
_PICTURE_LINES = 3


def card_lines(cards: "Sequence[Card]", style: Style) -> Iterator[str]:
    """Yield the cards one below the other, each under the platforms that draw it."""
    columns = max(24, min(COLUMNS, style.width - 4))
    for card in cards:
        yield "  " + style.paint(", ".join(card.platforms), "bold")
        yield "  ┌" + "─" * columns + "┐"
        for line in _inside(card, columns - 2):
            yield f"  │ {pad(line, columns - 2)} │"
        yield "  └" + "─" * columns + "┘"


def _inside(card: "Card", columns: int) -> Iterator[str]:
    told = _picture(card)
    if card.kind == "large":
        empty = "░" * columns
        yield empty
        shown = shorten(f" {told} ", columns)
        before = (columns - width(shown)) // 2
        yield "░" * before + shown + "░" * (columns - before - width(shown))
        yield from [empty] * (_PICTURE_LINES - 2)
    elif card.kind == "small":
        yield shorten(f"▒▒▒ {told}", columns)
    elif card.kind == "none":
        yield "no picture"
    else:
        yield shorten("no card for want of a title", columns)
    for part, text in card.texts:
        yield from _clamped(printable(text), columns, _LINES[part])


def _picture(card: "Card") -> str:
    name = printable(card.image or "").split("?")[0].rstrip("/").rpartition("/")[2]
    parts = [shorten(name or "picture", 30), card.size or "size not known"]
    return " ".join(parts)


def _clamped(text: str, columns: int, most: int) -> list[str]:
    lines = wrap(text, columns)
    if len(lines) <= most:
        return lines
    last = shorten(lines[most - 1] + " " + ELLIPSIS * columns, columns)
    return [*lines[: most - 1], last.replace(ELLIPSIS * 2, ELLIPSIS).rstrip(ELLIPSIS) + ELLIPSIS]
