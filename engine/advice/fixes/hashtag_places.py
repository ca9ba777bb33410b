"""Where the hashtags of a text stand, and the text without some of them."""

from collections.abc import Collection
from dataclasses import dataclass

from ...content.text.entities import (
    extract_cashtags,
    extract_digit_tags,
    extract_hashtags,
    extract_mentions_or_lists,
    extract_urls,
)
from ...content.text.entity import Entity
from ...content.text.hashtag_words import words_in_hashtag

_MARKS = ".,;:!?…"


@dataclass(frozen=True)
class TagPlace:
    """A hashtag in a text; ``is_word`` where the sentence reads on over it."""

    value: str
    start: int
    end: int
    is_word: bool

    @property
    def name(self) -> str:
        """The tag in lower case, as hashtags are compared."""
        return self.value.lower()


def tag_places(text: str) -> list[TagPlace]:
    """Return the hashtags in order of appearance."""
    tags = extract_hashtags(text)
    if not tags:
        return []
    others = (extract_urls, extract_digit_tags, extract_mentions_or_lists, extract_cashtags)
    bare = _blanked(text, [*tags, *(one for find in others for one in find(text))])
    last = max((at for at, one in enumerate(bare) if one.isalnum()), default=-1)
    return [
        TagPlace(tag.value, tag.start, tag.end, tag.start < last and _has_words(bare, tag))
        for tag in tags
    ]


def without_tags(text: str, gone: Collection[TagPlace]) -> str:
    """Return the text without some tags; one that is a word of a sentence leaves its words."""
    for tag in sorted(gone, key=lambda tag: tag.start, reverse=True):
        if tag.is_word:
            text = text[: tag.start] + tag_as_words(tag.value) + text[tag.end :]
        else:
            text = cut_out(text, tag.start, tag.end)
    return text


def tag_as_words(tag: str) -> str:
    """Return the words of a hashtag ("WinterBlend" → "Winter Blend")."""
    return " ".join(words_in_hashtag(tag)) or tag


def cut_out(text: str, start: int, end: int) -> str:
    """Return the text without a piece, and the space, empty line or second mark it would leave."""
    before, after = text[:start], text[end:]
    kept = before.rstrip(" \t")
    if not after.strip():
        return before.rstrip() + after.rstrip()
    if after.startswith(("\n", "\r")):
        if not kept or kept.endswith("\n"):
            return kept + after.removeprefix("\r").removeprefix("\n")
        return kept + after
    if kept and not kept.endswith("\n") and after[0] in _MARKS and not after[1:2].isalnum():
        return kept + after[1:] if kept[-1] in ".!?…" else kept.rstrip(",;:") + after
    if not kept or kept.endswith("\n") or kept != before:
        return before + after.lstrip(" \t")
    return before + after


def _blanked(text: str, entities: list[Entity]) -> str:
    characters = list(text)
    for one in entities:
        characters[one.start : one.end] = " " * (one.end - one.start)
    return "".join(characters)


def _has_words(bare: str, tag: Entity) -> bool:
    """Return whether the tag's line has words beside entities."""
    start, end = bare.rfind("\n", 0, tag.start) + 1, bare.find("\n", tag.end)
    return any(one.isalnum() for one in bare[start : len(bare) if end < 0 else end])
