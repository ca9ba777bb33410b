"""Shorter lists: tags, poll options, media."""

from ...content.text.shortening import shorten
from .fix_context import Changes, FixContext, Post

_KINDS = {
    "media.count": None,
    "media.images": "image",
    "media.gifs": "gif",
    "media.videos": "video",
}


def drop_tags(post: Post, context: FixContext) -> Changes | None:
    """Return the tags without the last, down to the number and the characters allowed."""
    tags = list(post["tags"] or [])
    most, characters = context.limits.get("tags"), context.limits.get("tags_characters")
    while tags and (
        (most is not None and len(tags) > most)
        or (characters is not None and tags_length(tags) > characters)
    ):
        tags.pop()
    return {"tags": tags} if tags and tags != post["tags"] else None


def tags_length(tags: list[str]) -> int:
    """Return the characters of tags as YouTube counts them: commas, and quotes round spaces."""
    return sum(len(tag) + 2 * (" " in tag) for tag in tags) + max(0, len(tags) - 1)


def fewer_options(post: Post, context: FixContext) -> Changes | None:
    """Return the poll without its last options, down to the limit."""
    options, most = post["poll"] or [], context.room("poll.options", "poll_options")
    return {"poll": options[:most]} if most and len(options) > most else None


def shorten_options(post: Post, context: FixContext) -> Changes | None:
    """Return the poll with its options cut at a word; None where two would become the same."""
    options, most = post["poll"] or [], context.room("poll.longest", "poll_option_characters")
    if most is None:
        return None
    short = [shorten(option, lambda text: len(text) <= most) for option in options]
    distinct = len(set(short)) == len(options) and None not in short
    return {"poll": short} if distinct and short != options else None


def drop_media(post: Post, context: FixContext) -> Changes | None:
    """Return the media without the last items of the kind there is too much of."""
    if context.target is None or context.measured not in _KINDS:
        return None
    kind = _KINDS[context.measured]
    media, most = list(post["media"] or []), int(context.target)
    places = [at for at, item in enumerate(media) if kind is None or item["kind"] == kind]
    gone = set(places[most:])
    kept = [item for at, item in enumerate(media) if at not in gone]
    return {"media": kept} if kept and gone else None
