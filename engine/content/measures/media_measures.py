"""Measures of the pictures, films and documents of a post."""

import polars as pl

from .no_texts import NO_TEXTS

_SHOWS_MEDIA = ("image", "video", "short", "story", "carousel", "reel", "photo")
_IMAGE = pl.col("kind") == "image"
_GIF = pl.col("kind") == "gif"
_VIDEO = pl.col("kind") == "video"
_DOCUMENT = pl.col("kind") == "document"
_COUNTS = (
    *("media.count", "media.kinds", "media.images", "media.gifs", "media.videos"),
    *("media.documents", "media.without_alt", "media.without_captions"),
)


def media_frame(posts: pl.DataFrame) -> pl.DataFrame:
    """Return ``index`` and the ``media.*`` measures, a row a post.

    A post without media has counts of 0 and sizes of null; where its ``type`` says that it
    shows some, but none is listed, its counts are null: not known. So they are where the file
    lists no media (``lists_media`` is False) and no ``type`` is told. A size that one of
    several pictures lacks is left out of the extreme.
    """
    base = posts.select("index", "type", "cover", "media", "lists_media")
    measured = _by_post(base)
    shows = pl.col("type").is_in(_SHOWS_MEDIA)
    unknown = shows.fill_null(~pl.col("lists_media").fill_null(True)) & (
        pl.col("_listed").fill_null(0) == 0
    )
    return (
        base.drop("media")
        .join(measured, on="index", how="left", maintain_order="left")
        .with_columns(
            pl.when(~unknown).then(pl.col(name).fill_null(0)).alias(name) for name in _COUNTS
        )
        .with_columns(
            (~unknown).alias("media.known"),
            pl.col("media.alts").fill_null(NO_TEXTS),
            pl.when(~unknown).then(pl.col("cover").is_not_null()).alias("media.cover"),
        )
        .drop("type", "cover", "lists_media", "_listed")
    )


def _by_post(base: pl.DataFrame) -> pl.DataFrame:
    items = (
        base.select("index", "media")
        .explode("media", empty_as_null=True)
        .drop_nulls("media")
        .unnest("media")
        .with_columns(pl.col("alt").str.strip_chars().replace("", None))
    )
    return items.group_by("index").agg(_aggregates())


def _aggregates() -> list[pl.Expr]:
    sides = pl.min_horizontal("width", "height"), pl.max_horizontal("width", "height")
    aspect = pl.col("width") / pl.col("height")
    area = pl.col("width").cast(pl.Float64) * pl.col("height")
    return [
        pl.len().cast(pl.Int64).alias("_listed"),
        pl.len().cast(pl.Int64).alias("media.count"),
        pl.col("kind").n_unique().cast(pl.Int64).alias("media.kinds"),
        *(
            _count(kind, name)
            for kind, name in (
                (_IMAGE, "images"), (_GIF, "gifs"), (_VIDEO, "videos"), (_DOCUMENT, "documents"),
                ((_IMAGE | _GIF) & pl.col("alt").is_null(), "without_alt"),
                (_VIDEO & ~pl.col("captions").fill_null(False), "without_captions"),
            )
        ),
        pl.col("alt").drop_nulls().alias("media.alts"),
        pl.col("alt").str.len_chars().max().cast(pl.Int64).alias("media.alt_longest"),
        _of(_IMAGE, pl.col("bytes")).max().alias("media.image_bytes"),
        _of(_GIF, pl.col("bytes")).max().alias("media.gif_bytes"),
        _of(_VIDEO, pl.col("bytes")).max().alias("media.video_bytes"),
        _of(_DOCUMENT, pl.col("bytes")).max().alias("media.document_bytes"),
        _of(_DOCUMENT, pl.col("pages")).max().alias("media.document_pages"),
        _of(_VIDEO, pl.col("seconds")).max().alias("media.video_seconds"),
        _of(_VIDEO, pl.col("seconds")).min().alias("media.video_seconds_min"),
        _of(_IMAGE, pl.col("width")).min().alias("media.image_width_min"),
        _of(_IMAGE, pl.col("width")).max().alias("media.image_width_max"),
        _of(_IMAGE, sides[0]).min().alias("media.image_side_min"),
        _of(_IMAGE, sides[1]).max().alias("media.image_side_max"),
        _of(_IMAGE, area).max().alias("media.image_pixels"),
        _of(_IMAGE, aspect).min().alias("media.image_aspect_min"),
        _of(_IMAGE, aspect).max().alias("media.image_aspect_max"),
        _of(_VIDEO, aspect).min().alias("media.video_aspect_min"),
        _of(_VIDEO, aspect).max().alias("media.video_aspect_max"),
        _of(_VIDEO, sides[0]).min().alias("media.video_side_min"),
    ]  # fmt: skip


def _of(kind: pl.Expr, value: pl.Expr) -> pl.Expr:
    return value.filter(kind)


def _count(condition: pl.Expr, name: str) -> pl.Expr:
    return condition.sum().cast(pl.Int64).alias(f"media.{name}")
