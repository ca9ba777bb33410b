"""The posts frame and its documented columns."""

import polars as pl

from sharewise.engine.content.schema import (
    MEDIA_SCHEMA,
    MEDIA_TYPE,
    POST_SCHEMA,
    REJECT_SCHEMA,
    empty_posts,
    empty_rejects,
)


def test_empty_frames_have_the_schemas() -> None:
    assert dict(empty_posts().schema) == POST_SCHEMA
    assert dict(empty_rejects().schema) == REJECT_SCHEMA


def test_columns_start_with_where_a_post_stands() -> None:
    assert list(POST_SCHEMA)[:3] == ["file", "row", "id"]


def test_media_are_a_list_of_structs_in_the_order_of_their_schema() -> None:
    assert isinstance(MEDIA_TYPE.inner, pl.Struct)
    assert [field.name for field in MEDIA_TYPE.inner.fields] == list(MEDIA_SCHEMA)


def test_times_are_utc() -> None:
    assert POST_SCHEMA["scheduled_at"] == pl.Datetime("us", "UTC")
    assert POST_SCHEMA["published_at"] == pl.Datetime("us", "UTC")
