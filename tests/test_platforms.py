"""Platform data: loading, checking, and whether it says what was found out."""

from pathlib import Path

import pytest

from sharewise.engine.content import platforms as module
from sharewise.engine.content.platforms import (
    LIMIT_NAMES,
    PLATFORM_IDS,
    TOPIC_IDS,
    find_fact,
    load_platforms,
    load_topics,
    platform_named,
    platform_names,
    with_account_limits,
)
from sharewise.engine.errors import PlatformError

FACT = """\
  text.max_weighted:
    limits: {text: 300}
    value: 300
    unit: weighted characters
    kind: hard-limit
    confidence: high
    statement: So long.
    source: {title: A page, address: null, year: 2021}
    checked: 2026-11-22
"""


def test_all_platforms_load_in_order() -> None:
    loaded = load_platforms()
    assert tuple(loaded) == PLATFORM_IDS
    assert [platform.id for platform in loaded.values()] == list(PLATFORM_IDS)
    assert tuple(load_topics()) == TOPIC_IDS


def test_only_the_platforms_asked_for_are_read() -> None:
    module._platform.cache_clear()
    assert list(load_platforms(["bluesky", "Twitter"])) == ["bluesky", "x"]
    assert module._platform.cache_info().currsize == 2


@pytest.mark.parametrize(
    ("platform", "count", "link_cost", "text"),
    [
        ("x", "weighted", 23, 280),
        ("facebook", "characters", None, 63_206),
        ("instagram", "characters", None, 2_200),
        ("linkedin", "utf16", None, 3_000),
        ("youtube", "characters", None, 5_000),
        ("reddit", "characters", None, 40_000),
        ("tiktok", "utf16", None, 2_200),
        ("pinterest", "characters", None, 500),
        ("threads", "threads", None, 500),
        ("mastodon", "mastodon", 23, 500),
        ("bluesky", "graphemes", None, 300),
    ],
)
def test_length_of_a_text(platform: str, count: str, link_cost: int | None, text: int) -> None:
    loaded = load_platforms([platform])[platform]
    assert (loaded.count, loaded.link_cost, loaded.limits["text"].value) == (count, link_cost, text)


def test_limits_are_in_their_own_units() -> None:
    loaded = load_platforms()
    assert loaded["x"].limits["image_bytes"].value == 5_000_000
    assert loaded["tiktok"].limits["video_bytes"].value == 4_000_000_000
    assert loaded["youtube"].limits["video_seconds"].value == 12 * 3600
    assert loaded["linkedin"].limits["image_pixels"].value == 36_152_320 - 1
    assert loaded["instagram"].limits["links_clickable"].value == 0


def test_every_limit_name_is_known() -> None:
    given = {name for platform in load_platforms().values() for name in platform.limits}
    assert given <= set(LIMIT_NAMES)


def test_names_and_their_other_spellings() -> None:
    assert platform_named(" Twitter ") == "x"
    assert platform_names()["ig"] == "instagram"
    assert set(platform_names().values()) == set(PLATFORM_IDS)


def test_unknown_name_proposes_the_nearest() -> None:
    with pytest.raises(PlatformError, match=r"'blusky' is no platform \(did you mean bluesky\?\)"):
        platform_named("blusky")
    with pytest.raises(PlatformError, match="'qqqqqqqqqqqqq' is no platform; allowed: x, facebook"):
        load_platforms(["qqqqqqqqqqqqq"])


def test_find_fact() -> None:
    x = load_platforms(["x"])["x"]
    by_limit = find_fact("limit.text", x)
    assert by_limit is not None
    assert by_limit.name == "x.text.max_weighted"
    assert find_fact("x.text.max_weighted") == by_limit
    topic = find_fact("accessibility.hashtag.camel_case")
    assert topic is not None
    assert topic.owner == "accessibility"
    assert find_fact("limit.board_required", x) is None


@pytest.mark.parametrize(
    ("reference", "message"),
    [
        ("limit.texts", "'texts' is no limit"),
        ("x.no_such", "x has no fact 'no_such'"),
        ("myspace.text", "'myspace' is no platform or topic"),
        ("", "is no platform or topic"),
    ],
)
def test_find_fact_names_what_is_wrong(reference: str, message: str) -> None:
    with pytest.raises(PlatformError, match=message):
        find_fact(reference)


def test_account_limits_replace_the_platform_s_own() -> None:
    x = load_platforms(["x"])["x"]
    premium = with_account_limits(x, {"text": 25_000})
    assert premium.limits["text"].value == 25_000
    assert find_fact("limit.text", premium) is None
    assert x.limits["text"].value == 280
    with pytest.raises(PlatformError, match="'texts' is no limit; allowed: text, "):
        with_account_limits(x, {"texts": 1})


def test_extra_folder_replaces_and_adds_facts(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(f"platform: x\nfacts:\n{FACT}")
    loaded = load_platforms(["x", "threads"], extra_dirs=[tmp_path])
    assert loaded["x"].limits["text"].value == 300
    assert loaded["x"].limits["cashtags"].value == 1
    assert loaded["threads"] == load_platforms(["threads"])["threads"]


def test_two_facts_with_one_limit_are_refused(tmp_path: Path) -> None:
    fact = FACT.replace("text.max_weighted", "text.other")
    path = tmp_path / "x.yaml"
    path.write_text(f"platform: x\nfacts:\n{fact}")
    with pytest.raises(PlatformError, match=r"x.yaml:4: text: text.max_weighted gives this limit"):
        load_platforms(["x"], extra_dirs=[tmp_path])


@pytest.mark.parametrize(
    ("name", "platform"),
    [("LinkedIn Page", "linkedin"), ("Instagram Business Account", "instagram"),
     ("X (Twitter)", "x"), ("YouTube channel", "youtube"), ("FB page", "facebook")],
)  # fmt: skip
def test_names_that_tools_give_to_accounts(name: str, platform: str) -> None:
    assert platform_named(name) == platform
