"""One JSON document: summary, files, rejected rows, findings; see ``findings.schema.json``."""

from collections.abc import Iterator
from typing import Any

from .json_text import json_text
from .report import Report, finding_rows
from .style import Style

SCHEMA_VERSION = "1.0"
"""The first number changes when a field goes or its meaning does, the second when one is added."""


def lines(report: Report, style: Style) -> Iterator[str]:
    """Yield the document."""
    yield json_text(document(report), indent=2)


def document(report: Report) -> dict[str, Any]:
    """Return the document as plain values."""
    summary = report.summary
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "sharewise", "version": report.version},
        "summary": {
            "posts": summary.posts,
            "platforms": summary.platforms,
            "looked_at": summary.pairs,
            "with_findings": summary.pairs_with,
            "errors": summary.severities.get("error", 0),
            "warnings": summary.severities.get("warning", 0),
            "suggestions": summary.severities.get("suggestion", 0),
            "safe_fixes": summary.safe_fixes,
            "suppressed": summary.suppressed,
            "rejected": summary.rejected,
        },
        "files": [
            {
                "file": reading.file,
                "rows": reading.rows,
                "kept": reading.kept,
                "rejected": reading.rejected,
                "encoding": reading.encoding or None,
                "mapped": reading.mapped,
                "unknown": list(reading.unknown),
                "warnings": list(reading.warnings),
            }
            for reading in report.files
        ],
        "rejects": report.rejects.to_dicts(),
        "warnings": list(report.warnings),
        "findings": finding_rows(report),
    }
