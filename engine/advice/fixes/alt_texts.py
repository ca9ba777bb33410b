"""Alternative texts of pictures: shorter ones."""

from ...content.text.shortening import shorten
from .fix_context import Changes, FixContext, Post


def shorten_alt(post: Post, context: FixContext) -> Changes | None:
    """Return the media with no alternative text longer than allowed."""
    most = context.room("media.alt_longest", "alt")
    if most is None:
        return None
    media = post["media"] or []
    new = [
        {**item, "alt": shorten(item["alt"], lambda text: len(text) <= most)}
        if len(item["alt"] or "") > most
        else item
        for item in media
    ]
    return {"media": new} if new != media else None
