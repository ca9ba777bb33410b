"""The columns of a post that hold its words and links, and how to edit them."""

from collections.abc import Callable
from typing import Any

from .fix_context import Changes, FixContext, Post

BODIES = ("text", "description")
WORDS = (*BODIES, "title")


def body_field(post: Post, context: FixContext) -> str:
    """Return the column that the platform shows as the post's text."""
    body = context.platform.post.body if context.platform is not None else "text"
    return body if post[body] is not None else "text"


def body(post: Post, context: FixContext) -> str:
    """Return the text that the platform shows, "" where there is none."""
    return post[body_field(post, context)] or ""


def edited(
    post: Post, edit: Callable[[str], str], columns: tuple[str, ...] = BODIES
) -> dict[str, Any]:
    """Return the columns of words that ``edit`` changes, with their new values."""
    there = {name: post[name] for name in columns if post[name]}
    return {name: new for name, old in there.items() if (new := edit(old)) != old}


def edited_list(post: Post, edit: Callable[[str], str], column: str) -> dict[str, Any]:
    """Return the list column after ``edit`` of each item; nothing where none changes."""
    items = post[column] or []
    new = [item if item is None else edit(item) for item in items]
    return {column: new} if new != items else {}


def edited_body(
    post: Post, context: FixContext, edit: Callable[[str], str | None]
) -> Changes | None:
    """Return the shown text after ``edit``; None where there is none, or none comes out."""
    name = body_field(post, context)
    new = edit(post[name]) if post[name] else None
    return {name: new} if new else None
