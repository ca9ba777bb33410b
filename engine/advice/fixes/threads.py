"""A text as a numbered thread."""

from collections.abc import Sequence

from ...content.text.thread import split_thread
from .fields import body
from .fitting import fits_platform
from .platform_facts import Changes, PlatformFacts, Post

PLATFORMS = ("x", "threads", "mastodon", "bluesky")
"""The platforms where a post can go on in the next."""

_FIRST_ALONE: Changes = dict.fromkeys(("links", "hashtags", "media", "poll", "type", "cover"))


def part_changes(parts: Sequence[str]) -> list[Changes]:
    """Return the changed columns of each post of a thread: the first keeps media and links."""
    return [{"text": part, **(_FIRST_ALONE if place else {})} for place, part in enumerate(parts)]


def thread(post: Post, facts: PlatformFacts) -> tuple[str, ...] | None:
    """Return the texts of a thread, each within the limit; None where there are no threads.

    The first keeps media, links and hashtags given beside the text; room for them is left in
    each. White space around a part is left out: platforms trim it.
    """
    fits, text = fits_platform(post, facts), body(post, facts)
    if fits is None or facts.platform is None or facts.platform.id not in PLATFORMS:
        return None
    try:
        parts = split_thread(text.strip(), fits)
    except ValueError:
        return None
    return tuple(part.strip() for part in parts) if len(parts) > 1 else None
