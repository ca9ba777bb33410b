"""Fewer emoji."""

from ...content.text.emoji_sequences import emoji_spans, shown_as_emoji
from .fields import edited_body
from .fix_context import Changes, FixContext, Post
from .hashtag_places import cut_out

MOST = 3


def drop_emoji(post: Post, context: FixContext) -> Changes | None:
    """Return the text with one emoji of each row of them, and no more than three, the last."""
    return edited_body(post, context, _fewer)


def _fewer(text: str) -> str:
    spans = shown_as_emoji(text, emoji_spans(text))
    follows = [
        at > 0 and not text[spans[at - 1][1] : start].strip(" \xa0\ufe0f")
        for at, (start, _) in enumerate(spans)
    ]
    kept = [span for span, again in zip(spans, follows, strict=True) if not again][-MOST:]
    for start, end in reversed(spans):
        if (start, end) not in kept:
            text = cut_out(text, start, end)
    return text
