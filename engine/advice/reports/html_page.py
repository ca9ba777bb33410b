"""Recommendations as one page that can be mailed: no script, nothing loaded from elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from ..fix_names import FIX_NAMES
from ..rule import SEVERITIES
from .notes import reading_lines, summary_line
from .plain_text import printable
from .report import Report
from .style import Style

TEMPLATE = Path(__file__).parent / "page.html.j2"


@dataclass(frozen=True)
class _Post:
    """A post with its findings, platform by platform; ``worst`` has the severities it holds."""

    name: str
    text: str
    where: str
    severities: tuple[str, ...]
    platforms: tuple[tuple[str, tuple[dict[str, Any], ...]], ...]


def lines(report: Report, style: Style) -> Iterator[str]:
    """Yield the page."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    template = environment.from_string(TEMPLATE.read_text(encoding="utf-8"))
    yield template.render(
        posts=list(_posts(report)),
        summary=report.summary,
        told=summary_line(report.summary),
        notes=[printable(line) for line in reading_lines(report)],
        severities=SEVERITIES,
        version=report.version,
    )


def _posts(report: Report) -> Iterator[_Post]:
    rows = report.findings.iter_rows(named=True)
    for index, of_post in groupby(rows, key=lambda row: row["index"]):
        found = [_shown(row) for row in of_post]
        platforms = [
            (report.platform_names.get(platform, platform), tuple(of_platform))
            for platform, of_platform in groupby(found, key=lambda row: row["platform"])
        ]
        yield _Post(
            name=printable(found[0]["post"]),
            text=printable(report.texts.get(index, "")),
            where=f"{printable(found[0]['file'] or '')}, row {found[0]['row'] or 1}",
            severities=tuple(dict.fromkeys(row["severity"] for row in found)),
            platforms=tuple(platforms),
        )


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    texts = {key: printable(row[key] or "") for key in ("post", "message", "why", "source")}
    fixes = [FIX_NAMES.get(name, ("", name))[1] for name in (row["fix"] or "").split(",") if name]
    return row | texts | {"fixes": fixes, "excerpt": printable(row["excerpt"] or "")}
