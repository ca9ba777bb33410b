"""Titles: one where it is missing, one that doesn't shout."""

import re

from ...content.text.sentences import sentences
from ...content.text.shortening import shorten
from .fields import body, edited
from .fix_context import Changes, FixContext, Post

_MANY = re.compile(r"([!！])[!！]+")
_LONGEST = 100.0


def add_title(post: Post, context: FixContext) -> Changes | None:
    """Return a title made of the text's first sentence, within the limit."""
    first = next(iter(sentences(body(post, context))), "")
    known = [context.limits[name] for name in ("title", "document_title") if name in context.limits]
    most = min((*known, _LONGEST))
    title = shorten(first.removesuffix("."), lambda text: len(text) <= most) if first else None
    return {"title": title} if title and not (post["title"] or "").strip() else None


def drop_exclamations(post: Post, context: FixContext) -> Changes | None:
    """Return the title with single exclamation marks."""
    return edited(post, lambda text: _MANY.sub(r"\1", text), ("title",)) or None
