"""Findings as CSV, safe to open in a spreadsheet."""

from collections.abc import Iterator

from .cells import finding_cells, guarded
from .report import Report
from .style import Style


def lines(report: Report, style: Style) -> Iterator[str]:
    """Yield the table; texts that look like formulas start with ``'``."""
    yield guarded(finding_cells(report)).write_csv(line_terminator="\n").rstrip("\n")
