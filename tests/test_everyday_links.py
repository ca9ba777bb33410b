"""Everyday URLs: the same numbers as when each text is looked at alone."""

import re

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from sharewise.engine.content.text import everyday_links
from sharewise.engine.content.text.counts import count_texts
from sharewise.engine.content.text.tally import tally
from sharewise.engine.content.text.top_level_domains import top_level_domains

TEXTS = [
    *("see http://bit.ly/abc", "http://bit.ly/a http://bit.ly/b", "http://bit.ly/a-", "no link"),
    *("(http://bit.ly/a)", "http://bit.ly/a.", "a\nhttps://www.bbc.co.uk/news/x-1\n", "a.com b"),
    *("http://t.co/abc", "http://foo.com/a?b=c", "http://foo.com/a #tag", "http://foo.com//"),
    *("http://x.ly/a http://é.com", "HTTP://foo.com/a", "http://a--b.com/", "http://foo.com/_/"),
    *("http://foo.comx/", "x.http://foo.com/", "\x01 http://a.uk", "http://foo.com/ and bar.com"),
    *(f"http://{'a' * 63}.com/", f"http://{'a' * 64}.com/", f"http://a.com/{'b' * 5000}"),
    *(
        '"http://huff.to/x" said',
        "(see http://a.ie/b.html?c=d_e&f)!",
        "http://a.to?b",
        "a.b http://a.to",
    ),
    *(
        "http://t.co/abc.",
        "http://t.co/a?b",
        f"http://t.co/{'a' * 41}",
        "http://t.com/a",
        "http://t.co",
    ),
    *(
        "http://-a.com/x",
        "http://a-.com/x",
        "http://a.com/x.",
        "http://a.com/x..y",
        "http://a.com/x.y.z.w",
    ),
    *(
        "U.S. http://a.com/",
        "wait...at http://a.com/",
        "end.Now",
        "© http://a.com/ ©",
        "“http://a.com/”",
    ),
    *(
        f"http://a.com/{'b' * 1000}.{'c' * 1000}.{'d' * 1000}?{'e' * 1000}",
        "http://co.uk",
        "http://a.com.zz",
    ),
]
PIECES = [
    *("http://", "https://", "bit.ly", "huff.to", "news", ".co", ".uk", "/a", "-b_", "?c=d", "&e"),
    *(
        " ",
        "\n",
        "t.co/x",
        ".",
        "?",
        "#c",
        "@d",
        "Wow!",
        "(",
        ")",
        '"',
        "'",
        ",",
        "é",
        "\x01",
        "$A",
    ),
]


def agree(texts: list[str]) -> None:
    rows = [
        tuple(list(value) if isinstance(value, tuple) else value for value in (*counts, *entities))
        for counts, entities in map(tally, texts)
    ]
    assert count_texts(pl.Series(texts, dtype=pl.String)).rows() == rows


def test_listed_texts_count_the_same() -> None:
    agree(TEXTS)


@settings(deadline=None, max_examples=400)
@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=9).map("".join), max_size=6))
def test_any_texts_count_the_same(texts: list[str]) -> None:
    agree(texts)


def test_the_quick_way_is_taken() -> None:
    texts = pl.DataFrame({"text": ["see http://huff.to/2 now", "(https://a-b.co.uk/c.html?d=e)."]})
    alone = everyday_links.links_by_these_alone(
        pl.col("text"), everyday_links.marked(pl.col("text"))
    )
    assert texts.select(alone).to_series().to_list() == [True, True]


def test_every_ending_is_one_x_knows() -> None:
    """None is missing among the countries either, so that no shortener takes the slow way."""
    countries = {name for name in top_level_domains() if re.fullmatch("[a-z]{2}", name)}
    endings = re.compile(everyday_links.ENDINGS)
    letters = "abcdefghijklmnopqrstuvwxyz"
    assert {a + b for a in letters for b in letters if endings.fullmatch(a + b)} == countries
    assert {"com", "org", "net", "edu", "gov", "info", "biz", "news"} <= set(top_level_domains())
