"""Recommendations as Markdown, for a pull request, a wiki or a mail."""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from .notes import reading_lines, summary_line
from .plain_text import printable, shorten
from .report import Report
from .style import Style
from .told_fixes import told_fixes, who_fixes

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>|#~$^&!])")
_START = re.compile(r"^(\d*)([.)](?=\s|$)|[+-])")
_URL = re.compile(r"(https?://[^\s\\`*\[\]<>|()\"']+)")
_TITLED_URL = re.compile(r"(.*) \((https?://[^\s<>|]+)\)")
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
    fixes = "; ".join(told_fixes(row["fix"]))
    fix = f"{fixes} ({who_fixes(row['fix_safety'])})" if fixes else ""
    texts = (row["platform"], row["severity"], f"{row['rule']} {row['name']}", row["message"])
    for text in (*texts, row["why"] or ""):
        yield escaped(text)
    yield _source(printable(row["source"] or "")) + year
    yield escaped(fix)


def _source(source: str) -> str:
    """Return a source as a link where it has an address on the web."""
    titled = _TITLED_URL.fullmatch(source)
    return f"[{escaped(titled[1])}](<{titled[2]}>)" if titled else escaped(source)


def escaped(text: str) -> str:
    """Return ``text`` on one line, its characters that Markdown or HTML would read escaped.

    Web addresses stay as they are, so that they remain links.
    """
    pieces = _URL.split(printable(text))
    pieces[::2] = [_escaped_words(piece) for piece in pieces[::2]]
    return _START.sub(r"\1\\\2", "".join(pieces))


def _escaped_words(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text).replace("\\<", "&lt;").replace("\\&", "&amp;")
