"""Ids met before, held against a plain set."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from sharewise.engine.content.reading.duplicate_ids import SeenIds

IDS = st.lists(st.lists(st.one_of(st.none(), st.text("abc", max_size=2)), max_size=9), max_size=9)


@given(IDS)
def test_ids_of_earlier_calls_and_rows_are_met(batches: list[list[str | None]]) -> None:
    seen, met = SeenIds(), set[str]()
    for batch in batches:
        expected = []
        for position, one in enumerate(batch):
            if one is not None:
                if one in met:
                    expected.append(position)
                met.add(one)
        assert seen.repeated(pl.Series(batch, dtype=pl.String)) == expected
