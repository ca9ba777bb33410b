"""Text made fit to print: what is cut, and what stays."""

import io

import pytest

from sharewise.engine.advice.reports.fitting import fitted
from sharewise.engine.advice.reports.plain_text import shorten_place


@pytest.mark.parametrize(
    ("columns", "shown"),
    [
        (40, "/data/social/exports/drafts.csv:83"),
        (33, "…/social/exports/drafts.csv:83"),
        (24, "…/exports/drafts.csv:83"),
        (16, "…/drafts.csv:83"),
        (12, "…afts.csv:83"),
    ],
)
def test_of_file_and_row_the_folders_are_cut_first(columns: int, shown: str) -> None:
    assert shorten_place("/data/social/exports/drafts.csv", "83", columns) == shown


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_lines_are_broken_for_a_terminal_and_left_alone_for_a_pipe(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    line = "  note        times without a zone were read in UTC; --timezone names another zone"
    assert fitted(line, io.StringIO()) == line
    broken = fitted(line, _Terminal()).splitlines()
    assert [len(one) <= 60 for one in broken] == [True, True]
    assert broken[1].startswith("    ")
