"""The lines around the findings: how the files were read, and what came out in numbers."""

from collections.abc import Iterable, Iterator

import polars as pl

from ...content.reading.post_files import FileReading
from ..rule import SEVERITIES
from .plain_text import printable, shorten
from .report import Report, Summary

SHOWN_REJECTS = 10
_PAIRS = ("post × platform", "posts × platforms")
_TEMPLATES = {"post": "posts --all", "page": "posts --all", "interaction": "interactions"}


def reading_lines(report: Report) -> Iterator[str]:
    """Yield, file by file, what was read, mapped, rejected and assumed; then the warnings."""
    summary = report.summary
    yield from file_lines(report.files, report.rejects, summary.platforms, summary.noun)
    for warning in report.warnings:
        yield f"note: {printable(warning)}"


def is_plain(reading: FileReading) -> bool:
    """Return whether there is nothing to say of how a file was read."""
    as_they_are = all(theirs == ours for theirs, ours in reading.mapped.items())
    return as_they_are and not (reading.unknown or reading.warnings or reading.rejected)


def file_lines(
    files: Iterable[FileReading],
    rejects: pl.DataFrame,
    platforms: int = 0,
    noun: str = "post",
    template: str = "",
) -> Iterator[str]:
    """Yield what was read, mapped, rejected and assumed; ``platforms``: how many, 0 untold.

    ``template`` is the argument of ``sharewise template`` to name, "" for that of the noun.
    """
    known = template or _TEMPLATES[noun]
    for reading in files:
        yield _file_line(reading, platforms, noun)
        changed = [
            f"{printable(theirs)} → {ours}"
            for theirs, ours in reading.mapped.items()
            if theirs != ours
        ]
        if changed:
            yield f"  columns     {', '.join(changed)}"
        if reading.unknown:
            unused = shorten(printable(", ".join(reading.unknown)), 200)
            yield f"  not used    {unused}; known names: sharewise template {known}"
        for warning in reading.warnings:
            yield f"  note        {printable(warning)}"
        yield from reject_lines(rejects, reading.file)


def summary_line(summary: Summary) -> str:
    """Return the findings by severity, and in how many posts × platforms they are."""
    plain, plural = ("page", "pages") if summary.noun == "page" else _PAIRS
    looked_at = f"{summary.pairs:,} {plain if summary.pairs == 1 else plural}"
    if not summary.findings:
        told = f"{_none_of(summary)} in {looked_at}"
        if summary.below:
            told += f"; {_number(summary.below, 'finding')} below that level"
    else:
        counts = [(summary.severities.get(name, 0), name) for name in SEVERITIES]
        told = ", ".join(_number(count, name) for count, name in counts if count)
        told += f" in {summary.pairs_with:,} of {looked_at}"
    parts = [told]
    if summary.safe_fixes is None and summary.findings and summary.noun == "post":
        parts.append("fixes not tried")
    elif summary.safe_fixes:
        parts.append(_number(summary.safe_fixes, "safe fix", "es"))
    if summary.suppressed:
        parts.append(f"{summary.suppressed} suppressed")
    return " · ".join(parts)


def _none_of(summary: Summary) -> str:
    if not summary.below:
        return "nothing to change"
    grave = SEVERITIES[: SEVERITIES.index(summary.level) + 1]
    return f"no {' or '.join(f'{name}s' for name in grave)}"


def _file_line(reading: FileReading, platforms: int, noun: str) -> str:
    kept = _number(reading.kept, noun)
    encoding = (
        f" ({reading.encoding})" if reading.encoding not in ("", "utf-8", "utf-8-sig") else ""
    )
    thing = "file" if noun == "page" else "row"
    line = f"{printable(reading.file)}{encoding}  {_number(reading.rows, thing)} → {kept}"
    if platforms:
        line += f" × {_number(platforms, 'platform')}"
    if reading.rejected:
        line += f", {_number(reading.rejected, thing)} rejected"
    return line


def reject_lines(rejects: pl.DataFrame, file: str) -> Iterator[str]:
    """Yield the first rejected rows of a file with their reasons, and how many more there are."""
    if not rejects.height:
        return
    inside = pl.col("file").str.starts_with(file.rstrip("/") + "/")
    rows = rejects.filter((pl.col("file") == file) | inside)
    for row in rows.head(SHOWN_REJECTS).iter_rows(named=True):
        whole = row["row"] is None and row["column"] is None
        place = row["file"] if whole else f"row {row['row'] or '?'}"
        if row["file"] != file:
            place = row["file"].removeprefix(file.rstrip("/") + "/")
        parts = (place, row["column"] or "", row["reason"] or "")
        yield "  " + "  ".join(printable(part) for part in parts if part)
    if rows.height > SHOWN_REJECTS:
        yield f"  … and {rows.height - SHOWN_REJECTS} more; all of them: --rejects FILE"


def _number(count: int, word: str, plural: str = "s") -> str:
    return f"{count:,} {word}{'' if count == 1 else plural}"
