"""Fewer mentions and cashtags: the last ones lose their sign or go."""

from collections.abc import Sequence

from ...content.text.entities import extract_cashtags, extract_urls
from ...content.text.entity import Entity, outside
from ...content.text.mentions import MENTION_FORMS
from .fields import body, body_field
from .fix_context import Changes, FixContext, Post
from .hashtag_places import cut_out


def drop_mentions(post: Post, context: FixContext) -> Changes | None:
    """Return the text with no more mentions than allowed; the others keep the bare name.

    Those after which nothing but mentions follows go altogether.
    """
    text = body(post, context)
    form = "name" if context.platform is None else context.platform.mentions
    mentions = outside(MENTION_FORMS[form](text), extract_urls(text))
    most = context.room("mentions.count", "mentions")
    if most is None or len(mentions) <= most:
        return None
    trailing = len(_trailing(text, mentions))
    for place in range(len(mentions) - 1, most - 1, -1):
        one = mentions[place]
        if place >= len(mentions) - trailing:
            text = cut_out(text, one.start, one.end)
        else:
            text = text[: one.start] + text[one.start + 1 :]
    return {body_field(post, context): text} if text else None


def drop_cashtags(post: Post, context: FixContext) -> Changes | None:
    """Return the text with no more cashtags than allowed; the others lose their ``$``."""
    text = body(post, context)
    cashtags = outside(extract_cashtags(text), extract_urls(text))
    most = context.room("cashtags.count", "cashtags")
    if most is None or len(cashtags) <= most:
        return None
    for one in reversed(cashtags[most:]):
        text = text[: one.start] + text[one.start + 1 :]
    return {body_field(post, context): text}


def _trailing(text: str, mentions: Sequence[Entity]) -> list[Entity]:
    """Return the mentions at the end with nothing but spaces after each."""
    end, found = len(text), []
    for one in reversed(mentions):
        if text[one.end : end].strip():
            break
        found.append(one)
        end = one.start
    return found
