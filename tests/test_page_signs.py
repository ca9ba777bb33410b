"""Telling words are found in any case, beside and within each other."""

from hypothesis import given
from hypothesis import strategies as st

from sharewise.engine.content.pages.page_signs import sign_words, signs_of

WORDS = sign_words()
PIECES = st.sampled_from([word[:size] for word in WORDS for size in (len(word), len(word) - 1)])


@given(st.lists(st.lists(PIECES | st.text(max_size=3), max_size=6).map("".join), max_size=4))
def test_every_word_that_stands_in_a_page_is_found(pages: list[str]) -> None:
    found = signs_of([page.encode("utf-8", "replace") for page in pages])
    lower = [page.encode("utf-8", "replace").lower().decode() for page in pages]
    assert found == [frozenset(word for word in WORDS if word in page) for page in lower]


def test_words_that_overlap_are_both_found() -> None:
    assert signs_of([b"navigator.sharexecCommand <BASEXECCOMMAND"]) == [
        frozenset(("navigator.share", "execcommand", "<base"))
    ]


def test_bytes_that_are_no_utf8_hide_no_word() -> None:
    assert signs_of([b"\xff PayWall", b"fixed"]) == [frozenset(["paywall"]), frozenset(["fixed"])]
