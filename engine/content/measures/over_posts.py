"""Measures of a post among the others of its batch: its calendar and its series."""

from collections.abc import Collection

import polars as pl

from ..platforms import Platform
from .calendar_measures import calendar_frame
from .catalogue import MEASURES, OVER_POSTS
from .compared_texts import compared_texts
from .context import Context
from .series_measures import part_frame, series_frame

_NEAR, _EVERYWHERE = "calendar.near_text_days", "calendar.same_everywhere"
_PLANNED = "planned_words"
_OURS = {
    name: one.dtype
    for name, one in MEASURES.items()
    if name in OVER_POSTS or name.startswith("series.")
}


class OverPosts:
    """The posts of a batch as each stands among the others.

    Parameters
    ----------
    posts
        The posts frame with ``index``, unique.
    context
        The brand: a post without an account goes out from the platform's only one.
    company
        Which posts see each other, see `measuring.measure`.
    wanted
        The measures asked for. Where none is of ours, nothing is computed.
    chosen
        The platforms that replace the posts' own, None for each post's own.
    """

    def __init__(
        self,
        posts: pl.DataFrame,
        context: Context,
        company: bool | pl.Series,
        wanted: Collection[str],
        chosen: Collection[str] | None = None,
    ) -> None:
        if isinstance(company, bool):
            group = 0 if company else None
            company = pl.repeat(group, posts.height, dtype=pl.Int64, eager=True)
        at = pl.coalesce("scheduled_at", "published_at").alias("at")
        self._posts = posts.with_columns(at, company.alias("company"))
        self._context, self._wanted, self._chosen = context, frozenset(wanted), chosen
        self._compared: dict[str, pl.DataFrame] = {}
        self.columns = (_PLANNED,) if self._wanted & _OURS.keys() else ()

    def beside(self, here: pl.DataFrame, bodies: pl.DataFrame, platform: Platform) -> pl.DataFrame:
        """Return the posts ``here``, those of one platform, with their measures beside.

        ``bodies`` has ``index``, ``body`` and ``links.list`` of all posts, as the platform
        shows them. Of the measures nobody asked for, some are null.
        """
        if not self.columns:
            return here
        posts = self._posts.join(here, on="index", how="semi", maintain_order="left")
        frames = [_part(posts, bodies, platform)]
        if self._wanted & OVER_POSTS:
            seen = posts.drop_nulls("company").with_columns(self._calendar_of(platform))
            frames.append(_series(seen, bodies))
            if any(name.startswith("calendar.") for name in self._wanted):
                frames.append(self._calendar(seen, bodies, platform))
        for frame in frames:
            if frame is not None:
                here = here.join(frame, on="index", how="left", maintain_order="left")
        types = {**_OURS, _PLANNED: pl.UInt64()}
        return here.with_columns(
            pl.lit(None, dtype).alias(name)
            for name, dtype in types.items()
            if name not in here.columns
        )

    def over_platforms(self, measured: pl.DataFrame) -> pl.DataFrame:
        """Return the rows of all platforms with what only all of them together tell."""
        if _EVERYWHERE not in self._wanted:
            return measured
        places = measured.select(_PLANNED, "platform").drop_nulls(_PLANNED).unique()
        others = places.group_by(_PLANNED).agg((pl.len().cast(pl.Int64) - 1).alias(_EVERYWHERE))
        alone = measured.drop(_EVERYWHERE)
        return alone.join(others, on=_PLANNED, how="left", maintain_order="left")

    def _calendar_of(self, platform: Platform) -> pl.Expr:
        only = self._context.only_account(platform.id) or ""
        account = pl.col("account").fill_null(only).str.to_lowercase().str.strip_chars(" @")
        return pl.struct(account, "company").rank("dense").alias("calendar")

    def _calendar(
        self, posts: pl.DataFrame, bodies: pl.DataFrame, platform: Platform
    ) -> pl.DataFrame | None:
        timed = posts.select(
            "index", "at", "calendar", "platforms", pl.col("media").alias("images")
        ).drop_nulls("at")
        if timed.height == 0:
            return None
        slots = timed.join(self._texts(bodies, platform), on="index").with_columns(_image_paths())
        own = pl.col("platforms").list.contains(platform.id)
        planned = pl.lit(True) if self._chosen else own
        words = slots.select("index", pl.when(planned).then("words").alias(_PLANNED))
        return calendar_frame(slots, near=_NEAR in self._wanted).join(words, on="index")

    def _texts(self, bodies: pl.DataFrame, platform: Platform) -> pl.DataFrame:
        """Return how the texts of all posts with a time are compared, read once a column."""
        column = platform.post.body
        if column not in self._compared:
            timed = self._posts.drop_nulls(["at", "company"])
            read = bodies.join(timed, on="index", how="semi", maintain_order="left")
            self._compared[column] = compared_texts(read)
        return self._compared[column]


def _part(posts: pl.DataFrame, bodies: pl.DataFrame, platform: Platform) -> pl.DataFrame | None:
    parts = posts.select("index", "part", "title").drop_nulls("part")
    if parts.height == 0:
        return None
    title = pl.lit("") if platform.post.title == "none" else pl.col("title").fill_null("")
    said = pl.concat_str(title, pl.lit("\n"), pl.col("body").fill_null(""))
    read = parts.join(bodies.select("index", "body"), on="index", how="left")
    return part_frame(read.select("index", "part", said.alias("said")))


def _series(posts: pl.DataFrame, bodies: pl.DataFrame) -> pl.DataFrame | None:
    name = pl.col("series").str.to_lowercase().str.strip_chars()
    parts = posts.select("index", "at", "calendar", "part", name).drop_nulls(["series", "part"])
    if parts.height == 0:
        return None
    links = bodies.select("index", pl.col("links.list").alias("links"))
    return series_frame(parts.join(links, on="index", how="left", maintain_order="left"))


def _image_paths() -> pl.Expr:
    item = pl.element().struct
    image = item.field("kind").is_in(["image", "gif"])
    paths = pl.col("images").list.eval(item.field("path").filter(image))
    return paths.list.drop_nulls().fill_null([])
