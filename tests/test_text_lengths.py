"""One text's lengths are those that a column of texts has."""

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from sharewise.engine.content.text.counts import count_texts
from sharewise.engine.content.text.lengths import LENGTHS

TEXTS = ["", "Plain.", "See example.com 👍🏽", "@a@b.example https://example.com", "𝐁old ™ e\u0301"]


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.one_of(st.sampled_from(TEXTS), st.text(st.characters(exclude_categories=["Cs"]))))
def test_lengths_are_those_of_the_columns(text: str) -> None:
    counted = count_texts(pl.Series([text])).row(0, named=True)
    assert {unit: length(text) for unit, length in LENGTHS.items()} == {
        unit: counted[unit] for unit in LENGTHS
    }
