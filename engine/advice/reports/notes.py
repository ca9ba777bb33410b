"""The lines around the findings: how the files were read, and what came out in numbers."""

from collections.abc import Iterator

import polars as pl

from ...content.reading.post_files import FileReading
from ..rule import SEVERITIES
from .plain_text import printable, shorten
from .report import Report, Summary

SHOWN_REJECTS = 10


def reading_lines(report: Report) -> Iterator[str]:
    """Yield, file by file, what was read, mapped, rejected and assumed."""
    summary = report.summary
    for reading in report.files:
        yield _file_line(reading, summary)
        changed = [
            f"{printable(theirs)} → {ours}"
            for theirs, ours in reading.mapped.items()
            if theirs != ours
        ]
        if changed:
            yield f"  columns     {', '.join(changed)}"
        if reading.unknown:
            unused = shorten(printable(", ".join(reading.unknown)), 200)
            yield f"  not used    {unused}; known names: sharewise template posts"
        for warning in reading.warnings:
            yield f"  note        {printable(warning)}"
        yield from reject_lines(report.rejects, reading.file)
    for warning in report.warnings:
        yield f"note: {printable(warning)}"


def summary_line(summary: Summary) -> str:
    """Return the findings by severity, and in how many posts × platforms they are."""
    kind = "post × platform" if summary.pairs == 1 else "posts × platforms"
    looked_at = f"{summary.pairs:,} {kind}"
    if not summary.findings:
        told = f"nothing to change in {looked_at}"
    else:
        counts = [(summary.severities.get(name, 0), name) for name in SEVERITIES]
        told = ", ".join(_number(count, name) for count, name in counts if count)
        told += f" in {summary.pairs_with:,} of {looked_at}"
    parts = [told]
    if summary.safe_fixes:
        parts.append(_number(summary.safe_fixes, "safe fix", "es"))
    if summary.suppressed:
        parts.append(f"{summary.suppressed} suppressed")
    return " · ".join(parts)


def _file_line(reading: FileReading, summary: Summary) -> str:
    kept = _number(reading.kept, "post")
    encoding = (
        f" ({reading.encoding})" if reading.encoding not in ("", "utf-8", "utf-8-sig") else ""
    )
    line = f"{printable(reading.file)}{encoding}  {_number(reading.rows, 'row')} → {kept}"
    if summary.platforms:
        line += f" × {_number(summary.platforms, 'platform')}"
    if reading.rejected:
        line += f", {_number(reading.rejected, 'row')} rejected"
    return line


def reject_lines(rejects: pl.DataFrame, file: str) -> Iterator[str]:
    """Yield the first rejected rows of a file with their reasons, and how many more there are."""
    if not rejects.height:
        return
    inside = pl.col("file").str.starts_with(file.rstrip("/") + "/")
    rows = rejects.filter((pl.col("file") == file) | inside)
    for row in rows.head(SHOWN_REJECTS).iter_rows(named=True):
        parts = (f"row {row['row'] or '?'}", row["column"] or "", row["reason"] or "")
        yield "  " + "  ".join(printable(part) for part in parts if part)
    if rows.height > SHOWN_REJECTS:
        yield f"  … and {rows.height - SHOWN_REJECTS} more; all of them: --rejects FILE"


def _number(count: int, word: str, plural: str = "s") -> str:
    return f"{count:,} {word}{'' if count == 1 else plural}"
