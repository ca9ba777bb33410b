"""Applying fixes: what holds on every platform, in a fixed order, once and for all."""

import json
from itertools import chain
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sharewise.engine.advice.fixes.applying import EDIT_SCHEMA, apply_fixes
from sharewise.engine.advice.recommending import Adviser, adviser
from sharewise.engine.content.changed_posts import as_frame
from sharewise.engine.content.platforms import platform_names
from sharewise.engine.content.reading import from_frame
from sharewise.engine.settings import Brand, Settings

FIVE = ("x", "facebook", "linkedin", "instagram", "mastodon")
USING = adviser(FIVE)
REAL = Path(__file__).parents[2] / "shared/data/facebook_news.parquet"


def posts_of(*rows: dict[str, Any]) -> pl.DataFrame:
    columns = dict.fromkeys(name for row in rows for name in row)
    cells = {
        name: [json.dumps(row[name]) if name in row and not isinstance(row[name], str)
               else row.get(name) for row in rows]
        for name in columns
    }  # fmt: skip
    schema = dict.fromkeys(columns, pl.String)
    return from_frame(pl.DataFrame(cells, schema=schema), platform_names=platform_names()).posts


def assert_settled(posts: pl.DataFrame, using: Adviser, *, unsafe: bool = False) -> pl.DataFrame:
    """Every change is among the edits, and a second time changes nothing."""
    once = apply_fixes(posts, using, unsafe)
    assert once.edits.schema == EDIT_SCHEMA
    told = set(once.edits.select("index", "field").iter_rows())
    for field in posts.columns:
        for index, (old, new) in enumerate(zip(posts[field], once.posts[field], strict=True)):
            same = old.equals(new) if isinstance(old, pl.Series) and new is not None else old == new
            assert same or (index, field) in told
    twice = apply_fixes(once.posts, using, unsafe)
    assert twice.edits.height == 0
    assert twice.posts.equals(once.posts)
    return once.edits


def test_safe_fixes_follow_one_another() -> None:
    posts = posts_of({"id": "a", "text": "New #winterblend 𝐛𝐞𝐚𝐧𝐬 #winterblend #other"})
    fixed = apply_fixes(posts, USING)
    assert fixed.posts["text"].to_list() == ["New #WinterBlend beans #other"]
    assert fixed.edits.select("fix", "safety", "before", "after").rows() == [
        ("camel_case_hashtags", "safe", "New #winterblend 𝐛𝐞𝐚𝐧𝐬 #winterblend #other",
         "New #WinterBlend 𝐛𝐞𝐚𝐧𝐬 #WinterBlend #other"),
        ("drop_repeated_hashtags", "safe", "New #WinterBlend 𝐛𝐞𝐚𝐧𝐬 #WinterBlend #other",
         "New #WinterBlend 𝐛𝐞𝐚𝐧𝐬 #other"),
        ("plain_letters", "safe", "New #WinterBlend 𝐛𝐞𝐚𝐧𝐬 #other",
         "New #WinterBlend beans #other"),
    ]  # fmt: skip
    assert posts["text"].to_list() == ["New #winterblend 𝐛𝐞𝐚𝐧𝐬 #winterblend #other"]
    assert_settled(posts, USING)


def test_only_the_rules_asked_for() -> None:
    posts = posts_of({"id": "a", "text": "New #winterblend 𝐛𝐞𝐚𝐧𝐬"})
    fixed = apply_fixes(posts, USING, rules=["ACC113"])
    assert fixed.posts["text"].to_list() == ["New #winterblend beans"]
    assert fixed.edits["rule"].to_list() == ["ACC113"]


def test_unsafe_ones_only_when_asked() -> None:
    posts = posts_of({"id": "a", "text": "THIS COFFEE TASTES GOOD TODAY", "platform": "x"})
    assert apply_fixes(posts, adviser()).edits.height == 0
    fixed = apply_fixes(posts, adviser(), unsafe=True)
    assert fixed.posts["text"].to_list() == ["This coffee tastes good today"]
    assert_settled(posts, adviser(), unsafe=True)


def test_what_would_differ_between_platforms_is_left_to_variants() -> None:
    using = adviser(settings=Settings(brand=Brand(domains=("example.com",))))
    row = {"text": "See https://example.com/a", "campaign": "winter"}
    posts = posts_of(
        {"id": "a", **row, "platform": "x"}, {"id": "b", **row, "platform": "x,linkedin"}
    )
    assert apply_fixes(posts, using).posts["text"].to_list() == [
        "See https://example.com/a?utm_source=x&utm_medium=social&utm_campaign=winter",
        "See https://example.com/a",
    ]


def test_a_text_too_long_for_one_platform_is_not_cut_for_the_others() -> None:
    posts = posts_of({"id": "a", "text": "We are open. " * 30, "platform": "x,linkedin"})
    assert "shorten" not in set(apply_fixes(posts, adviser(), unsafe=True).edits["fix"])


def test_what_one_platform_cannot_take_stays_for_the_others() -> None:
    post = {"id": "a", "text": "Our new blend https://example.com/a", "platform": "x,instagram"}
    posts = posts_of(post, {**post, "id": "b", "platform": "instagram"})
    fixed = apply_fixes(posts, adviser(), unsafe=True)
    assert fixed.posts["text"].to_list() == [post["text"], "Our new blend\n\nLink in bio"]


def test_an_edit_must_hold_on_every_platform() -> None:
    """A scheme before the link makes this post too long for Mastodon, not for Facebook."""
    text = "a" * 488 + " ab.de/ab"
    posts = posts_of({"id": "a", "text": text, "platform": "facebook,mastodon"})
    assert "LNK106" in set(adviser().findings(posts)["rule"])
    assert apply_fixes(posts, adviser()).edits.height == 0


def test_hostile_posts_settle() -> None:
    texts = [
        *(
            "a" * 5000,
            "👨‍👩‍👧‍👦" * 300,
            "#coffee #coffee " * 300,
            "https://example.com/" + "a" * 5000,
        ),
        *("abc שלום \u202e عالم #ad " * 40, "กาแฟ" * 500, "咖啡。" * 500, "#" * 3000, "@a" * 2000),
    ]
    posts = posts_of(*({"id": str(at), "text": text} for at, text in enumerate(texts)))
    assert_settled(posts, USING)
    assert_settled(posts, adviser(["x"]), unsafe=True)


@settings(max_examples=15, deadline=None, derandomize=True)
@given(
    st.lists(
        st.lists(
            st.sampled_from(
                ["#winterblend", "#Coffee", "#coffee", "example.com/a", "𝐛𝐨𝐥𝐝", "word", "\n\n",
                 "#ad", "https://a.com/?utm_source=X", "🎉🎉🎉", "GREAT", "@you", "$AB", "End."]
            ),
            min_size=1,
            max_size=25,
        ).map(" ".join).filter(str.strip),
        min_size=5,
        max_size=20,
    ),
    st.booleans(),
)  # fmt: skip
def test_twice_is_once(texts: list[str], unsafe: bool) -> None:
    posts = posts_of(*({"id": str(at), "text": text} for at, text in enumerate(texts)))
    assert_settled(posts, USING if not unsafe else adviser(["mastodon"]), unsafe=unsafe)


@pytest.mark.skipif(not REAL.exists(), reason="no real posts here")
def test_real_posts_settle(tmp_path: Path) -> None:
    sample = tmp_path / "posts.parquet"
    pl.read_parquet(REAL).sample(300, seed=3).write_parquet(sample)
    assert_settled(USING.read([sample]).posts, USING)


def test_an_edit_that_makes_one_post_of_two_is_not_made() -> None:
    posts = posts_of(
        {"id": "a", "text": "Fresh beans today.", "scheduled_at": "2026-12-01 09:00"},
        {"id": "b", "text": "Fresh  beans today.", "scheduled_at": "2026-12-01 11:00"},
        {"id": "c", "text": "Two  cups left.", "scheduled_at": "2026-12-01 12:00"},
    )
    using = adviser(["x"])
    fixed = apply_fixes(posts, using, rules=["TXT110"])
    after = using.findings(fixed.posts)
    assert fixed.posts["text"].to_list() == [
        *("Fresh beans today.", "Fresh  beans today.", "Two cups left.")
    ]
    assert fixed.edits["post"].to_list() == ["c"]
    assert "CAL114" not in after["rule"]  # the very same text twice in a day
    assert apply_fixes(fixed.posts, using, rules=["TXT110"]).edits.is_empty()


@settings(max_examples=10, deadline=None)
@given(st.lists(st.text(min_size=250, max_size=900), min_size=1, max_size=3))
def test_threads_are_whole_valid_and_made_once(texts: list[str]) -> None:
    using = adviser(["x"])
    ids = [str(number) for number in range(len(texts))]
    posts = from_frame(pl.DataFrame({"id": ids, "text": texts})).posts
    once = apply_fixes(posts, using, True, ["LEN101"], splittable=range(posts.height))
    for index, later in once.added.items():
        parts = [once.posts.row(index, named=True), *later]
        assert [one["part"] for one in parts] == list(range(1, len(parts) + 1))
        assert {one["parts"] for one in parts} == {len(parts)}
        words = "".join(one["text"].removesuffix(f" {one['part']}/{len(parts)}") for one in parts)
        assert "".join(words.split()) == "".join(posts["text"][index].split())
    whole = as_frame([*once.posts.to_dicts(), *chain(*once.added.values())])
    in_threads = whole.filter(pl.col("parts").is_not_null())
    assert "LEN101" not in using.findings(in_threads)["rule"]
    again = apply_fixes(whole, using, True, ["LEN101"], splittable=range(whole.height))
    assert again.edits.is_empty()
    assert not again.added
