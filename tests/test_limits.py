"""Every hard limit of every platform: exactly at it passes, one past it fires."""

import json
from collections.abc import Callable, Iterator
from itertools import count, islice
from math import isqrt
from typing import Any

import pytest

from sharewise.engine.advice.recommending import recommend
from sharewise.engine.advice.rulebook import load_rulebook
from sharewise.engine.content.platforms import LIMIT_NAMES, Platform, load_platforms

PLATFORMS = load_platforms()
RULES = load_rulebook().rules
Post = dict[str, Any]
Pair = tuple[Post, Post]
EMOJI = "👩‍🚀"  # one character as seen, three code points, 11 bytes in UTF-8


def media(kind: str, amount: int = 1, **about: Any) -> list[dict[str, Any]]:
    return [{"kind": kind, "alt": "Beans", "captions": True, **about}] * amount


def counted(build: Callable[[int], Post], step: int = 1) -> Callable[[float, Platform], Pair]:
    """The post at the limit, and that with one more (``step`` -1: one less)."""
    return lambda limit, platform: (build(int(limit)), build(int(limit) + step))


def text_of(platform: Platform, text: str) -> Post:
    return {"title": "Beans", platform.post.body: text}


def text(limit: float, platform: Platform) -> Pair:
    return text_of(platform, "a" * int(limit)), text_of(platform, "a" * (int(limit) + 1))


def text_bytes(limit: float, platform: Platform) -> Pair:
    emoji, letters = divmod(int(limit), len(EMOJI.encode()))
    return (
        text_of(platform, EMOJI * emoji + "a" * letters),
        text_of(platform, EMOJI * emoji + "a" * (letters + 1)),
    )


def names(amount: int) -> Iterator[str]:
    """Different names of letters alone."""
    return islice((f"cup{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in count()), amount)


def hashtags(limit: float, platform: Platform) -> Pair:
    at, past = (" ".join(f"#{name}" for name in names(int(limit) + more)) for more in (0, 1))
    return text_of(platform, at), text_of(platform, past)


def many_items(amount: int) -> Post:
    """Items of two kinds, so that it is their sum that is over, not that of one kind."""
    return {"media": media("image", amount - 1) + media("video")}


def pixels(limit: float, _: Platform) -> Pair:
    area = int(limit)
    width = next(side for side in range(isqrt(area), 0, -1) if area % side == 0)
    at, past = area // width, area // width + 1
    return (
        {"media": media("image", width=width, height=at)},
        {"media": media("image", width=width, height=past)},
    )


def shape(kind: str, step: int) -> Callable[[float, Platform], Pair]:
    def pair(limit: float, _: Platform) -> Pair:
        width = round(limit * 10_000)
        return (
            {"media": media(kind, width=width, height=10_000)},
            {"media": media(kind, width=width + step, height=10_000)},
        )

    return pair


def seconds(step: float, **post: Any) -> Callable[[float, Platform], Pair]:
    return lambda limit, _: (
        {"media": media("video", seconds=limit), **post},
        {"media": media("video", seconds=limit + step), **post},
    )


def yes_or_no(passes: Post, fires: Post) -> Callable[[float, Platform], Pair]:
    return lambda limit, platform: (passes, fires)


PAIRS: dict[str, Callable[[float, Platform], Pair]] = {
    "text": text,
    "text_bytes": text_bytes,
    "title": counted(lambda n: {"title": "a" * n}),
    "photo_title": counted(lambda n: {"title": "a" * n, "media": media("image")}),
    "photo_text": counted(lambda n: {"text": "a" * n, "media": media("image")}),
    "article_title": counted(lambda n: {"title": "a" * n, "text": "Beans", "type": "article"}),
    "article_text": counted(lambda n: {"title": "Beans", "text": "a" * n, "type": "article"}),
    "reel_title": counted(lambda n: {"title": "a" * n, "type": "short", "media": media("video")}),
    "document_title": counted(lambda n: {"title": "a" * n, "media": media("document")}),
    "hashtags": hashtags,
    "hashtags_ignored": hashtags,
    "hashtag_characters": counted(lambda n: {"text": "#" + "a" * n}),
    "tags": counted(lambda n: {"text": "Beans", "tags": list(names(n))}),
    "tags_characters": counted(lambda n: {"title": "Beans", "tags": ["a" * n]}),
    "cashtags": counted(lambda n: {"text": " ".join(f"$A{chr(65 + i)}" for i in range(n))}),
    "mentions": counted(lambda n: {"text": " ".join(f"@{name}" for name in names(n))}),
    "links": counted(
        lambda n: {"text": " ".join(f"https://{name}.example.com" for name in names(n))}
    ),
    "link_characters": counted(
        lambda n: {"title": "Beans", "links": ["https://example.com/".ljust(n, "a")]}
    ),
    "media_items": counted(many_items),
    "images": counted(lambda n: {"media": media("image", n)}),
    "images_plain": counted(lambda n: {"media": media("image", n)}),
    "gifs": counted(lambda n: {"media": media("gif", n)}),
    "videos": counted(lambda n: {"media": media("video", n)}),
    "carousel_min": counted(lambda n: {"type": "carousel", "media": media("image", n)}, step=-1),
    "image_bytes": counted(lambda n: {"media": media("image", bytes=n)}),
    "gif_bytes": counted(lambda n: {"media": media("gif", bytes=n)}),
    "video_bytes": counted(lambda n: {"media": media("video", bytes=n)}),
    "video_seconds": seconds(1),
    "video_seconds_min": seconds(-0.1),
    "short_seconds": seconds(1, type="short"),
    "story_seconds": seconds(1, type="story"),
    "reel_seconds": seconds(1),
    "image_side_min": counted(lambda n: {"media": media("image", width=n, height=900)}, step=-1),
    "image_side_max": counted(lambda n: {"media": media("image", width=n, height=900)}),
    "image_width_min": counted(lambda n: {"media": media("image", width=n, height=n)}, step=-1),
    "image_width_max": counted(lambda n: {"media": media("image", width=n, height=n)}),
    "image_pixels": pixels,
    "image_aspect_min": shape("image", -1),
    "image_aspect_max": shape("image", 1),
    "video_aspect_min": shape("video", -1),
    "video_aspect_max": shape("video", 1),
    "video_side_min": counted(lambda n: {"media": media("video", width=n, height=900)}, step=-1),
    "document_bytes": counted(lambda n: {"title": "Guide", "media": media("document", bytes=n)}),
    "document_pages": counted(lambda n: {"title": "Guide", "media": media("document", pages=n)}),
    "alt": counted(lambda n: {"media": media("image", alt="a" * n)}),
    "poll_options_min": counted(lambda n: {"text": "Beans?", "poll": list(names(n))}, step=-1),
    "poll_options": counted(lambda n: {"text": "Beans?", "poll": list(names(n))}),
    "poll_option_characters": counted(lambda n: {"text": "Beans?", "poll": ["Yes", "a" * n]}),
    "media_required": yes_or_no({"text": "a", "media": media("video")}, {"text": "a"}),
    "board_required": yes_or_no({"text": "a", "board": "Coffee"}, {"text": "a"}),
    "title_required": yes_or_no({"title": "a", "text": "a"}, {"text": "a"}),
    "alt_supported": yes_or_no(
        {"text": "a", "media": media("image")}, {"text": "a", "media": [{"kind": "image"}]}
    ),
    "hashtag_letters_required": yes_or_no({"text": "New #Best2027"}, {"text": "New #2027"}),
    "links_clickable": yes_or_no({"text": "Beans"}, {"text": "Beans https://example.com"}),
    "shorteners_blocked": yes_or_no(
        {"title": "Beans", "links": ["https://example.com/b"]},
        {"title": "Beans", "links": ["https://bit.ly/b"]},
    ),
    "media_mixed": yes_or_no({"media": media("image")}, {"media": media("image") + media("video")}),
}
CALENDAR = {"quota_three_hours", "quota_day"}  # of many posts: see test_calendar_rules
PERMITS = {"alt_supported": 1, "links_clickable": 1, "media_mixed": 1}  # nothing can be past it
CASES = [
    (platform, name)
    for platform in PLATFORMS.values()
    for name, limit in platform.limits.items()
    if name not in CALENDAR
    and not name.startswith("card_")  # of pages: tests/test_page_cards.py
    and limit.fact is not None
    and limit.fact.kind == "hard-limit"
    and limit.fact.no_rule is None
    and PERMITS.get(name) != limit.value
]


@pytest.fixture(scope="module")
def fired(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """Post → the rules that fired on it; the posts are ``x text at`` and ``x text past``."""
    posts = []
    for platform, name in CASES:
        pair = PAIRS[name](platform.limits[name].value, platform)
        for where, post in zip(("at", "past"), pair, strict=True):
            posts.append({"id": f"{platform.id} {name} {where}", "platform": platform.id, **post})
    file = tmp_path_factory.mktemp("limits") / "posts.jsonl"
    file.write_text("".join(json.dumps(post) + "\n" for post in posts), encoding="utf-8")
    advice = recommend(file)
    assert advice.files.rejects.rows() == []
    found: dict[str, set[str]] = {post["id"]: set() for post in posts}
    for post, rule in advice.findings.select("post", "rule").iter_rows():
        found[post].add(rule)
    return found


@pytest.mark.parametrize(
    ("platform", "name"), CASES, ids=[f"{platform.id} {name}" for platform, name in CASES]
)
def test_limit(platform: Platform, name: str, fired: dict[str, set[str]]) -> None:
    enforcing = {
        rule.id
        for rule in RULES
        if f"limit.{name}" in rule.sources and (not rule.platforms or platform.id in rule.platforms)
    }
    assert fired[f"{platform.id} {name} at"] & enforcing == set()
    assert fired[f"{platform.id} {name} past"] & enforcing != set()


def test_every_limit_tried_is_a_limit() -> None:
    assert PAIRS.keys() <= set(LIMIT_NAMES)


def test_every_platform_has_limits_tried() -> None:
    assert {platform.id for platform, _ in CASES} == set(PLATFORMS)
