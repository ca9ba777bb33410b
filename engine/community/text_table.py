"""A table for a terminal."""

from collections.abc import Iterator, Sequence

from ..advice.reports.plain_text import pad, shorten, width
from ..advice.reports.style import Style


def table_lines(rows: Sequence[tuple[str, ...]], style: Style) -> Iterator[str]:
    """Yield rows as a table, the first as its head, no wider than the terminal."""
    widths = [max(width(row[at]) for row in rows) for at in range(len(rows[0]))]
    for number, row in enumerate(rows):
        cells = (pad(cell, columns) for cell, columns in zip(row, widths, strict=True))
        line = shorten("  ".join(cells).rstrip(), style.width)
        yield line if number else style.paint(line, "bold")
