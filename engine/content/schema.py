"""The posts frame: what every column of a post is called, which type it has, what it may hold."""

import polars as pl

MEDIA_KINDS = ("image", "gif", "video", "document", "audio")
MEDIA_SCHEMA: dict[str, pl.DataType] = {
    "kind": pl.String(),
    "path": pl.String(),
    "width": pl.Int64(),
    "height": pl.Int64(),
    "seconds": pl.Float64(),
    "bytes": pl.Int64(),
    "pages": pl.Int64(),
    "alt": pl.String(),
    "captions": pl.Boolean(),
}
MEDIA_TYPE = pl.List(pl.Struct(MEDIA_SCHEMA))
IGNORE_TYPE = pl.List(pl.Struct({"rule": pl.String(), "reason": pl.String()}))

POST_TYPES = (
    *("text", "link", "image", "video", "short", "story", "carousel", "article", "quote"),
    *("download", "document", "poll", "event", "live", "reel"),
)
GOALS = ("sharing", "brand", "leads", "engagement", "local")

OUTCOMES = (
    *("impressions", "reach", "reactions", "likes", "comments", "shares"),
    *("reposts", "replies", "clicks", "views", "saves"),
)

_TEXT, _WHOLE, _FLAG = pl.String(), pl.Int64(), pl.Boolean()
_TEXTS = pl.List(pl.String())
_TIME = pl.Datetime("us", "UTC")

POST_SCHEMA: dict[str, pl.DataType] = {
    "file": _TEXT,
    "row": _WHOLE,
    "id": _TEXT,
    "text": _TEXT,
    "title": _TEXT,
    "description": _TEXT,
    "links": _TEXTS,
    "hashtags": _TEXTS,
    "media": MEDIA_TYPE,
    "lists_media": _FLAG,
    "location": _TEXT,
    "platforms": _TEXTS,
    "type": _TEXT,
    "campaign": _TEXT,
    "series": _TEXT,
    "part": _WHOLE,
    "parts": _WHOLE,
    "scheduled_at": _TIME,
    "published_at": _TIME,
    "author": _TEXT,
    "account": _TEXT,
    "goal": _TEXT,
    "rewarded": _FLAG,
    "board": _TEXT,
    "flair": _TEXT,
    "community": _TEXT,
    "tags": _TEXTS,
    "poll": _TEXTS,
    "content_warning": _TEXT,
    "made_for_kids": _FLAG,
    "ai_generated": _FLAG,
    "paid_partnership": _FLAG,
    "cover": _TEXT,
    "language": _TEXT,
    **dict.fromkeys(OUTCOMES, _WHOLE),
    "ignore": IGNORE_TYPE,
}
"""One row a post. Null means not known; a list is null when its column is absent or blank.

``row`` counts the data rows of ``file`` from 1 (for JSON Lines: its lines). Times are UTC.
``hashtags`` stand without ``#``. ``lists_media`` is False where the file does not tell which media
a post has. Columns a file has beyond these follow as text.
"""

REJECT_SCHEMA: dict[str, pl.DataType] = {
    "file": _TEXT,
    "row": _WHOLE,
    "column": _TEXT,
    "value": _TEXT,
    "reason": _TEXT,
}
"""One row a rejected post: where, the column as the file names it, what stood there, why not."""


def empty_posts() -> pl.DataFrame:
    """Return a posts frame without rows."""
    return pl.DataFrame(schema=POST_SCHEMA)


def empty_rejects() -> pl.DataFrame:
    """Return a rejects frame without rows."""
    return pl.DataFrame(schema=REJECT_SCHEMA)
