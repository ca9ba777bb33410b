"""One line a finding, for editors, logs and grep: ``file:row: post platform RULE message``."""

from collections.abc import Iterator

from .plain_text import printable
from .report import Report
from .style import Style


def lines(report: Report, style: Style) -> Iterator[str]:
    """Yield a line a finding; the number after the file is the row of the post in it."""
    for row in report.findings.iter_rows(named=True):
        where = f"{printable(row['file'] or '')}:{row['row'] or 1}"
        post = printable(row["post"])
        named = "" if post == where else f" {post}"
        fix = f" [fix: {row['fix_safety']}]" if row["fix_safety"] else ""
        yield (
            f"{where}:{named} {row['platform']}: {style.paint(row['rule'], row['severity'])} "
            f"{row['severity']}: {printable(row['message'])}{fix}"
        )
