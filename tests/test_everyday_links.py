"""Everyday URLs: the same numbers as when each text is looked at alone."""

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from sharewise.engine.content.text.counts import COUNT_SCHEMA, count_texts
from sharewise.engine.content.text.entity_counts import EntityCounts

ONLY = frozenset(
    ("characters", "words", "lines", "letters", "capital_words", "capitals_share", "exclamations")
)
COMPARED = [name for name in COUNT_SCHEMA if name in ONLY or name in EntityCounts._fields]
TEXTS = [
    *("see http://bit.ly/abc", "http://bit.ly/a http://bit.ly/b", "http://bit.ly/a-", "no link"),
    *("(http://bit.ly/a)", "http://bit.ly/a.", "a\nhttps://www.bbc.co.uk/news/x-1\n", "a.com b"),
    *("http://t.co/abc", "http://foo.com/a?b=c", "http://foo.com/a #tag", "http://foo.com//"),
    *("http://x.ly/a http://é.com", "HTTP://foo.com/a", "http://a--b.com/", "http://foo.com/_/"),
    *("http://foo.comx/", "x.http://foo.com/", "\x01 http://a.uk", "http://foo.com/ and bar.com"),
    *(f"http://{'a' * 63}.com/", f"http://{'a' * 64}.com/", f"http://a.com/{'b' * 5000}"),
]
PIECES = ["http://", "https://", "bit.ly", "/a", "-b_", " ", "\n", "t.co/x", ".", "?", "#c", "Wow!"]


def agree(texts: list[str]) -> None:
    column = pl.Series(texts, dtype=pl.String)
    quick, whole = count_texts(column, ONLY), count_texts(column)
    assert quick.schema == whole.schema
    assert quick.select(COMPARED).to_dicts() == whole.select(COMPARED).to_dicts()


def test_listed_texts_count_the_same() -> None:
    agree(TEXTS)


@settings(deadline=None)
@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=9).map("".join), max_size=6))
def test_any_texts_count_the_same(texts: list[str]) -> None:
    agree(texts)
