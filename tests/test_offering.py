"""Offers: only what was tried, takes its finding away and brings nothing as bad."""

import json
from pathlib import Path
from typing import Any

import polars as pl

from sharewise.engine.advice.fixes.offering import OFFER_SCHEMA, offer
from sharewise.engine.advice.fixes.trials import Fire, Trial, removes, try_out
from sharewise.engine.advice.recommending import Adviser, adviser
from sharewise.engine.content.changed_posts import with_changes
from sharewise.engine.content.platforms import platform_names
from sharewise.engine.content.reading import from_frame
from sharewise.engine.settings import Brand, Settings

LONG = "We roasted a new blend for the winter. It tastes of plums and dark sugar. " * 5
ERROR, WARNING = Fire(0, None), Fire(1, None)


def posts_of(*rows: dict[str, Any]) -> pl.DataFrame:
    columns = dict.fromkeys(name for row in rows for name in row)
    cells = {
        name: [json.dumps(row[name]) if name in row and not isinstance(row[name], str)
               else row.get(name) for row in rows]
        for name in columns
    }  # fmt: skip
    schema = dict.fromkeys(columns, pl.String)
    return from_frame(pl.DataFrame(cells, schema=schema), platform_names=platform_names()).posts


def offers(posts: pl.DataFrame, using: Adviser) -> pl.DataFrame:
    return offer(posts, using.findings(posts), using)


def test_a_safe_fix_with_its_words() -> None:
    posts = posts_of({"id": "a", "text": "New beans #winterblend", "platform": "x"})
    made = offers(posts, adviser())
    assert made.schema == OFFER_SCHEMA
    assert made.rows() == [
        (0, "a", "x", "TAG104", "camel_case_hashtags", "safe", "text", "New beans #winterblend",
         "New beans #WinterBlend", '{"text": "New beans #WinterBlend"}', None)
    ]  # fmt: skip


def test_each_offer_applied_takes_its_finding_away() -> None:
    posts = posts_of(
        {"id": "a", "text": LONG + "#winterblend"},
        {"id": "b", "text": "Read https://Example.com/?utm_source=X #ad", "rewarded": True},
        {"id": "c", "text": "THIS IS VERY GOOD COFFEE TODAY", "media": [{"kind": "image"}]},
    )
    using = adviser(["x", "facebook", "mastodon", "instagram"])
    before = using.findings(posts)
    made = offers(posts, using).filter(pl.col("changes").is_not_null())
    assert {"shorten", "camel_case_hashtags", "lowercase_utm", "add_alt"} <= set(made["fix"])
    for row in made.iter_rows(named=True):
        changed = with_changes(posts, {row["index"]: json.loads(row["changes"])})
        after = using.findings(changed)
        here = (pl.col("index") == row["index"]) & (pl.col("platform") == row["platform"])
        assert row["rule"] not in set(after.filter(here)["rule"])
        new = set(after.filter(here)["rule"]) - set(before.filter(here)["rule"])
        severity = before.filter(here, pl.col("rule") == row["rule"])["severity"][0]
        worse = {"error": ("error",), "warning": ("error", "warning")}
        allowed = worse.get(severity, ("error", "warning", "suggestion"))
        assert not set(after.filter(here, pl.col("rule").is_in(new))["severity"]) & set(allowed)


def test_a_thread_has_parts_that_are_posts_of_their_own() -> None:
    posts = posts_of({"id": "a", "text": LONG, "platform": "x"})
    thread = offers(posts, adviser()).filter(pl.col("fix") == "thread").row(0, named=True)
    parts = thread["parts"]
    assert thread["changes"] is None
    assert thread["after"] == "\n\n".join(parts)
    assert [part.rsplit(" ", 1)[1] for part in parts] == ["1/2", "2/2"]
    each = posts_of(*({"id": part[:3], "text": part, "platform": "x"} for part in parts))
    assert "LEN101" not in set(adviser().findings(each)["rule"])


def test_a_fix_that_brings_something_as_bad_is_not_offered() -> None:
    """An https link is four characters longer on Bluesky: the post gets too long."""
    text = "a" * 283 + " http://a.com/xyz"
    posts = posts_of({"id": "a", "text": text, "platform": "bluesky"})
    assert "LNK208" in set(adviser().findings(posts)["rule"])
    assert "https" not in set(offers(posts, adviser())["fix"])
    shorter = posts_of({"id": "a", "text": text[1:], "platform": "bluesky"})
    assert "https" in set(offers(shorter, adviser())["fix"])


def test_what_the_author_set_aside_gets_no_offer() -> None:
    posts = posts_of(
        {"id": "a", "text": "New #winterblend", "platform": "x", "ignore": "TAG104: ok"}
    )
    assert offers(posts, adviser()).height == 0


def test_own_links_are_tagged_for_each_platform() -> None:
    posts = posts_of({"id": "a", "text": "New https://example.com/b", "campaign": "Winter"})
    using = adviser(["x", "linkedin"], Settings(brand=Brand(domains=("example.com",))))
    made = offers(posts, using).filter(pl.col("fix") == "add_utm")
    assert made.select("platform", "after").rows() == [
        (name, f"New https://example.com/b?utm_source={name}&utm_medium=social&utm_campaign=winter")
        for name in ("x", "linkedin")
    ]


def test_a_verdict_depends_on_the_post_alone() -> None:
    row = {"text": LONG, "platform": "x", "scheduled_at": "2026-12-01T09:00:00Z"}
    one = posts_of({"id": "a", **row})
    many = posts_of(*({"id": str(number), **row} for number in range(30)))
    alone = offers(one, adviser()).select("rule", "fix", "after").rows()
    first = offers(many, adviser()).filter(pl.col("index") == 0)
    assert first.select("rule", "fix", "after").rows() == alone


def test_a_fix_removes_when_gone_everywhere_and_nothing_is_as_bad() -> None:
    before = {"x": {"A": WARNING}, "y": {"A": WARNING, "C": ERROR}}
    assert removes("A", before, {"x": {}, "y": {"C": ERROR}})
    assert removes("A", before, {"x": {"B": Fire(2, None)}, "y": {"C": ERROR}})
    assert not removes("A", before, {"x": {}, "y": {"A": WARNING}})
    assert not removes("A", before, {"x": {"B": WARNING}, "y": {}})
    assert not removes("A", before, {"x": {"C": ERROR}, "y": {}})
    assert not removes("B", before, {"x": {}, "y": {}})


def test_trials_come_back_in_order() -> None:
    posts = posts_of({"id": "a", "text": "New #winterblend"}, {"id": "b", "text": "Plain"})
    trials = [
        Trial(1, {}, ("x",)),
        Trial(0, {}, ("x", "mastodon")),
        Trial(0, {"text": "Hi"}, ("x",)),
    ]
    fired = try_out(posts, trials, adviser(["x", "mastodon"]))
    assert ["TAG104" in one["x"] for one in fired] == [False, True, False]
    assert [sorted(one) for one in fired] == [["x"], ["mastodon", "x"], ["x"]]


def test_no_findings_no_offers(tmp_path: Path) -> None:
    posts = posts_of({"id": "a", "text": "We are open on Monday. Come in?", "platform": "x"})
    made = offers(posts, adviser())
    assert made.schema == OFFER_SCHEMA
    assert made.height == 0


def test_a_published_post_is_tried_as_it_was_published() -> None:
    # X counts neither the mentions that open a reply nor the link to attached media: 280 as
    # it stands. Without its mentions' signs the words before the reply would count.
    opening = " ".join(f"@guest{number}" for number in range(1, 13))
    text = f"{opening} {'Thanks for coming to the cupping. ' * 8}https://t.co/abc123XYZ0"
    post = {"id": "a", "text": text, "platforms": ["x"], "published_at": "2019-06-01 09:00"}
    posts = from_frame(pl.DataFrame([post])).posts
    using = adviser(["x"])
    found = using.findings(posts)
    assert "LEN101" not in found["rule"]
    for row in offer(posts, found, using).iter_rows(named=True):
        changed = with_changes(posts, {0: json.loads(row["changes"])})
        assert "LEN101" not in using.findings(changed)["rule"]
