"""Every rule fires on its own examples and stays quiet on those it gives as harmless."""

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from sharewise.engine.advice.condition_nodes import measures_in
from sharewise.engine.advice.example_posts import ExamplePost, example_posts
from sharewise.engine.advice.recommending import recommend
from sharewise.engine.advice.rule import Rule
from sharewise.engine.advice.rulebook import load_rulebook
from sharewise.engine.content.measures.catalogue import OVER_POSTS
from sharewise.engine.settings import settings_from_table

RULEBOOK = load_rulebook(thorough=True)
EXAMPLES = tuple(example_posts(RULEBOOK))
TWEETS = Path(__file__).parents[2] / "shared" / "data" / "x_analytics"


@pytest.fixture(scope="module")
def fired(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, str]]:
    """The pairs of example and rule that the whole pipeline, from a file on, comes up with."""
    groups: dict[str, list[ExamplePost]] = defaultdict(list)
    for example in EXAMPLES:
        alone = example.name if looks_at_others(example.rule) else ""
        groups[json.dumps([alone, example.settings], sort_keys=True)].append(example)
    folder = tmp_path_factory.mktemp("examples")
    found: set[tuple[str, str]] = set()
    for number, (group, examples) in enumerate(groups.items()):
        file = folder / f"{number}.jsonl"
        posts = [{"id": one.name, **one.post} for one in examples]
        posts += [dict(post) for one in examples for post in one.company]
        write_posts(file, posts)
        settings = settings_from_table(json.loads(group)[1], "example")
        advice = recommend(file, settings=settings)
        assert advice.files.rejects.rows() == []
        assert advice.files.posts.height == len(posts)
        found |= set(advice.findings.select("post", "rule").iter_rows())
    return found


def looks_at_others(rule: Rule) -> bool:
    """Whether the rule is about a post among others, so that other examples would disturb it."""
    nodes = [RULEBOOK.observations[name].node for name in rule.when]
    return any(OVER_POSTS & measures_in(node) for node in nodes)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_rule_does_as_its_examples_say(example: ExamplePost, fired: set[tuple[str, str]]) -> None:
    assert ((example.name, example.rule.id) in fired) == example.fires


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_example_names_one_platform(example: ExamplePost) -> None:
    platform = example.post["platform"]
    assert isinstance(platform, str)
    if example.fires and example.rule.platforms:
        assert platform in example.rule.platforms


def test_there_are_sixty_rules_over_all_themes() -> None:
    assert len(RULEBOOK.rules) >= 60
    themes = {"length", "hashtags", "links", "media", "accessibility", "engagement"}
    assert themes | {"disclosure", "timing"} <= {rule.category for rule in RULEBOOK.rules}


def test_an_error_has_a_source_that_binds() -> None:
    """Only what a platform refuses or the law forbids is an error."""
    from sharewise.engine.advice.rule_sources import rule_sources
    from sharewise.engine.content.platforms import load_platforms

    platforms = load_platforms()
    for rule in RULEBOOK.rules:
        kinds = {source.fact.kind for source in rule_sources(rule, platforms)}
        legal = any(source.startswith("legal.") for source in rule.sources)
        assert rule.severity != "error" or "hard-limit" in kinds or legal, rule.id


def test_every_observation_is_used() -> None:
    used = {name for rule in RULEBOOK.rules for name in (*rule.when, *rule.unless)}
    assert set(RULEBOOK.observations) - used == set()


@pytest.mark.parametrize("held", [True, False])
def test_a_policy_hold_suppresses_cosmetic_advice(tmp_path: Path, held: bool) -> None:
    post = {"id": "a", "platform": "x", "text": "New beans #newblendlaunch", "rewarded": held}
    found = rules_of(tmp_path, post)
    assert ("DIS101" in found) is held
    assert ("TAG104" in found) is not held


def test_a_thread_is_advised_only_where_there_are_threads(tmp_path: Path) -> None:
    text = "We roasted a new blend for winter. " * 100
    for platform, thread in (("x", True), ("mastodon", True), ("linkedin", False)):
        found = rules_of(tmp_path, {"id": "a", "platform": platform, "text": text})
        assert "LEN101" in found
        assert ("LEN102" in found) is thread


@pytest.mark.parametrize(("characters", "advised"), [(470, True), (471, False)])
def test_hashtags_are_advised_only_where_they_fit(
    tmp_path: Path, characters: int, advised: bool
) -> None:
    text = ("brew it " * 60)[:characters]
    found = rules_of(tmp_path, {"id": "a", "platform": "mastodon", "text": text})
    assert ("TAG112" in found) is advised


@pytest.mark.skipif(not TWEETS.is_dir(), reason="no exports of published tweets here")
def test_few_published_tweets_get_an_error() -> None:
    advice = recommend(sorted(TWEETS.glob("*.csv")), ["x"])
    errors = advice.findings.filter(pl.col("severity") == "error")["index"].n_unique()
    assert errors / advice.files.posts.height <= 0.05


def rules_of(folder: Path, post: dict[str, Any]) -> set[str]:
    file = folder / "post.jsonl"
    write_posts(file, [post])
    return set(recommend(file).findings["rule"])


def write_posts(file: Path, posts: list[dict[str, Any]]) -> None:
    lines = (json.dumps(post, ensure_ascii=False, default=str) for post in posts)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
