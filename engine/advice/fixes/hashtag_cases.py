"""Capitals at the words inside hashtags."""

from ...content.text.entities import extract_hashtags
from ...content.text.hashtag_words import camel_case
from .fields import edited, edited_list
from .fix_context import Changes, FixContext, Post


def camel_case_hashtags(post: Post, context: FixContext) -> Changes | None:
    """Return the texts and hashtags with "#WinterBlend" for "#winterblend"."""
    return edited(post, _cased) | edited_list(post, _cased_tag, "hashtags") or None


def _cased(text: str) -> str:
    for tag in reversed(extract_hashtags(text)):
        if (cased := camel_case(tag.value)) is not None:
            text = text[: tag.end - len(tag.value)] + cased + text[tag.end :]
    return text


def _cased_tag(tag: str) -> str:
    bare = tag.lstrip("#＃ ")
    cased = camel_case(bare.rstrip())
    return tag if cased is None else tag[: len(tag) - len(bare)] + cased
