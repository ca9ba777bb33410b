"""Hashtags, mentions, cashtags and URLs, extracted as X does.

Rules: the published grammar of twitter-text 3.1.0, written anew for the `regex` module; letters
and marks are those of today's Unicode. Positions are code points. Time is linear in the text.
"""

import regex

from .characters import DIRECTION_MARKS, LATIN_ACCENTS, X_SPACES
from .entity import Entity, outside
from .later import later
from .urls import extract_urls

__all__ = [
    "Entity",
    "extract_cashtags",
    "extract_digit_tags",
    "extract_hashtags",
    "extract_mentions",
    "extract_mentions_or_lists",
    "extract_reply",
    "extract_urls",
]

_TAG_LETTERS = r"\p{L}\p{M}"
_TAG_OTHERS = (
    r"\p{Nd}_\u200c\u200d\ua67e\u05be\u05f3\u05f4\uff5e\u301c\u309b\u309c\u30a0\u30fb\u3003"
    r"\u0f0b\u0f0c\u00b7"
)
_TAG = rf"[{_TAG_LETTERS}{_TAG_OTHERS}]"
_TAG_START = rf"([#＃])(?:(?<=[\ufe0e\ufe0f].)|(?<!(?:&|{_TAG}).))(?![\ufe0f\u20e3])"
_HASHTAG = later(lambda: regex.compile(rf"{_TAG_START}([{_TAG_OTHERS}]*+[{_TAG_LETTERS}]{_TAG}*+)"))
_DIGIT_TAG = later(lambda: regex.compile(rf"{_TAG_START}(\p{{Nd}}++)(?!{_TAG})"))
_AFTER_TAG = regex.compile(r"[#＃]|://")
_MENTION = later(
    lambda: regex.compile(
        r"(?:^|[^a-zA-Z0-9_!#$%&*@＠]|(?:^|[^a-zA-Z0-9_+~.\-])[rR][tT]:?)"
        r"([@＠])([a-zA-Z0-9_]{1,20})(/[a-zA-Z][a-zA-Z0-9_\-]{0,24})?"
    )
)
_REPLY = later(
    lambda: regex.compile(rf"[{X_SPACES}{DIRECTION_MARKS}]*+([@＠])([a-zA-Z0-9_]{{1,20}})")
)
_AFTER_MENTION = later(lambda: regex.compile(rf"[@＠{LATIN_ACCENTS}]|://"))
_CASHTAG = later(
    lambda: regex.compile(
        rf"(?:^|[{X_SPACES}{DIRECTION_MARKS}])(\$)([a-zA-Z]{{1,6}}(?:[._][a-zA-Z]{{1,2}})?)"
        rf"(?=\Z|[{X_SPACES}\ufeff]|[!'#%&()*+,\\\-./:;<=>?@\[\]^_{{|}}~$])"
    )
)


def extract_hashtags(text: str, *, urls: list[Entity] | None = None) -> list[Entity]:
    """Return X's hashtags outside URLs, without '#'; a tag needs a letter, so "#2026" is none.

    ``urls`` saves finding the text's URLs again.
    """
    return _tags(_HASHTAG, text, urls)


def extract_digit_tags(text: str, *, urls: list[Entity] | None = None) -> list[Entity]:
    """Return the "#2026" outside URLs: digits only, so plain text to X, Mastodon and others."""
    return _tags(_DIGIT_TAG, text, urls)


def _tags(pattern: regex.Pattern[str], text: str, urls: list[Entity] | None) -> list[Entity]:
    if "#" not in text and "＃" not in text:
        return []
    tags, taken = [], -1
    for match in pattern.finditer(text):
        if match.start() == taken:  # what stands before it belongs to the tag before
            continue
        taken = match.end()
        if not _AFTER_TAG.match(text, taken):
            tags.append(Entity(match.group(2), match.start(), taken))
    if not tags:
        return []
    return outside(tags, extract_urls(text) if urls is None else urls)


def extract_mentions(text: str) -> list[Entity]:
    """Return X's mentions, without '@'; "@user/list" is a list, not a mention."""
    return [entity for entity in extract_mentions_or_lists(text) if "/" not in entity.value]


def extract_mentions_or_lists(text: str) -> list[Entity]:
    """Return mentions ("user") and lists ("user/list") as X finds them, in order."""
    if "@" not in text and "＠" not in text:
        return []
    return [
        Entity(match.group(2) + (match.group(3) or ""), match.start(1), match.end())
        for match in _MENTION.finditer(text)
        if not _AFTER_MENTION.match(text, match.end())
    ]


def extract_reply(text: str) -> Entity | None:
    """Return the mention a text begins with, which makes a post on X a reply; else None."""
    match = _REPLY.match(text) if "@" in text or "＠" in text else None
    if match is None or _AFTER_MENTION.match(text, match.end()):
        return None
    return Entity(match.group(2), match.start(1), match.end())


def extract_cashtags(text: str) -> list[Entity]:
    """Return X's cashtags ("$TEST" → "TEST"), in order."""
    if "$" not in text:
        return []
    return [
        Entity(match.group(2), match.start(1), match.end()) for match in _CASHTAG.finditer(text)
    ]
