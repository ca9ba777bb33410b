"""What a report is made from: the findings to show, and what was read and counted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import polars as pl

from ...content.reading.post_files import FileReading
from ..rule import SEVERITIES

if TYPE_CHECKING:
    from ...content.pages.cards import Card

FIELDS = (
    *("post", "platform", "rule", "severity", "category", "message", "measured", "limit"),
    *("start", "end", "why", "source", "year", "fix", "fix_safety"),
    *("file", "row", "name", "goal", "excerpt", "confidence"),
)
"""The fields of a finding in machine formats, in their order; the first fifteen are fixed."""


@dataclass(frozen=True)
class Summary:
    """What a run did, in numbers.

    ``pairs`` are posts × platforms looked at, ``pairs_with`` those with a finding shown;
    ``severities`` counts the findings shown; ``safe_fixes`` the posts × rules of which a finding
    shown is gone after the safe fixes, None where fixes were not tried. ``noun`` says what the
    posts are: of pages, ``pairs`` are the pages looked at. ``below`` counts the findings left out
    since they are below ``level``, the least severity to show.
    """

    posts: int
    platforms: int
    pairs: int
    pairs_with: int
    severities: Mapping[str, int]
    safe_fixes: int | None
    suppressed: int
    rejected: int
    noun: str = "post"
    level: str = SEVERITIES[-1]
    below: int = 0

    @property
    def findings(self) -> int:
        """The number of findings shown."""
        return sum(self.severities.values())


@dataclass(frozen=True)
class Report:
    """Findings to show, in reading order, with what belongs to them.

    ``findings`` has the columns of `finding_schema.FINDING_SCHEMA`, then ``unknown``: the posts'
    columns that no field was found for. Where fixes were tried, ``fix`` names those that hold and
    ``fix_safety`` says who makes them, see `fixes.remedies`. ``texts`` are the first words of
    each post by its index; ``warnings`` are about the posts' suppressions; ``chosen`` are the
    platforms asked for in place of the posts' own; ``cards`` are the preview cards of pages by
    their index, empty where none are to be shown.
    """

    findings: pl.DataFrame
    summary: Summary
    texts: Mapping[int, str] = field(default_factory=dict)
    files: tuple[FileReading, ...] = ()
    rejects: pl.DataFrame = field(default_factory=pl.DataFrame)
    warnings: tuple[str, ...] = ()
    platform_names: Mapping[str, str] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    version: str = ""
    chosen: tuple[str, ...] = ()
    cards: Mapping[int, "tuple[Card, ...]"] = field(default_factory=dict)


def finding_rows(report: Report) -> list[dict[str, Any]]:
    """Return the findings shown as plain values in the order of `FIELDS`.

    What stood in the posts' unknown columns follows under ``columns``, where there are any.
    """
    rows = report.findings.select(FIELDS).to_dicts()
    plain = [{key: plain_number(value) for key, value in row.items()} for row in rows]
    if not report.unknown:
        return plain
    beyond = report.findings.select(report.unknown).to_dicts()
    return [row | {"columns": columns} for row, columns in zip(plain, beyond, strict=True)]


def plain_number(value: Any) -> Any:
    """Return a whole float as an integer, an infinite one as None, all else as it is."""
    if not isinstance(value, float):
        return value
    if value != value or value in (float("inf"), float("-inf")):
        return None
    return int(value) if value.is_integer() and abs(value) < 2**53 else value
