"""Words inside hashtags."""

import polars as pl
import pytest

from sharewise.engine.content.text.hashtag_words import (
    camel_case,
    uncased_hashtags,
    words_in_hashtag,
)


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("socialmedia", ["social", "media"]),
        ("SocialMedia", ["Social", "Media"]),
        ("USAToday", ["USA", "Today"]),
        ("ces2026", ["ces", "2026"]),
        ("fresh_bread", ["fresh", "bread"]),
        ("BREAKINGNEWS", ["BREAKING", "NEWS"]),
        ("tbt", ["tbt"]),
        ("mañana", ["mañana"]),
        ("पावरोटी", ["पावरोटी"]),
        ("", []),
    ],
)
def test_words(tag: str, words: list[str]) -> None:
    assert words_in_hashtag(tag) == words


@pytest.mark.parametrize(
    ("tag", "better"),
    [
        ("socialmedia", "SocialMedia"),
        ("Socialmedia", "SocialMedia"),
        ("BREAKINGNEWS", "BreakingNews"),
        ("fresh2026bread", "Fresh2026Bread"),
        ("SocialMedia", None),
        ("socialMedia", None),
        ("USAToday", None),
        ("bread", None),
        ("NATO", None),
        ("bread2026", None),
        ("fresh_bread", None),
        ("пекарня", None),
        ("fußball", None),
    ],
)
def test_camel_case(tag: str, better: str | None) -> None:
    assert camel_case(tag) == better


def test_uncased_hashtags_of_a_column() -> None:
    tags = pl.Series(
        "tags", [["socialmedia", "Bread", "freshbread"], [], None], dtype=pl.List(pl.String)
    )
    found = uncased_hashtags(tags)
    assert found.to_list() == [["socialmedia", "freshbread"], [], None]
    assert found.dtype == pl.List(pl.String)
