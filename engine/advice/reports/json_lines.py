"""One JSON object a line a finding; its fields are those of ``findings.schema.json``."""

from collections.abc import Iterator

from .json_text import json_text
from .report import Report, finding_rows
from .style import Style


def lines(report: Report, style: Style) -> Iterator[str]:
    """Yield a line a finding."""
    for row in finding_rows(report):
        yield json_text(row)
