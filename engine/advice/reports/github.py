"""Findings as workflow commands, which GitHub shows beside the lines of a pull request."""

from collections.abc import Iterator

from .locations import line_finder
from .plain_text import printable
from .report import Report
from .style import Style

_LEVELS = {"error": "error", "warning": "warning", "suggestion": "notice"}


def lines(report: Report, style: Style) -> Iterator[str]:
    """Yield a command a finding."""
    line_of = line_finder(report)
    for row in report.findings.iter_rows(named=True):
        file = row["file"] or ""
        title = f"{row['rule']} {row['name']} ({row['platform']})"
        yield (
            f"::{_LEVELS[row['severity']]} file={_property(file)},"
            f"line={line_of(row)},title={_property(title)}"
            f"::{_data(printable(row['post']) + ': ' + printable(row['message']))}"
        )


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
