"""Hashes of words: the same everywhere, for ever."""

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from sharewise.models.text_counts import count_texts
from sharewise.models.token_hashing import hashed, letter_parts, pairs, tokens


def test_hashes_never_change() -> None:
    # Stored models hold them: a change must raise the schema version. Worked out in whole numbers.
    assert [hex(one) for one in hashed(pl.Series(["coffee", "kaffee"])).tolist()] == [
        "0x20d89b2609c563aa",
        "0x9afd4eb4818d1500",
    ]


def test_tokens_are_words_of_two_letters_or_more_in_lower_case() -> None:
    found = tokens(pl.Series(["A Fresh crème, 2nd", None, "", "ÄÖ"]))
    assert found.words.to_list() == ["fresh", "crème", "2nd", "äö"]
    assert found.rows.tolist() == [0, 0, 0, 3]
    assert found.texts == 4


def test_pairs_stay_inside_a_text() -> None:
    found = tokens(pl.Series(["new beans", "new", "beans"]))
    hashes, rows = pairs(found)
    assert rows.tolist() == [0]
    other, _ = pairs(tokens(pl.Series(["new beans"])))
    assert hashes.tolist() == other.tolist()
    turned, _ = pairs(tokens(pl.Series(["beans new"])))
    assert hashes.tolist() != turned.tolist()


def test_letter_parts_by_hand() -> None:
    # " ab " has two runs of three letters and one of four; " abc " three, two and one of five
    hashes, words = letter_parts(pl.Series(["ab", "abc"]), range(3, 6))
    assert sorted(words.tolist()) == [0] * 3 + [1] * 6
    assert len(set(hashes.tolist())) == 8  # " ab" is in both


def test_nothing_gives_nothing() -> None:
    counts = count_texts(pl.Series([None, "", "!"], dtype=pl.String))
    assert counts.terms.nnz == 0
    assert counts.texts == 3


@settings(deadline=None)
@given(st.lists(st.text(max_size=30), min_size=1, max_size=5))
def test_a_text_counts_the_same_alone(texts: list[str]) -> None:
    together = count_texts(pl.Series(texts, dtype=pl.String))
    for row, text in enumerate(texts):
        alone = count_texts(pl.Series([text], dtype=pl.String))
        assert (together.terms[row] != alone.terms[0]).nnz == 0
        if alone.uses is not None and together.uses is not None:
            letters = together.uses @ together.parts
            assert (letters[row] != (alone.uses @ alone.parts)[0]).nnz == 0
