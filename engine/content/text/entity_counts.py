"""What a text links to: its hashtags, mentions, cashtags and URLs, and where they stand."""

import re
from typing import NamedTuple

import regex

from .characters import SPACE_LIST
from .entities import (
    extract_cashtags,
    extract_digit_tags,
    extract_hashtags,
    extract_mentions,
    extract_reply,
)
from .entity import Entity, outside
from .mentions import MENTION_FORMS

_WIDE_SIGN = re.compile("[＃＠]")
_WORD_CHARACTER = regex.compile(r"[\p{L}\p{N}]")


class EntityCounts(NamedTuple):
    """The entity columns of `count_texts`, in their order."""

    hashtags: tuple[str, ...]
    hashtags_inline: int
    mentions: tuple[str, ...]
    cashtags: tuple[str, ...]
    urls: tuple[str, ...]
    urls_length: int
    starts_with_hashtag: bool
    starts_with_mention: bool
    digit_tags: tuple[str, ...]
    server_mentions: tuple[str, ...]
    domain_mentions: tuple[str, ...]
    dotted_mentions: tuple[str, ...]
    channel_mentions: tuple[str, ...]


NO_ENTITIES = EntityCounts((), 0, (), (), (), 0, False, False, (), (), (), (), ())


def count_entities(text: str, urls: list[Entity]) -> EntityCounts:
    """Return the entities as X extracts them, none inside one of the text's ``urls``.

    A list ("@user/list") is no mention.
    """
    if "#" not in text and "@" not in text and "$" not in text and not _WIDE_SIGN.search(text):
        return NO_ENTITIES._replace(urls=_values(urls), urls_length=_length(urls))
    hashtags = extract_hashtags(text, urls=urls)
    digit_tags = extract_digit_tags(text, urls=urls)
    mentions = outside(extract_mentions(text), urls)
    cashtags = outside(extract_cashtags(text), urls)
    begins = len(text) - len(text.lstrip(SPACE_LIST))
    return EntityCounts(
        hashtags=_values(hashtags),
        hashtags_inline=_inline(text, hashtags, [*digit_tags, *mentions, *cashtags, *urls]),
        mentions=_values(mentions),
        cashtags=_values(cashtags),
        urls=_values(urls),
        urls_length=_length(urls),
        starts_with_hashtag=bool(hashtags) and hashtags[0].start == begins,
        starts_with_mention=extract_reply(text) is not None,
        digit_tags=_values(digit_tags),
        **{
            f"{form}_mentions": _values(outside(extract(text), urls))
            for form, extract in MENTION_FORMS.items()
            if form != "name"
        },
    )


def _values(entities: list[Entity]) -> tuple[str, ...]:
    return tuple([entity.value for entity in entities])


def _length(entities: list[Entity]) -> int:
    return sum([entity.end - entity.start for entity in entities])


def _inline(text: str, hashtags: list[Entity], others: list[Entity]) -> int:
    """Return how many hashtags an ordinary word follows."""
    if not hashtags:
        return 0
    position = len(text)
    last_word_after = -1
    for entity in sorted([*hashtags, *others], key=lambda entity: entity.start, reverse=True):
        if entity.end < position and _WORD_CHARACTER.search(text, entity.end, position):
            last_word_after = entity.start
            break
        position = min(position, entity.start)
    return sum(1 for tag in hashtags if tag.start <= last_word_after)
