"""Shorter texts, titles and descriptions."""

from ...content.text.entities import extract_hashtags, extract_urls
from ...content.text.shortening import shorten
from .fields import body, body_field
from .fitting import fits_platform
from .platform_facts import Changes, PlatformFacts, Post

_TITLE_LIMITS = ("title", "photo_title", "article_title", "document_title", "reel_title")


def shorten_text(post: Post, facts: PlatformFacts) -> Changes | None:
    """Return the text cut to what is allowed at a sentence, else at a word.

    The links and hashtags at its end stay where there is room for them and some words.
    """
    text, fits = body(post, facts), fits_platform(post, facts)
    if fits is None or not text or fits(text):
        return None
    words, end = _split_off_end(text)
    short = shorten(words, lambda piece: fits(piece + end)) if words and end else None
    kept = short + end if short is not None else shorten(text, fits)
    return {body_field(post, facts): kept} if kept else None


def shorten_title(post: Post, facts: PlatformFacts) -> Changes | None:
    """Return the title cut at a sentence, else at a word."""
    known = [facts.limits[name] for name in _TITLE_LIMITS if name in facts.limits]
    most = facts.target if facts.measured == "title.length" else min(known, default=None)
    return _shorter(post, "title", most)


def shorten_description(post: Post, facts: PlatformFacts) -> Changes | None:
    """Return the description cut at a sentence, else at a word."""
    return _shorter(post, "description", facts.room("description.length", "description"))


def _shorter(post: Post, column: str, most: float | None) -> Changes | None:
    if most is None or not post[column]:
        return None
    kept = shorten(post[column], lambda text: len(text) <= most)
    return {column: kept} if kept else None


def _split_off_end(text: str) -> tuple[str, str]:
    """Return the text in two: the words, and the links and hashtags after them with spaces."""
    start = len(text.rstrip())
    entities = [*extract_urls(text), *extract_hashtags(text)]
    for one in sorted(entities, key=lambda one: one.start, reverse=True):
        if text[one.end : start].strip():
            break
        start = one.start
    words = text[:start].rstrip()
    return words, text[len(words) :].rstrip()
