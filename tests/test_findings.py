"""Findings: words, numbers, places, sources and order."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from sharewise.engine.advice.finding_schema import FINDING_SCHEMA
from sharewise.engine.advice.findings import find, measures_needed
from sharewise.engine.advice.inference import Inference
from sharewise.engine.advice.provenance import OWN_LIMIT
from sharewise.engine.advice.rule import Rulebook
from sharewise.engine.advice.rulebook import load_rulebook
from sharewise.engine.content.facts import Fact, Source
from sharewise.engine.content.platform import Limit, Platform, PostForm
from sharewise.engine.content.schema import IGNORE_TYPE

MEASURES: dict[str, pl.DataType] = {
    "text.body": pl.String(),
    "text.length": pl.Int64(),
    "limit.text": pl.Float64(),
    "hashtags.uncased": pl.List(pl.String()),
}
PACK = """\
observations:
  over: text.length > limit.text
  bait: matches(text.body, '(?i)\\btag a friend\\b')
  uncased: length(hashtags.uncased) > 0
rules:
  - {id: TAG104, name: case, when: [uncased], blocked_by: [held], severity: suggestion,
     category: accessibility, mark: hashtags.uncased, fix: [camel_case_hashtags],
     advice: "{hashtags.uncased} is one word", why: It is read as one., sources: [x.note],
     examples: &e {fires: [{platform: x}], quiet: [{platform: x}]}}
  - {id: LEN101, name: over, when: [over], severity: error, category: length, goal: sharing,
     fix: [thread, camel_case_hashtags], advice: "{text.length} of {limit.text}", why: Refused.,
     sources: [limit.text], examples: *e}
  - {id: BAI101, name: bait, when: [bait], severity: warning, category: engagement,
     concludes: held, advice: reword it, why: Bait., sources: [limit.title, reddit.note],
     examples: *e}
"""
SOURCE = Source("Handbook", "https://example.com", 2024)


def fact(owner: str, name: str, **more: object) -> Fact:
    values = {"value": 1, "unit": "", "kind": "hard-limit", "confidence": "high",
              "statement": "So.", "source": SOURCE, "checked": date(2026, 11, 1)}  # fmt: skip
    return Fact(owner=owner, id=name, **(values | more))  # type: ignore[arg-type]


def platform(name: str, facts: list[Fact], limits: dict[str, Fact | None]) -> Platform:
    return Platform(
        name, name, "network", PostForm("text", "append", "append", "none"), "characters",
        None, "name",
        {one.id: one for one in facts},
        {key: Limit(key, 9.0, one) for key, one in limits.items()},
    )  # fmt: skip


LONG = fact("x", "text.max", contested="others say 12")
NOTE = fact("x", "note", source=Source("Notes", None, None), confidence="low")
PLATFORMS = {
    "x": platform("x", [LONG, NOTE], {"text": LONG}),
    "mastodon": platform("mastodon", [], {"text": None}),
    "reddit": platform("reddit", [fact("reddit", "note", confidence="medium")], {}),
}
POSTS = pl.DataFrame(
    {
        "file": ["a.csv", "a.csv"],
        "row": [1, 2],
        "ignore": [None, [{"rule": "LEN", "reason": "on purpose"}]],
    },
    schema={"file": pl.String, "row": pl.Int64, "ignore": IGNORE_TYPE},
)
TEXT = "Tag a friend now"
# Platform by platform, as measuring gives it.
MEASURED = pl.DataFrame(
    {
        "index": [0, 1, 0, 1],
        "post": ["p1", "a.csv:2", "p1", "a.csv:2"],
        "platform": ["x", "x", "mastodon", "mastodon"],
        "text.body": ["é #newblend", TEXT, "é #newblend", TEXT],
        "text.length": [11, 16, 8, 16],
        "limit.text": [9.0, 9.0, 9.0, 9.0],
        "hashtags.uncased": [["newblend"], ["newblend"], ["newblend"], []],
    },
    schema_overrides={"index": pl.UInt32, "hashtags.uncased": pl.List(pl.String)},
)


@pytest.fixture
def book(tmp_path: Path) -> Rulebook:
    path = tmp_path / "pack.yaml"
    examples = "{fires: [{platform: x}], quiet: [{platform: x}]}"
    path.write_text(PACK.replace("&e " + examples, examples).replace("*e", examples), "utf-8")
    # As one of ours: the sources of this test's own platforms are no facts of the real ones.
    return load_rulebook(ours=tmp_path, measures=MEASURES)


def test_findings(book: Rulebook) -> None:
    found = find(MEASURED, book, PLATFORMS, POSTS)
    assert found.schema == FINDING_SCHEMA
    assert found.select("index", "post", "file", "row", "platform", "rule", "severity").rows() == [
        (0, "p1", "a.csv", 1, "x", "LEN101", "error"),
        (0, "p1", "a.csv", 1, "x", "TAG104", "suggestion"),
        (0, "p1", "a.csv", 1, "mastodon", "TAG104", "suggestion"),
        # The bait holds the case of hashtags back.
        (1, "a.csv:2", "a.csv", 2, "x", "LEN101", "error"),
        (1, "a.csv:2", "a.csv", 2, "x", "BAI101", "warning"),
        (1, "a.csv:2", "a.csv", 2, "mastodon", "LEN101", "error"),
        (1, "a.csv:2", "a.csv", 2, "mastodon", "BAI101", "warning"),
    ]
    assert found.select("measured", "limit", "start", "end", "excerpt").rows() == [
        (11.0, 9.0, None, None, None),
        (1.0, 0.0, 2, 11, "#newblend"),
        (1.0, 0.0, 2, 11, "#newblend"),
        (16.0, 9.0, None, None, None),
        (None, None, 0, 12, "Tag a friend"),
        (16.0, 9.0, None, None, None),
        (None, None, 0, 12, "Tag a friend"),
    ]
    assert found["message"].to_list()[:4] == [
        "11 of 9 (sources disagree: others say 12)",
        "#newblend is one word",
        "#newblend is one word",
        "16 of 9 (sources disagree: others say 12)",
    ]
    assert found["suppressed"].to_list() == [
        None, None, None, "on purpose", None, "on purpose", None,
    ]  # fmt: skip
    assert found.select("goal", "fix", "fix_safety").row(0) == (
        "sharing", "thread,camel_case_hashtags", "unsafe",
    )  # fmt: skip
    assert found.select("goal", "fix", "fix_safety").row(1) == (None, "camel_case_hashtags", "safe")
    assert found.select("fix", "fix_safety").row(4) == (None, None)


def test_sources(book: Rulebook) -> None:
    found = find(MEASURED, book, PLATFORMS, POSTS)
    told = dict(
        zip(
            found.select("rule", "platform").rows(),
            found.select("source", "year", "confidence").rows(),
            strict=True,
        )
    )
    assert told["LEN101", "x"] == ("Handbook (https://example.com)", 2024, "high")
    assert told["LEN101", "mastodon"] == (OWN_LIMIT, None, None)
    # Another platform's fact, where there is none of the platform itself.
    assert told["TAG104", "x"] == told["TAG104", "mastodon"] == ("Notes", None, "low")
    assert told["BAI101", "x"] == ("Handbook (https://example.com)", 2024, "medium")


def test_a_post_alone_says_what_it_says_in_a_batch(book: Rulebook) -> None:
    posts = pl.concat([POSTS] * 60)
    measured = pl.concat(
        MEASURED.with_columns(pl.col("index") + 2 * number) for number in range(60)
    )
    inference = Inference(book.rules)
    batch = find(measured, book, PLATFORMS, posts, inference)
    assert batch.height == 7 * 60
    for index in (0, 1, 118, 119):
        alone = find(
            measured.filter(pl.col("index") == index).with_columns(index=pl.lit(0, pl.UInt32)),
            book, PLATFORMS, posts[index : index + 1],
        )  # fmt: skip
        there = batch.filter(pl.col("index") == index)
        assert alone.drop("index").equals(there.drop("index"))


def test_nothing_found(book: Rulebook) -> None:
    quiet = MEASURED.filter(pl.col("text.length") < 9).with_columns(
        pl.lit([], pl.List(pl.String)).alias("hashtags.uncased")
    )
    assert find(quiet, book, PLATFORMS, POSTS).schema == FINDING_SCHEMA
    assert find(MEASURED.head(0), book, PLATFORMS, POSTS.head(0)).height == 0


def test_measures_needed(book: Rulebook) -> None:
    assert measures_needed(book) == MEASURES.keys()
