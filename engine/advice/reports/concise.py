"""One line a finding, for editors, logs and grep: ``file:line: post platform RULE message``."""

from collections.abc import Iterator

from ..fix_names import PERSON
from .locations import has_lines, line_finder
from .plain_text import printable
from .report import Report
from .style import Style


def lines(report: Report, style: Style) -> Iterator[str]:
    """Yield a line a finding; the number after the file is the line of the post in it.

    In files without lines, such as workbooks, it is the row of the post.
    What a machine can fix is said where that was tried.
    """
    line_of = line_finder(report)
    tried = report.summary.safe_fixes is not None
    for row in report.findings.iter_rows(named=True):
        file, number = printable(row["file"] or ""), row["row"] or 1
        where = f"{file}:{line_of(row) if has_lines(file) else number}"
        post = printable(row["post"])
        named = "" if post in (f"{file}:{number}", file) else f" {post}"
        by_machine = tried and row["fix_safety"] not in (None, PERSON)
        fix = f" [fix: {row['fix_safety']}]" if by_machine else ""
        yield (
            f"{where}:{named} {row['platform']}: {style.paint(row['rule'], row['severity'])} "
            f"{row['severity']}: {printable(row['message'])}{fix}"
        )
