"""Alternative texts of pictures: a stub to fill in, a shorter one."""

import re
from typing import Any

from ...content.text.shortening import shorten
from .fix_context import Changes, FixContext, Post

STUB = "(To do: say in a sentence or two what picture {number} shows)"
_PICTURES = ("image", "gif")
_FILE_NAME = re.compile(
    r"(?i)^[\w() -]+\.(?:jpe?g|png|gif|webp|heic|avif|tiff?|bmp|mp4|mov)$"
    r"|^(?:img|dsc|dscn|pxl|screenshot|image|untitled)[ _-]?\d+$"
)


def add_alt(post: Post, context: FixContext) -> Changes | None:
    """Return the media with a stub where a picture has no alternative text, or a file name.

    The stub is for a person to fill in: what a picture shows can't be read off its file.
    """
    media = post["media"] or []
    new = [
        {**item, "alt": STUB.format(number=number)} if _needs_alt(item) else item
        for number, item in enumerate(media, 1)
    ]
    return {"media": new} if new != media else None


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


def _needs_alt(item: dict[str, Any]) -> bool:
    alt = (item["alt"] or "").strip()
    return item["kind"] in _PICTURES and (not alt or _FILE_NAME.match(alt) is not None)
