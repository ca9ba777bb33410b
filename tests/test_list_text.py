"""Lists as one cell holds them: read back as they were written."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sharewise.engine.content.rewriting.list_text import READERS, list_text
from sharewise.engine.content.rewriting.unwritable import UnwritableError


@given(
    st.sampled_from(["links", "hashtags", "tags", "poll"]),
    st.lists(st.from_regex(r"[a-z]{1,8}", fullmatch=True), min_size=1, max_size=4),
)
@settings(deadline=None, max_examples=40)
def test_a_list_reads_as_it_was_written(field: str, words: list[str]) -> None:
    values = [f"https://{word}.example" for word in words] if field == "links" else words
    for old in ("", "x y", "a;b", "#a #b", '["a"]', "https://a.example,https://b.example"):
        text = list_text(field, old, values)
        assert READERS[field](pl.Series([text])).values.to_list() == [values]


def test_a_list_that_no_cell_can_hold_is_refused() -> None:
    with pytest.raises(UnwritableError, match="can't be written as links"):
        list_text("links", "https://a.example", ["no link"])
