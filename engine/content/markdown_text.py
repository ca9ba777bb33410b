"""A post written as Markdown with front matter, as `reading` reads it."""

from collections.abc import Mapping, Sequence
from typing import Any

from .rewriting.front_matter import with_value
from .schema import POST_SCHEMA

_UNKEPT = ("file", "row", "text", "ignore")


def markdown(post: Mapping[str, Any], more: Mapping[str, Sequence[str]] | None = None) -> str:
    """Return a post as Markdown with front matter: the fields that are known, then the text.

    ``more``: lists that are no part of the post, under keys that reading it does not use.

    Raises
    ------
    UnwritableError
        A value can't be written so that it reads the same.
    """
    front = ""
    for field, value in known_fields(post).items():
        if field not in ("text", "ignore"):
            front = with_value(front, "platform" if field == "platforms" else field, value)
    for key, values in (more or {}).items():
        front = with_value(front, key, list(values))
    if post.get("ignore"):
        front = with_value(front, "sharewise", {"ignore": post["ignore"]})
    return f"---\n{front}---\n{post.get('text') or ''}\n"


def known_fields(post: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that are known, in the order of the posts frame; times as text."""
    found: dict[str, Any] = {}
    for field in ("id", *(name for name in POST_SCHEMA if name not in (*_UNKEPT, "id")), "text"):
        value = post.get(field)
        if value is None or value == []:
            continue
        if field == "media":
            value = [{k: v for k, v in item.items() if v is not None} for item in value]
        found[field] = value.isoformat() if hasattr(value, "isoformat") else value
    if post.get("ignore"):
        found["ignore"] = post["ignore"]
    return found
