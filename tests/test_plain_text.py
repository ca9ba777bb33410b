"""Text made fit to print: what is cut, and what stays."""

import pytest

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
