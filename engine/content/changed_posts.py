"""Posts as a frame, with some fields changed, and which fields differ between two frames."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from .schema import POST_SCHEMA

_PLACE = ("file", "row")


def as_frame(posts: Sequence[Mapping[str, Any]]) -> pl.DataFrame:
    """Return posts as a posts frame; the columns that one lacks are null."""
    return pl.DataFrame(
        {
            name: pl.Series(name, [post.get(name) for post in posts], dtype=dtype)
            for name, dtype in POST_SCHEMA.items()
        }
    )


def with_changes(posts: pl.DataFrame, changes: Mapping[int, Mapping[str, Any]]) -> pl.DataFrame:
    """Return ``posts`` with the changed fields of its rows, by their position from 0.

    A media item need not name all keys of `schema.MEDIA_SCHEMA`.
    """
    by_field: dict[str, dict[int, Any]] = {}
    for at, fields in changes.items():
        for field, value in fields.items():
            by_field.setdefault(field, {})[at] = value
    made = []
    for field, new in by_field.items():
        values = posts[field].to_list()
        for at, value in new.items():
            values[at] = value
        made.append(pl.Series(field, values, dtype=posts.schema[field]))
    return posts.with_columns(made)


def changes_between(before: pl.DataFrame, after: pl.DataFrame) -> dict[int, dict[str, Any]]:
    """Return the fields of `schema.POST_SCHEMA` that differ, with their values in ``after``.

    Parameters
    ----------
    before, after : posts frames of the same posts in the same order

    Returns
    -------
    dict[int, dict[str, Any]]
        By position from 0, in ascending order.
    """
    found: dict[int, dict[str, Any]] = {}
    for field in POST_SCHEMA:
        if field in _PLACE or before[field].equals(after[field], null_equal=True):
            continue
        for at in before[field].ne_missing(after[field]).arg_true():
            value = after[field][at]
            plain = value.to_list() if isinstance(value, pl.Series) else value
            found.setdefault(at, {})[field] = plain
    return dict(sorted(found.items()))
