"""A paragraph a finding: what was found, where in the text, why it matters, by which source."""

from collections.abc import Iterator
from typing import Any

from .plain_text import pad, printable, wrap
from .report import Report
from .style import Style
from .told_fixes import told_fixes, who_fixes

LABEL_COLUMNS = 8


def lines(report: Report, style: Style) -> Iterator[str]:
    """Yield the report line by line, findings divided by an empty line."""
    for row in report.findings.iter_rows(named=True):
        where = f"{printable(row['file'] or '')}:{row['row'] or 1}"
        named = printable(row["post"])
        yield (
            f"{style.sign(row['severity'])} {style.paint(row['rule'], 'bold')} "
            f"{row['name']} · {row['severity']} · {row['platform']} · {row['category']}"
        )
        for label, text in _parts(
            row, where if named in (where, printable(row["file"] or "")) else f"{named} ({where})"
        ):
            yield from _part(label, text, style)
        yield ""


def _parts(row: dict[str, Any], where: str) -> Iterator[tuple[str, str]]:
    yield "post", where
    yield "found", printable(row["message"])
    if row["excerpt"]:
        span = "" if row["start"] is None else f" (characters {row['start']} to {row['end']})"
        yield "text", f"“{printable(row['excerpt'])}”{span}"
    yield "why", printable(row["why"] or "")
    yield "source", _source(row)
    for what in told_fixes(row["fix"]):
        yield "fix", f"{what} ({who_fixes(row['fix_safety'])})"


def _source(row: dict[str, Any]) -> str:
    parts = [row["source"] or "", str(row["year"]) if row["year"] else "undated"]
    if row["confidence"]:
        parts.append(f"confidence {row['confidence']}")
    return ", ".join(printable(part) for part in parts if part)


def _part(label: str, text: str, style: Style) -> Iterator[str]:
    first = f"  {style.paint(pad(label, LABEL_COLUMNS), 'dim')}"
    for line in wrap(text, max(30, min(style.width, 110) - LABEL_COLUMNS - 2)):
        yield f"{first}{line}"
        first = " " * (LABEL_COLUMNS + 2)
