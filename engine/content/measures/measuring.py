"""Measure posts: one row a post × platform, a column a measure."""

from collections.abc import Collection, Mapping, Sequence

import polars as pl

from ..platforms import Platform
from ..text.counts import COUNT_SCHEMA, count_texts
from .catalogue import MEASURES
from .context import Context
from .hashtag_measures import with_hashtags
from .link_measures import with_links
from .media_measures import media_frame
from .over_posts import OverPosts
from .platform_measures import platform_frame
from .post_measures import post_frame
from .text_measures import text_expressions

KEYS = ("index", "post", "platform")
_MADE_OF_LENGTHS = frozenset(
    ("text.length", "text.over", "text.left", "text.budget", "text.weighted")
)


def measure(
    posts: pl.DataFrame,
    platforms: Mapping[str, Platform],
    chosen: Sequence[str] | None = None,
    context: Context | None = None,
    names: Collection[str] | None = None,
    company: bool | pl.Series = True,
) -> pl.DataFrame:
    """Measure ``posts`` for each platform they are meant for.

    Parameters
    ----------
    posts
        One row a post, with the columns of `schema.POST_SCHEMA`; others are ignored.
    platforms
        The known platforms by id, in the order in which their rows come out.
    chosen
        Platform ids that replace the posts' own; None: each post's own ``platforms``, or
        all of ``platforms`` where it has none.
    context
        The brand's handles, domains, employees, accounts and time zone.
    names
        The measures wanted; None: all of `catalogue.MEASURES`.
    company
        Which posts see each other, for `catalogue.OVER_POSTS`: all (True), none (False: these
        measures are null), or those with the same value of a Series of integers, one a post;
        a post where it is null is alone. Where ``posts`` are part of a whole, as in a stream,
        it must be False: a window would miss what stands in the next batch.

    Returns
    -------
    pl.DataFrame
        ``index`` (UInt32, the row in ``posts``), ``post`` (id, else file:row), ``platform``,
        then the measures. Platform by platform, posts in their order in each. Null: not known.
    """
    context = context or Context()
    wanted = list(MEASURES if names is None else [name for name in MEASURES if name in names])
    numbered = posts.drop("index", strict=False).with_row_index("index")
    common = post_frame(numbered, context).join(
        media_frame(numbered), on="index", how="left", maintain_order="left"
    )
    only = _counts_needed(wanted, {one.count for one in platforms.values()})
    shown = {"text": _bodies(numbered, pl.col("text"), context, only)}
    over_posts = OverPosts(numbered, context, company, wanted, chosen)
    frames = []
    for platform in platforms.values():
        where = _meant_for(platform.id, chosen)
        if where is None:
            continue
        rows = numbered.select("index", keep=where).filter("keep").drop("keep")
        if rows.height == 0:
            continue
        body = platform.post.body
        if body not in shown:
            shown[body] = _other_bodies(numbered, body, shown["text"], context, only)
        here, texts = (
            frame.join(rows, on="index", how="semi", maintain_order="left")
            for frame in (common, shown[body])
        )
        beside = over_posts.beside(here, shown[body], platform)
        frame = platform_frame(beside, texts, platform, context)
        frames.append(frame.select(*KEYS, *wanted, *over_posts.columns))
    if not frames:
        return _no_rows(wanted)
    measured = over_posts.over_platforms(pl.concat(pl.collect_all(frames)))
    return measured.select(*KEYS, *wanted)


def _meant_for(platform: str, chosen: Sequence[str] | None) -> pl.Expr | None:
    if chosen:
        return pl.lit(True) if platform in chosen else None
    own = pl.col("platforms")
    return (own.list.len().fill_null(0) == 0) | own.list.contains(platform)


def _counts_needed(wanted: Collection[str], units: Collection[str]) -> frozenset[str] | None:
    """Return the counts that the measures wanted are made of, in these units; None: all."""
    if not _MADE_OF_LENGTHS.isdisjoint(wanted):
        return None if "mastodon" in units else frozenset(COUNT_SCHEMA.keys() - {"mastodon"})
    plain = {name.removeprefix("text.") for name in wanted if name.startswith("text.")}
    return frozenset({*plain, "characters", "words"})


def _bodies(
    posts: pl.DataFrame, text: pl.Expr, context: Context, only: Collection[str] | None
) -> pl.DataFrame:
    """Return ``index`` and all that can be read off one text a post, with its links and tags."""
    base = posts.select(
        "index",
        text.alias("body"),
        pl.col("hashtags").alias("given_tags"),
        pl.col("links").alias("given_links"),
    )
    counted = base.hstack(count_texts(base["body"], only))
    linked = with_links(with_hashtags(counted), context.domains)
    return linked.with_columns(*text_expressions())


def _other_bodies(
    posts: pl.DataFrame,
    column: str,
    bodies: pl.DataFrame,
    context: Context,
    only: Collection[str] | None,
) -> pl.DataFrame:
    """Return the bodies of a platform that shows ``column``, else the text.

    A text is counted once: only posts that have the other column are counted again.
    """
    other = posts.filter(pl.col(column).is_not_null())
    if other.height == 0:
        return bodies
    counted = _bodies(other, pl.col(column), context, only)
    rest = bodies.join(other, on="index", how="anti", maintain_order="left")
    return pl.concat([rest, counted]).sort("index")


def _no_rows(wanted: Sequence[str]) -> pl.DataFrame:
    schema: dict[str, pl.DataType | type[pl.DataType]] = {
        "index": pl.UInt32,
        "post": pl.String,
        "platform": pl.String,
    }
    return pl.DataFrame(schema=schema | {name: MEASURES[name].dtype for name in wanted})
