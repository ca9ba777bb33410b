"""Columns of lists hold what was given: null, empty and full."""

from hypothesis import given
from hypothesis import strategies as st

from sharewise.engine.content.measures.no_texts import TEXTS
from sharewise.engine.content.pages.text_lists import text_lists

TEXT = st.text(max_size=5) | st.sampled_from(["\x1f", "a\x1fb", ""])


@given(st.lists(st.none() | st.lists(TEXT, max_size=4), max_size=12))
def test_lists_come_back(values: list[list[str] | None]) -> None:
    frame = text_lists({"a": values, "b": values})
    assert frame.columns == ["a", "b"]
    assert frame["a"].to_list() == frame["b"].to_list() == values
    assert frame["a"].dtype == TEXTS


def test_null_and_empty_are_told_apart() -> None:
    column = text_lists({"a": [None, [], ["x"]]})["a"]
    assert column.is_null().to_list() == [True, False, False]
    assert column.list.len().to_list() == [None, 0, 1]


def test_a_separator_in_one_column_leaves_the_others_alone() -> None:
    frame = text_lists({"a": [["\x1f"]], "b": [["z"]]})
    assert frame.rows() == [(["\x1f"], ["z"])]
