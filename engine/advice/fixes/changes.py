"""Changed columns of a post as text, and what a post is called."""

import json
from collections.abc import Sequence
from typing import Any

from ...content.schema import POST_SCHEMA
from .fix_context import Changes, Post


def changes_as_text(changes: Changes) -> str:
    """Return changed columns as JSON, in the order of the posts frame: column → new value."""
    ordered = {name: changes[name] for name in POST_SCHEMA if name in changes}
    return json.dumps(ordered, ensure_ascii=False)


def changes_from_text(text: str) -> dict[str, Any]:
    """Return what `changes_as_text` made the text of."""
    read: dict[str, Any] = json.loads(text)
    return read


def name_of(post: Post) -> str:
    """Return what a post is called: its id, else its file and row."""
    return post["id"] or f"{post['file']}:{post['row']}"


def really_changed(post: Post, changes: Changes | None) -> Changes | None:
    """Return the columns whose value differs from the post's; None when none does."""
    differing = {name: value for name, value in (changes or {}).items() if value != post.get(name)}
    return differing or None


def as_shown(value: Any) -> str | None:
    """Return a column's value as a person reads it in a diff; None where there is nothing."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, Sequence) and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    return json.dumps(value, ensure_ascii=False, default=str)
