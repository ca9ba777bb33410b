"""Changed columns as text, and put into posts."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from ...content.schema import POST_SCHEMA
from .platform_facts import Changes, Post


def changes_as_text(changes: Changes) -> str:
    """Return changed columns as JSON, in the order of the posts frame: column → new value."""
    ordered = {name: changes[name] for name in POST_SCHEMA if name in changes}
    return json.dumps(ordered, ensure_ascii=False)


def changes_from_text(text: str) -> dict[str, Any]:
    """Return what `changes_as_text` made the text of."""
    read: dict[str, Any] = json.loads(text)
    return read


def with_changes(posts: pl.DataFrame, changes: Mapping[int, Changes]) -> pl.DataFrame:
    """Return ``posts`` with changed columns in some rows.

    Parameters
    ----------
    posts
        A posts frame.
    changes
        Row of ``posts`` → its changed columns, of `schema.POST_SCHEMA`.
    """
    columns = dict.fromkeys(name for changed in changes.values() for name in changed)
    replaced = []
    for name in columns:
        values = posts[name].to_list()
        for row, changed in changes.items():
            if name in changed:
                values[row] = changed[name]
        replaced.append(pl.Series(name, values, dtype=POST_SCHEMA[name]))
    return posts.with_columns(replaced)


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
