"""Findings as SARIF 2.1.0, the exchange format of code scanning services."""

import hashlib
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from .json_text import json_text
from .locations import line_finder
from .plain_text import printable
from .report import Report, finding_rows
from .style import Style

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
_LEVELS = {"error": "error", "warning": "warning", "suggestion": "note"}
_EVIDENCE = ("platform", "measured", "limit", "source", "year", "confidence", "fix", "fix_safety")


def lines(report: Report, style: Style) -> Iterator[str]:
    """Yield the log."""
    yield json_text(log(report), indent=2)


def log(report: Report) -> dict[str, Any]:
    """Return the log as plain values: one run, its rules, a result a finding."""
    rows = finding_rows(report)
    line_of = line_finder(report)
    rules = {row["rule"]: row for row in reversed(rows)}
    places = {rule: place for place, rule in enumerate(sorted(rules))}
    driver = {
        "name": "sharewise",
        "version": report.version,
        "rules": [_rule(rules[rule]) for rule in sorted(rules)],
    }
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "columnKind": "unicodeCodePoints",
                "results": [_result(row, places[row["rule"]], line_of(row)) for row in rows],
            }
        ],
    }


def _rule(row: dict[str, Any]) -> dict[str, Any]:
    rule = {
        "id": row["rule"],
        "name": row["name"],
        "shortDescription": {"text": row["name"].replace("-", " ")},
        "defaultConfiguration": {"level": _LEVELS[row["severity"]]},
        "properties": {"category": row["category"]},
    }
    return rule | ({"fullDescription": {"text": row["why"]}} if row["why"] else {})


def _result(row: dict[str, Any], rule_index: int, line: int) -> dict[str, Any]:
    name = f"{row['post']} ({row['platform']})"
    return {
        "ruleId": row["rule"],
        "ruleIndex": rule_index,
        "level": _LEVELS[row["severity"]],
        "message": {"text": f"{printable(name)}: {printable(row['message'])}"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": _uri(row["file"] or "")},
                    "region": {"startLine": line},
                },
                "logicalLocations": [{"name": row["post"], "fullyQualifiedName": name}],
            }
        ],
        "partialFingerprints": {"finding/v1": _fingerprint(row)},
        "properties": {key: row[key] for key in _EVIDENCE if row[key] is not None},
    }


def _uri(file: str) -> str:
    """Return the path as a relative or absolute URI reference."""
    encoded = quote(file.replace("\\", "/"), safe="/~._-", errors="surrogateescape")
    return f"file://{encoded}" if encoded.startswith("/") else encoded


def _fingerprint(row: dict[str, Any]) -> str:
    """Return what stays the same while a finding lasts, though rows move."""
    parts = (row["rule"], row["platform"], row["file"], row["post"])
    return hashlib.sha256("\0".join(str(part) for part in parts).encode()).hexdigest()[:32]
