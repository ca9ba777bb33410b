"""Recommendations for a reader at a terminal: by post, then by platform."""

from collections.abc import Iterator
from itertools import groupby
from shlex import quote
from typing import Any

from ...content.reading.post_files import STDIN
from ..fix_names import SAFE
from ..fixes.registry import MACHINE_FIXES
from .notes import reading_lines, summary_line
from .plain_text import pad, printable, shorten, width, wrap
from .report import Report
from .style import Style

FIX_COLUMNS = len("  fix: --unsafe")
WIDEST_MESSAGE = 100
NARROWEST_MESSAGE = 24


def lines(report: Report, style: Style) -> Iterator[str]:
    """Yield the report line by line."""
    read = list(reading_lines(report))
    yield from read
    if read:
        yield ""
    rows = report.findings.iter_rows(named=True)
    platform_columns = max(
        (width(name) for name in report.findings["platform"].unique()), default=0
    )
    first = None
    for _, of_post in groupby(rows, key=lambda row: row["index"]):
        found = list(of_post)
        first = first or found[0]["rule"]
        yield _heading(found[0], report, style)
        for platform, of_platform in groupby(found, key=lambda row: row["platform"]):
            label = platform
            for row in of_platform:
                yield from _finding(row, pad(label, platform_columns), report, style)
                label = ""
        yield ""
    if read:
        yield " · ".join(_closing(report, first))


def _closing(report: Report, first: str | None) -> Iterator[str]:
    """Yield the summary and the next steps."""
    yield summary_line(report.summary)
    files = [reading.file for reading in report.files]
    if report.summary.safe_fixes and len(files) == 1 and files != [STDIN]:
        yield f"try: sharewise fix {quote(printable(files[0]))}"
    if first:
        yield f"why: sharewise rules show {first}"


def _fix_label(row: dict[str, Any], report: Report) -> str:
    """Return how `sharewise fix` can help, empty where only a person can."""
    if report.fixable is not None:
        if (row["index"], row["platform"], row["rule"]) not in report.fixable:
            return ""
    elif not MACHINE_FIXES.intersection((row["fix"] or "").split(",")):
        return ""
    return "fix: safe" if row["fix_safety"] == SAFE else "fix: --unsafe"


def _heading(row: dict[str, Any], report: Report, style: Style) -> str:
    name = shorten(printable(row["post"]), max(16, style.width // 2))
    words = printable(report.texts.get(row["index"], ""))
    room = style.width - width(name) - 5
    shown = f"   “{shorten(words, room)}”" if words and room >= 10 else ""
    return style.paint(name, "bold") + style.paint(shown, "dim")


def _finding(row: dict[str, Any], label: str, report: Report, style: Style) -> Iterator[str]:
    before = f"  {label}  "
    rule = row["rule"]
    indent = width(before) + 2 + width(rule) + 2
    room = style.width - indent
    fix = _fix_label(row, report)
    beside = room - FIX_COLUMNS >= NARROWEST_MESSAGE
    columns = min(WIDEST_MESSAGE, room - FIX_COLUMNS if beside else room)
    told = wrap(printable(row["message"]), max(NARROWEST_MESSAGE, columns))
    opening = f"{before}{style.sign(row['severity'])} {rule}  "
    end = style.paint(fix, "dim")
    if not fix:
        yield opening + told[0]
    elif beside:
        yield opening + pad(told[0], columns) + "  " + end
    else:
        told.append(fix)
        yield opening + told[0]
    for line in told[1:]:
        yield " " * indent + line
