"""A text as a numbered thread."""

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from ...content.schema import OUTCOMES
from ...content.text.thread import split_thread
from .fields import body
from .fitting import fits_platform
from .fix_context import Changes, FixContext, Post

PLATFORMS = ("x", "threads", "mastodon", "bluesky")
"""The platforms where a post can go on in the next."""

FIRST_ALONE = ("links", "hashtags", "media", "poll", "type", "cover")
"""The columns of a post that only the first of its thread keeps."""

WHEN = ("scheduled_at", "published_at")


def part_changes(parts: Sequence[str]) -> list[Changes]:
    """Return the changed columns of each post of a thread: the first keeps media and links."""
    return [
        {"text": part, **(dict.fromkeys(FIRST_ALONE) if place else {})}
        for place, part in enumerate(parts)
    ]


def thread_posts(post: Post, parts: Sequence[str], taken: Collection[str]) -> list[dict[str, Any]]:
    """Return the posts of a thread, to stand in the place of ``post`` in its file.

    They are numbered as parts of a series called as the post; one that is a part of a series
    already stays that, and the others are none. The first keeps id and time. The others have
    no time, since each goes out as a reply to the one before, and the post's id with their
    number, or where one of these is ``taken``, "-thread-" between.
    """
    posts = [{**post, **changes} for changes in part_changes(parts)]
    for number, one in enumerate(posts, 1):
        if post["series"] is None:
            one["series"] = post["id"] or _file_and_row(post)
            one |= {"part": number, "parts": len(parts)}
        elif number > 1:
            one |= dict.fromkeys(("series", "part", "parts"))
        if number > 1:
            one |= dict.fromkeys((*WHEN, *OUTCOMES))
    if post["id"]:
        stem, numbers = post["id"], range(2, len(parts) + 1)
        while any(f"{stem}-{number}" in taken for number in numbers):
            stem += "-thread"
        for number in numbers:
            posts[number - 1]["id"] = f"{stem}-{number}"
    return posts


def _file_and_row(post: Post) -> str:
    path = Path(post["file"] or "post")
    is_markdown = path.suffix.lower() in (".md", ".markdown")
    return path.stem if is_markdown else f"{path.stem}-{post['row']}"


def thread(post: Post, context: FixContext) -> tuple[str, ...] | None:
    """Return the texts of a thread, each within the limit; None where there are no threads.

    The first keeps media, links and hashtags given beside the text; room for them is left in
    each. White space around a part is left out: platforms trim it.
    """
    fits, text = fits_platform(post, context), body(post, context)
    if fits is None or context.platform is None or context.platform.id not in PLATFORMS:
        return None
    try:
        parts = split_thread(text.strip(), fits)
    except ValueError:
        return None
    return tuple(part.strip() for part in parts) if len(parts) > 1 else None
