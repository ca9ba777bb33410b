"""Findings set aside by a post's author."""

import polars as pl

from sharewise.engine.advice.suppression import suppressions
from sharewise.engine.content.schema import IGNORE_TYPE

FOUND = pl.DataFrame(
    {"index": [0, 0, 1, 1, 2], "rule": ["LNK201", "TAG104", "LNK201", "LEN101", "LNK201"]},
    schema={"index": pl.UInt32, "rule": pl.String},
)


def test_ids_and_starts_of_ids_with_the_first_reason() -> None:
    ignore = pl.Series(
        [
            [{"rule": "lnk201", "reason": "campaign"}, {"rule": "LNK", "reason": "later"}],
            [{"rule": "L", "reason": None}, {"rule": "", "reason": "all"}],
            None,
        ],
        dtype=IGNORE_TYPE,
    )
    assert suppressions(FOUND, ignore).to_list() == [
        "campaign", None, "no reason given", "no reason given", None,
    ]  # fmt: skip


def test_nothing_set_aside() -> None:
    assert suppressions(FOUND, pl.Series([None] * 3, dtype=IGNORE_TYPE)).to_list() == [None] * 5
    empty = pl.Series([[], [None], None], dtype=IGNORE_TYPE)
    assert suppressions(FOUND, empty).to_list() == [None] * 5
