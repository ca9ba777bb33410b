"""Who fixes what: `recommend` promises what `fix` and `tailor` then do."""

from pathlib import Path

import polars as pl
import pytest

from sharewise.engine.advice.fixes.applying import apply_both_ways, apply_fixes
from sharewise.engine.advice.fixes.remedies import REMEDY_SCHEMA, TAILOR, remedies
from sharewise.engine.advice.recommending import Adviser, adviser
from sharewise.engine.advice.tailoring.variants import tailor
from sharewise.engine.content.platforms import platform_names
from sharewise.engine.content.reading import from_frame

DRAFTS = Path(__file__).parent.parent / "fixtures" / "drafts.csv"
LONG = "We roasted a new blend for the winter. It tastes of plums and dark sugar. " * 5
PLACE = ("index", "platform", "rule")


def posts_of(*rows: dict[str, str]) -> pl.DataFrame:
    return from_frame(pl.DataFrame(rows), platform_names=platform_names()).posts


def told(posts: pl.DataFrame, using: Adviser) -> dict[tuple[str, str], tuple[str, str]]:
    found = remedies(posts, using.findings(posts), using)
    assert found.schema == REMEDY_SCHEMA
    return {row[1:3]: row[3:] for row in found.iter_rows()}


def test_a_safe_and_an_unsafe_one() -> None:
    found = told(posts_of({"text": LONG + "#newblend", "platform": "x"}), adviser())
    assert found["x", "TAG104"] == ("camel_case_hashtags", "safe")
    assert found["x", "LEN101"] == ("shorten", "unsafe")


def test_what_another_platform_has_no_need_of_is_for_tailor() -> None:
    found = told(posts_of({"text": LONG, "platform": "x,linkedin"}), adviser())
    assert found["x", "LEN101"] == ("thread,shorten", TAILOR)


def test_what_no_machine_knows_is_for_a_person() -> None:
    found = told(posts_of({"text": "Two cups.", "platform": "instagram"}), adviser())
    assert found["instagram", "MED101"] == ("add_media", "person")


def test_a_fix_that_fails_is_for_a_person() -> None:
    # No campaign is named, so the parameters that the link lacks can't be made up.
    post = {"text": "Hi https://harborroast.example.com/?utm_source=x", "platform": "x"}
    assert told(posts_of(post), adviser())["x", "LNK302"] == ("add_utm", "person")


def test_findings_set_aside_have_no_remedy() -> None:
    post = {"text": "New #winterblend", "platform": "x", "ignore": "TAG104: ok"}
    assert told(posts_of(post), adviser()) == {}


@pytest.fixture(scope="module")
def drafts() -> tuple[pl.DataFrame, pl.DataFrame, Adviser]:
    using = adviser()
    posts = using.read([DRAFTS]).posts
    return posts, remedies(posts, using.findings(posts), using), using


@pytest.mark.parametrize("unsafe", [False, True])
def test_fix_does_what_is_promised_and_no_more(
    drafts: tuple[pl.DataFrame, pl.DataFrame, Adviser], unsafe: bool
) -> None:
    posts, found, using = drafts
    promised = pl.col("fix_safety").is_in(["safe", "unsafe"] if unsafe else ["safe"])
    fixed = apply_fixes(posts, using, unsafe)
    left = set(using.findings(fixed.posts).select(PLACE).iter_rows())
    there = found.filter(promised).select(PLACE).rows()
    assert there
    assert not left & set(there)
    edits = set(fixed.edits.select("index", "rule").iter_rows())
    assert edits <= {(index, rule) for index, _, rule in there}


def test_tailor_does_what_is_promised(
    drafts: tuple[pl.DataFrame, pl.DataFrame, Adviser],
) -> None:
    posts, found, using = drafts
    variants = {(one.index, one.platform): one for one in tailor(posts, using, level="suggestion")}
    promised = found.filter(pl.col("fix_safety") == TAILOR)
    assert promised.height
    for index, platform, rule in promised.select(PLACE).iter_rows():
        left = {row["rule"] for row in variants[index, platform].left}
        assert rule not in left, (posts["id"][index], platform, rule)


def test_both_ways_are_the_two_ways() -> None:
    using = adviser(["x"])
    posts = posts_of({"text": LONG + "#newblend #newblend"}, {"text": "GREAT COFFEE IS HERE NOW"})
    safe, every = apply_both_ways(posts, using)
    for one, unsafe in ((safe, False), (every, True)):
        alone = apply_fixes(posts, using, unsafe)
        assert one.posts.equals(alone.posts)
        assert one.edits.equals(alone.edits)
