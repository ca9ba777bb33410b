"""Findings as a flat table whose texts no spreadsheet takes for a formula."""

import polars as pl

from .report import FIELDS, Report

_RISKY = r"^[=+\-@\t\r\n＝＋－＠]"


def guarded(frame: pl.DataFrame) -> pl.DataFrame:
    """Return ``frame`` with a ``'`` before each text that a spreadsheet would run as a formula.

    That is a text that starts with ``= + - @``, their full-width forms, a tab or a line break.
    Numbers stay numbers.
    """
    text = pl.col(pl.String)
    return frame.with_columns(
        pl.when(text.str.contains(_RISKY)).then("'" + text).otherwise(text).name.keep()
    )


def finding_cells(report: Report) -> pl.DataFrame:
    """Return the findings as a table: their fields, then the posts' unknown columns."""
    numbers = [pl.col(name).fill_nan(None) for name in ("measured", "limit")]
    return report.findings.select(*FIELDS, *report.unknown).with_columns(numbers)
