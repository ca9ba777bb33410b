"""Recommendations as Markdown, for a pull request, a wiki or a mail."""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from .notes import reading_lines, summary_line
from .plain_text import printable, shorten
from .report import Report
from .style import Style

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#~$^&!-])")
_START = re.compile(r"^(\d+)([.)])")
QUOTE_COLUMNS = 120


def lines(report: Report, style: Style) -> Iterator[str]:
    """Yield the report: a heading and a table a post."""
    yield "# Recommendations"
    yield ""
    yield escaped(summary_line(report.summary))
    yield ""
    for line in reading_lines(report):
        yield f"- {escaped(line)}"
    for index, of_post in groupby(
        report.findings.iter_rows(named=True), key=lambda row: row["index"]
    ):
        found = list(of_post)
        yield ""
        yield f"## {escaped(found[0]['post'])}"
        yield ""
        quote = report.texts.get(index, "")
        if quote:
            yield f"> {escaped(shorten(printable(quote), QUOTE_COLUMNS))}"
            yield ""
        yield "| Platform | Severity | Rule | What to change | Why | Source | Fix |"
        yield "|---|---|---|---|---|---|---|"
        for row in found:
            yield "| " + " | ".join(_cells(row)) + " |"


def _cells(row: dict[str, Any]) -> Iterator[str]:
    year = f" ({row['year']})" if row["year"] else ""
    fix = f"{row['fix'].replace(',', ', ')} ({row['fix_safety']})" if row["fix"] else ""
    texts = (row["platform"], row["severity"], f"{row['rule']} {row['name']}", row["message"])
    for text in (*texts, row["why"], f"{row['source'] or ''}{year}", fix):
        yield escaped(text or "")


def escaped(text: str) -> str:
    """Return ``text`` on one line, its characters that Markdown or HTML would read escaped."""
    plain = _SPECIAL.sub(r"\\\1", printable(text)).replace("\\<", "&lt;").replace("\\&", "&amp;")
    return _START.sub(r"\1\\\2", plain)
