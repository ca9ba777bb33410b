"""Fewer hashtags, and hashtags where they don't interrupt."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from ...content.text.entities import extract_urls
from ...content.text.hashtag_words import words_in_hashtag
from .fields import body, body_field, edited
from .fix_context import Changes, FixContext, Post
from .hashtag_places import TagPlace, tag_places, without_tags
from .urls_in_post import host_of

GENERIC_LIST = "generic_tags"
_ENOUGH = 3
_WORD = re.compile(r"\w+")
_CROWDS = frozenset(
    ("lover", "lovers", "love", "addict", "addicts", "gram", "insta", "life", "time", "daily",
     "oftheday", "community", "people", "vibes", "mood", "goals", "photo", "photos", "pic", "first")
)  # fmt: skip


def drop_repeated_hashtags(post: Post, context: FixContext) -> Changes | None:
    """Return the texts and hashtags with each hashtag once: where it stands first.

    A later one that is a word of its sentence stays as a word.
    """
    changes = edited(post, lambda text: without_tags(text, _repeated(tag_places(text))))
    given = post["hashtags"] or []
    once = _once(given)
    return changes | ({"hashtags": once} if len(once) < len(given) else {}) or None


def drop_hashtags(post: Post, context: FixContext) -> Changes | None:
    """Return the text and hashtags without the least useful tags, down to what is allowed.

    First go repeated tags, then those that say nothing (the rulebook's list), then those that
    brought least in the account's past posts or none, then those that name a crowd ("…Lover")
    rather than the topic, then those of fewer words, the last first. The brand's own and those
    whose words the text says stay longest. Tags that are words of a sentence become words.
    """
    text, given = body(post, context), list(post["hashtags"] or [])
    places = tag_places(text)
    in_text = {tag.name for tag in places}
    beside = [tag for tag in given if _name(tag) not in in_text]
    names = [tag.name for tag in places] + [_name(tag) for tag in beside]
    tags = [*(tag.value for tag in places), *beside]
    worth = [_worth(tag, post, text, context) for tag in tags]
    gone = _least_useful(names, worth, [tag.is_word for tag in places], context)
    if not gone:
        return None
    changes: dict[str, Any] = {}
    kept = without_tags(text, [tag for at, tag in enumerate(places) if at in gone])
    if kept != text:
        changes[body_field(post, context)] = kept
    dropped = [tag for at, tag in enumerate(beside, len(places)) if at in gone]
    if dropped:
        changes["hashtags"] = _without_each(given, dropped)
    return changes


def move_hashtags(post: Post, context: FixContext) -> Changes | None:
    """Return the text with its hashtags at the end; in the sentences their words stay."""
    text = body(post, context)
    places = tag_places(text)
    inside = [tag for tag in places if tag.is_word]
    kept = {tag.name for tag in places if not tag.is_word}
    moved = [tag for tag in inside if tag.name not in kept]
    if not inside:
        return None
    first = {tag.name: f"#{tag.value}" for tag in reversed(moved)}
    tags = [first[name] for name in dict.fromkeys(tag.name for tag in moved)]
    bare = without_tags(text, inside).rstrip()
    gap = " " if kept else "\n\n"
    return {body_field(post, context): (bare + gap + " ".join(tags)).rstrip()}


def _worth(tag: str, post: Post, text: str, context: FixContext) -> tuple[bool, bool, bool, int]:
    """Return how specific a tag is: the brand's, no crowd's, on the text's topic, its words."""
    bare = tag.strip("#＃ ")
    words = [word.lower() for word in words_in_hashtag(bare)]
    said = {word.lower() for word in _WORD.findall(without_tags(text, tag_places(text)))}
    topical = bool(words) and said.issuperset(words)
    is_brand = bare.lower() in _brands(post, text, context)
    return is_brand, _CROWDS.isdisjoint(words), topical, len(words)


def _brands(post: Post, text: str, context: FixContext) -> set[str]:
    """Return how the brand's own hashtag could read: its name, handles, the names of its sites."""
    name = "".join(_WORD.findall(context.brand_name or "")).lower()
    hosts = [host_of(url.value) for url in extract_urls(text)]
    hosts += [host_of(link) for link in post["links"] or ()]
    labels = {label.replace("-", "") for host in hosts for label in host.split(".")[:-1]}
    return {name, *context.brand.handles, *labels} - {""}


def _least_useful(
    names: Sequence[str],
    worth: Sequence[tuple[bool, bool, bool, int]],
    words: Sequence[bool],
    context: FixContext,
) -> set[int]:
    """Return which of the tags to drop, as places in ``names``."""
    generic = {str(name) for name in context.lists.get(GENERIC_LIST, ())}
    most = _most(context)
    if most is None:
        return {at for at, name in enumerate(names) if name in generic}
    history = context.history_hashtags
    order = sorted(
        range(len(names)),
        key=lambda at: (
            names[at] not in names[:at],
            names[at] not in generic,
            worth[at][0],
            history.get(names[at], float("-inf")),
            worth[at][1:],
            at < len(words) and words[at],
            -at,
        ),
    )
    return set(order[: max(0, len(names) - most)])


def _most(context: FixContext) -> int | None:
    """Return how many hashtags may stay; None: only those that say nothing go."""
    if context.target is None or context.measured not in ("hashtags.count", "hashtags.share"):
        return None
    if context.measured == "hashtags.share":
        return _ENOUGH
    return int(min(context.target, context.limits.get("hashtags", context.target)))


def _repeated(places: Sequence[TagPlace]) -> list[TagPlace]:
    names = [tag.name for tag in places]
    return [tag for at, tag in enumerate(places) if tag.name in names[:at]]


def _once(tags: Iterable[str]) -> list[str]:
    return list({_name(tag): tag for tag in reversed(list(tags))}.values())[::-1]


def _name(tag: str) -> str:
    return tag.strip("#＃ ").lower()


def _without_each(items: Sequence[str], gone: Iterable[str]) -> list[str]:
    """Return the items without the last occurrence of each that is gone."""
    kept = list(items)
    for one in reversed(list(gone)):
        del kept[len(kept) - 1 - kept[::-1].index(one)]
    return kept
