"""Shorter texts and titles."""

import re
from collections.abc import Callable
from functools import partial

from ...content.text.entities import extract_hashtags, extract_urls
from ...content.text.shortening import shorten
from .fields import body, body_field
from .fitting import fits_platform
from .fix_context import Changes, FixContext, Post

_FEWEST_CHARACTERS = 40
_LABEL = re.compile(r"(?:^|[.!?…\n])\s*(?P<label>[^.!?…\n#@:]{1,40}(?::|👉|→|➡️?|>)[^\S\n]*)\Z")
_TITLE_LIMITS = ("title", "photo_title", "article_title", "document_title", "reel_title")


def shorten_text(post: Post, context: FixContext) -> Changes | None:
    """Return the text cut to what is allowed at a sentence, else at a word.

    The links and hashtags at its end stay, each with the label before it ("Shop: https://…"),
    where there is room for them and some words; else whole lines of them go, the last first.
    """
    text, fits = body(post, context), fits_platform(post, context)
    if fits is None or not text or fits(text):
        return None
    words, end = _split_off_end(text)
    kept = _with_end(words, end, fits) or shorten(words or text, fits)
    return {body_field(post, context): kept} if kept else None


def shorten_title(post: Post, context: FixContext) -> Changes | None:
    """Return the title cut at a sentence, else at a word."""
    known = [context.limits[name] for name in _TITLE_LIMITS if name in context.limits]
    most = context.target if context.measured == "title.length" else min(known, default=None)
    return _shorter(post, "title", most)


def _shorter(post: Post, column: str, most: float | None) -> Changes | None:
    if most is None or not post[column]:
        return None
    kept = shorten(post[column], lambda text: len(text) <= most)
    return {column: kept} if kept else None


def _with_end(words: str, end: str, fits: Callable[[str], bool]) -> str | None:
    """Return the words cut so that the end, or its first lines, fit behind them.

    The most lines that leave `_FEWEST_CHARACTERS` of the words, else the most that leave any.
    """
    lines = end.splitlines(keepends=True) if words else []
    ends = ("".join(lines[:count]).rstrip() for count in range(len(lines), 0, -1))
    found = None
    for kept in filter(None, ends):
        short = shorten(words, partial(_fits_before, fits, kept))
        if short is not None:
            if len(short) >= min(len(words), _FEWEST_CHARACTERS):
                return short + kept
            found = found or short + kept
    return found


def _fits_before(fits: Callable[[str], bool], end: str, piece: str) -> bool:
    return fits(piece + end)


def _split_off_end(text: str) -> tuple[str, str]:
    """Return the text in two: the words, and the labelled links and hashtags after them."""
    start = len(text.rstrip())
    entities = [*extract_urls(text), *extract_hashtags(text)]
    for one in sorted(entities, key=lambda one: one.start, reverse=True):
        if text[one.end : start].strip():
            break
        label = _LABEL.search(text, 0, one.start)
        start = label.start("label") if label else one.start
    words = text[:start].rstrip()
    return words, text[len(words) :].rstrip()
