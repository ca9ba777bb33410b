"""Recommendations for a reader at a terminal: by post, then by platform."""

from collections.abc import Iterator
from itertools import groupby
from shlex import quote
from typing import Any

import polars as pl

from ...content.reading.post_files import STDIN
from ..fix_names import FIX_NAMES, SAFE, UNSAFE
from ..fixes.remedies import TAILOR
from ..rule import SEVERITIES
from .notes import reading_lines, summary_line
from .plain_text import hanging, pad, printable, shorten, shorten_place, width, wrap
from .preview_cards import card_lines
from .report import Report
from .style import UNKNOWN_WIDTH, Style

_LABELS = {SAFE: "fix: safe", UNSAFE: "fix: --unsafe", TAILOR: "fix: tailor"}
FIX_COLUMNS = len("  fix: --unsafe")
WIDEST_MESSAGE = 100
NARROWEST_MESSAGE = 24
_POST_FIXES = ("index", "platform", "fix")


def lines(report: Report, style: Style) -> Iterator[str]:
    """Yield the report line by line."""
    read = list(reading_lines(report))
    for line in read:
        yield from hanging(line, style.width)
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
    for cards in report.cards.values():
        yield from card_lines(cards, style)
        yield ""
    if read:
        summary, *steps = _closing(report, first)
        if style.width < UNKNOWN_WIDTH:  # a step to paste stays on a line of its own
            yield from [*hanging(summary, style.width), *steps]
        else:
            yield " · ".join([summary, *steps])


def _closing(report: Report, first: str | None) -> Iterator[str]:
    """Yield the summary and the next steps."""
    yield summary_line(report.summary)
    files = [reading.file for reading in report.files]
    if report.summary.safe_fixes is not None and len(files) == 1 and files != [STDIN]:
        posts = quote(printable(files[0]))
        there = f" -p {','.join(report.chosen)}" if report.chosen else ""
        if report.summary.safe_fixes:
            yield f"try: sharewise fix {posts}{there}"
        level = _level_to_tailor(report)
        if level is not None:
            yield f"try: sharewise tailor {posts}{there}{level}"
    if report.summary.noun == "page" and first and len(files) == 1 and files != [STDIN]:
        yield f"paste: sharewise page {quote(printable(files[0]))} --suggest"
    if first:
        yield f"why: sharewise rules show {first}"


def _level_to_tailor(report: Report) -> str | None:
    """Return the option with which ``tailor`` fixes all that only it can; None for nothing."""
    rows = report.findings.filter(pl.col("fix_safety") == TAILOR)
    if not rows.height:
        return None
    worst: dict[tuple[int, str, str], int] = {}
    for *place, fixes, severity in rows.select(*_POST_FIXES, "severity").iter_rows():
        for fix in fixes.split(","):
            safe = FIX_NAMES[fix][0] == SAFE
            key, rank = (*place, fix), 0 if safe else SEVERITIES.index(severity)
            worst[key] = min(rank, worst.get(key, rank))
    least = max(
        min(worst[*place, fix] for fix in fixes.split(","))
        for *place, fixes in rows.select(_POST_FIXES).iter_rows()
    )
    return f" --level {SEVERITIES[least]}" if least else ""


def _fix_label(row: dict[str, Any], report: Report) -> str:
    """Return which command fixes it, empty where only a person can or nothing was tried."""
    return "" if report.summary.safe_fixes is None else _LABELS.get(row["fix_safety"] or "", "")


def _heading(row: dict[str, Any], report: Report, style: Style) -> str:
    name = _post_name(row, max(16, style.width // 2))
    words = printable(report.texts.get(row["index"], ""))
    room = style.width - width(name) - 5
    shown = f"   “{shorten(words, room)}”" if words and room >= 10 else ""
    return style.paint(name, "bold") + style.paint(shown, "dim")


def _post_name(row: dict[str, Any], columns: int) -> str:
    """Return what a post is called; of file and row, the row always stays."""
    if row["post"] == f"{row['file']}:{row['row']}":
        return shorten_place(printable(row["file"]), str(row["row"]), columns)
    return shorten(printable(row["post"]), columns)


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
