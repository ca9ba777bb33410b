"""Whether a text fits on a platform, with the links and hashtags that are appended to it."""

from collections.abc import Callable

from ...content.platform import Platform
from ...content.text.entities import extract_hashtags
from ...content.text.lengths import LENGTHS
from .fix_context import FixContext, Post

_UNITS = {f"text.{unit}": unit for unit in LENGTHS}


def posted_length(text: str, post: Post, platform: Platform) -> int:
    """Return the measure ``text.length`` of ``post`` if ``text`` were its text there."""
    length = LENGTHS[platform.count]
    total = length(text)
    if platform.post.links == "append":
        attached = [link for link in dict.fromkeys(post["links"] or ()) if link not in text]
        cost = platform.link_cost
        total += sum(1 + (len(link) if cost is None else cost) for link in attached)
    if platform.post.hashtags == "append" and post["hashtags"]:
        there = {tag.value.lower() for tag in extract_hashtags(text)}
        given = [tag.strip("#＃ ") for tag in post["hashtags"]]
        total += length("".join(f" #{tag}" for tag in given if tag.lower() not in there))
    if platform.id == "mastodon" and post["content_warning"]:
        total += LENGTHS["graphemes"](post["content_warning"])
    return total


def fits_platform(post: Post, context: FixContext) -> Callable[[str], bool] | None:
    """Return whether a text is within what the finding allows, else within the text's limit.

    None where no limit of the text is known.
    """
    platform = context.platform
    if context.measured in _UNITS and context.target is not None:
        unit, most = LENGTHS[_UNITS[context.measured]], context.target
        return lambda text: unit(text) <= most
    limit = context.target if context.measured == "text.length" else context.limits.get("text")
    if platform is None or limit is None:
        return None
    return lambda text: posted_length(text, post, platform) <= limit
