"""Findings as an Excel workbook: findings, summary, rejected rows; every text stays a text."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl

from ...errors import WriteError
from .cells import finding_cells
from .notes import reading_lines, summary_line
from .plain_text import printable
from .report import Report, plain_number
from .told_fixes import told_fixes

MOST_ROWS, MOST_CHARACTERS = 1_048_575, 32_767
_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}
_IN_FRONT = ("post", "text", "platform", "severity", "message", "why", "fix", "fix_safety")
_WIDTHS = {
    "post": 22,
    "text": 40,
    "message": 60,
    "why": 50,
    "source": 40,
    "excerpt": 30,
    "name": 22,
    "fix": 40,
}


def write(report: Report, path: Path) -> None:
    """Write the workbook to the file at ``path``.

    Raises
    ------
    WriteError
        More findings than a sheet has rows.
    """
    from io import BytesIO

    from xlsxwriter import Workbook

    if report.findings.height > MOST_ROWS:
        raise WriteError(
            f"{report.findings.height} findings are more than a sheet's {MOST_ROWS} rows; "
            "write .parquet or .csv"
        )
    buffer = BytesIO()
    book = Workbook(buffer, {"in_memory": True, **_OPTIONS})
    book.set_properties({"created": datetime(2026, 1, 1)})  # same input, same file
    bold = book.add_format({"bold": True, "bottom": 1})
    cells = _for_people(report)
    found = ([plain_number(value) for value in row] for row in cells.iter_rows())
    _sheet(book, bold, "Findings", cells.columns, found, cells.height)
    told = [summary_line(report.summary), *reading_lines(report)]
    _sheet(book, bold, "Summary", ("what was done",), ([line] for line in told), len(told))
    if report.rejects.height:
        rows = report.rejects.rows()
        _sheet(book, bold, "Rejected rows", report.rejects.columns, rows, len(rows))
    book.close()
    path.write_bytes(buffer.getvalue())


def _for_people(report: Report) -> pl.DataFrame:
    """Return the findings with the first words of their posts, what to do in front."""
    words = [report.texts.get(index, "") for index in report.findings["index"]]
    fixes = ["; ".join(told_fixes(names)) or None for names in report.findings["fix"]]
    cells = finding_cells(report).with_columns(
        pl.Series("text", words, dtype=pl.String), pl.Series("fix", fixes, dtype=pl.String)
    )
    return cells.select(*_IN_FRONT, pl.exclude(_IN_FRONT))


def _sheet(
    book: Any,
    bold: Any,
    name: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    height: int,
) -> None:
    sheet = book.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column, bold)
        sheet.set_column(place, place, _WIDTHS.get(column, 90 if len(columns) == 1 else 12))
    for number, row in enumerate(rows, 1):
        for place, value in enumerate(row):
            if isinstance(value, int | float):
                sheet.write_number(number, place, value)
            elif value is not None:
                sheet.write_string(number, place, printable(str(value))[:MOST_CHARACTERS])
    if height:
        sheet.autofilter(0, 0, height, len(columns) - 1)
