"""Recommendations as one page that can be mailed: no script, nothing loaded from elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from ..rule import SEVERITIES
from .notes import reading_lines, summary_line
from .plain_text import printable
from .report import Report
from .style import Style
from .told_fixes import told_fixes, who_fixes

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
        cards=list(_cards(report)),
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
            where=_where(found[0]),
            severities=tuple(dict.fromkeys(row["severity"] for row in found)),
            platforms=tuple(platforms),
        )


def _where(row: dict[str, Any]) -> str:
    file = printable(row["file"] or "")
    whole_file = row["row"] is None and file == printable(row["post"])
    return "" if whole_file else f"{file}, row {row['row'] or 1}"


def _cards(report: Report) -> Iterator[dict[str, Any]]:
    for of_page in report.cards.values():
        for card in of_page:
            names = [report.platform_names.get(name, name) for name in card.platforms]
            yield {
                "names": ", ".join(names),
                "kind": card.kind,
                "texts": [(part, printable(text)) for part, text in card.texts],
                "picture": printable(card.alt or card.image or ""),
                "size": card.size or "size not known",
            }


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    texts = {key: printable(row[key] or "") for key in ("post", "message", "why", "source")}
    fixes = [f"{what} ({who_fixes(row['fix_safety'])})" for what in told_fixes(row["fix"])]
    return row | texts | {"fixes": fixes, "excerpt": printable(row["excerpt"] or "")}
