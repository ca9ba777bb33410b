"""The cells in the XML of a sheet: where each stands, and how one with a text is written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape

_CELL = (
    r"<{0}c\b(?P<attributes>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*?)"
    r"(?:/>|>(?P<inside>.*?)</{0}c\s*>)"
)
_ADDRESS = re.compile(r"""\br\s*=\s*["']([A-Z]{1,3})([0-9]{1,7})["']""")
_STYLE = re.compile(r"""\bs\s*=\s*["'](\d+)["']""")
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]")


@dataclass(frozen=True)
class Cell:
    """One cell: row and column from 1, where its XML starts and ends, what it is.

    ``filled`` tells that it holds a value, ``formula`` that the value is computed.
    """

    address: str
    row: int
    column: int
    start: int
    end: int
    prefix: str
    style: str | None
    filled: bool
    formula: bool


def cells_of(xml: str) -> Iterator[Cell]:
    """Yield the cells of a sheet that have an address."""
    prefixed = re.search(r"<(\w+:)c\b", xml)
    prefix = prefixed[1] if prefixed else ""
    for match in re.finditer(_CELL.replace("{0}", prefix), xml, re.S):
        address = _ADDRESS.search(match["attributes"])
        if not address:
            continue
        style = _STYLE.search(match["attributes"])
        inside = match["inside"] or ""
        yield Cell(
            address[1] + address[2],
            int(address[2]),
            _column(address[1]),
            match.start(),
            match.end(),
            prefix,
            style[1] if style else None,
            f"<{prefix}v" in inside or f"<{prefix}is" in inside,
            f"<{prefix}f" in inside,
        )


def string_cell(cell: Cell, text: str) -> str:
    """Return the XML of a cell that holds ``text`` itself, in the style it had."""
    style = f' s="{cell.style}"' if cell.style else ""
    opening = f'<{cell.prefix}c r="{cell.address}"{style} t="inlineStr"><{cell.prefix}is>'
    escaped = _CONTROL.sub(lambda one: f"_x{ord(one[0]):04X}_", _ESCAPED.sub("_x005F_", text))
    words = f'<{cell.prefix}t xml:space="preserve">{escape(escaped)}</{cell.prefix}t>'
    return f"{opening}{words}</{cell.prefix}is></{cell.prefix}c>"


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
