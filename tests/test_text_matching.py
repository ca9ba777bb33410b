"""Matching many patterns at once gives what matching each alone gives."""

import random

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sharewise.engine.advice.required_literals import required_literals
from sharewise.engine.advice.text_matching import first_rows, match_texts

_ATOMS = (
    *("tag", "win", "a", "you", "r", " ", " to ", "sk", "é", "Ж", "👍", "!", "#ad"),
    *(r"\b", r"\w+", r"\s?", "[ab]", "[^a]", ".", r"\.", "^", "$", r"\d"),
)
_PIECES = (*_ATOMS, "TAG", "WIN", "ſ", "\u212a", "K", "S", "É", "\n", "taſ", "\u212as", ".")


@st.composite
def patterns(draw: st.DrawFn, depth: int = 3) -> str:
    """Patterns of words, classes, groups, alternatives and repetitions."""
    parts = []
    for _ in range(draw(st.integers(1, 4))):
        inside = draw(st.sampled_from(_ATOMS))
        if depth and draw(st.booleans()):
            opening = draw(st.sampled_from(("(", "(?:", "(?i:")))
            inside = f"{opening}{draw(patterns(depth - 1))})"
        repeat = draw(st.sampled_from(("", "", "", "?", "*", "+", "{2}", "{0,2}", "+?")))
        parts.append(inside + (repeat if inside not in (r"\b", "^", "$") else ""))
    return "".join(parts) if draw(st.booleans()) else "|".join(parts)


@settings(max_examples=150, deadline=None)
@given(st.lists(patterns(), min_size=1, max_size=5), st.booleans(), st.integers(0, 2**32))
def test_same_as_each_pattern_alone(some: list[str], ignore_case: bool, seed: int) -> None:
    some = list(dict.fromkeys(("(?i)" if ignore_case else "") + one for one in some))
    rng = random.Random(seed)
    words = ["".join(rng.choices(_PIECES, k=rng.randint(0, 6))) for _ in range(60)]
    texts = pl.Series("t", [*words, None, *words[:5]], dtype=pl.String)
    for part in (texts, texts[:20]):
        found = match_texts(part, some)
        groups = pl.Series([rng.randint(0, 9) for _ in range(part.len())])
        hinted = match_texts(part, some, first_rows(groups))
        for pattern in some:
            expected = part.str.contains(pattern).to_list()
            assert found[pattern].to_list() == expected
            assert hinted[pattern].to_list() == expected


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"(?i)\bTag (a|your) b?\b", {"tag a ", "tag a b", "tag your ", "tag your b"}),
        (r"giveaway|raffle", {"giveaway", "raffle"}),
        (r"(share|tag)[^.!?]{0,40}\bto win\b", {"to win"}),
        (r"(?i)Füllhorn", {"llhorn"}),
        (r"広告", {"広告"}),
        (r"(abc)+\d*", {"abc"}),
        (r"\$\.", {"$."}),
        (r"[<>]|a!", {"<", ">", "a!"}),
    ],
)  # fmt: skip
def test_words_that_a_match_needs(pattern: str, words: set[str]) -> None:
    assert set(required_literals(pattern) or ()) == words


@pytest.mark.parametrize(
    "pattern",
    [r"\w+", "a?", "(abc)*", "abc|d*", "[ab]", "a| ", r"(?x) a b c", r"\p{L}bcd", "(?-i)abc",
     r"\x61bc",
     "[a&&b]bc", "é", "a{bc", r"\b{start}abc"],
)  # fmt: skip
def test_patterns_that_are_tried_on_every_text(pattern: str) -> None:
    assert required_literals(pattern) is None


def test_deep_nesting_is_no_trouble() -> None:
    assert required_literals("(" * 20_000 + "abc" + ")" * 20_000) is None


def test_letters_beyond_ascii_that_fold_into_it() -> None:
    texts = pl.Series(["ſale", "\u212aind", "sale"])
    found = match_texts(texts, ["(?i)sale", "(?i)kind", "sale"])
    assert {name: answers.to_list() for name, answers in found.items()} == {
        "(?i)sale": [True, False, True],
        "(?i)kind": [False, True, False],
        "sale": [False, False, True],
    }


def test_first_rows() -> None:
    assert first_rows(pl.Series([7, 7, 3, 7, 3])).to_list() == [0, 0, 2, 0, 2]
