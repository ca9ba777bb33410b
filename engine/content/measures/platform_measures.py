"""Measures that depend on the platform: length in its unit, its limits, what used them."""

from collections.abc import Sequence

import polars as pl

from ..platforms import Platform
from ..text.counts import count_texts
from .account_measures import account_expressions
from .context import Context
from .hashtag_measures import tag_costs
from .mention_measures import mention_expressions
from .published_lengths import uncounted_on_x

_UNITS = {
    "weighted": "weighted characters",
    "characters": "characters",
    "graphemes": "characters as seen",
    "utf16": "characters, most emoji as two",
    "mastodon": "characters",
    "threads": "characters",
}


def platform_frame(
    posts: pl.DataFrame, bodies: pl.DataFrame, platform: Platform, context: Context
) -> pl.LazyFrame:
    """Return the measures of ``posts`` on one platform, a row a post.

    ``posts`` has the measures that no platform changes, ``bodies`` those of the text that
    this platform shows; both are matched on ``index``, each unique there.
    """
    tags = tag_costs(bodies, platform.count) if platform.post.hashtags == "append" else None
    costed = bodies.with_columns(
        tags if tags is not None else pl.lit(0, pl.Int64).alias("tags_cost"),
        _links_cost(platform).alias("links_cost"),
    )
    return (
        posts.lazy()
        .with_columns(_warning_cost(posts, platform))
        .join(costed.lazy(), on="index", how="inner", maintain_order="left")
        .with_columns(
            pl.lit(platform.id).alias("platform"),
            pl.lit(platform.kind).alias("platform.kind"),
            pl.lit(_UNITS[platform.count]).alias("text.unit"),
            *account_expressions(platform, context),
            *mention_expressions(platform.mentions, context.handles),
            *_length(platform),
        )
        .with_columns(*_room(), *_fold())
    )


def _links_cost(platform: Platform) -> pl.Expr:
    """Return what the links that must be appended to the text cost, a space before each."""
    if platform.post.links != "append":
        return pl.lit(0, pl.Int64)
    if platform.link_cost is not None:
        each = pl.lit(platform.link_cost + 1, pl.Int64)
        return (pl.col("attached").list.len() * each).cast(pl.Int64)
    own_length = (pl.element().str.len_chars() + 1).cast(pl.Int64)
    return pl.col("attached").list.eval(own_length).list.sum().fill_null(0).cast(pl.Int64)


def _warning_cost(posts: pl.DataFrame, platform: Platform) -> pl.Series:
    """Return what the content warning costs: Mastodon counts it with the text."""
    warnings = posts["post.content_warning"]
    if platform.id != "mastodon" or warnings.null_count() == posts.height:
        return pl.zeros(posts.height, pl.Int64, eager=True).alias("warning_cost")
    return count_texts(warnings)["graphemes"].alias("warning_cost")


def _length(platform: Platform) -> list[pl.Expr]:
    free = uncounted_on_x(pl.col("published")) if platform.id == "x" else pl.lit(0, pl.Int64)
    costs = pl.sum_horizontal(platform.count, "links_cost", "tags_cost", "warning_cost")
    length = costs - free
    shown = pl.col("attached").list.len() if platform.post.links == "append" else pl.lit(0)
    count = pl.col("links.in_text") + shown.cast(pl.Int64)
    if platform.link_cost is not None:
        in_text = pl.col("links.in_text") * platform.link_cost
    else:
        in_text = pl.col("urls_length")
    links = in_text + pl.col("links_cost")
    text = costs - links - pl.col("tags_cost") - pl.col("warning_cost")
    parts = [
        pl.format("text {}", text),
        pl.when(count > 0).then(
            pl.format("{} {}", _counted(count, "link"), links),
        ),
        *(
            pl.when(pl.col(cost) > 0).then(pl.format(f"{name} {{}}", pl.col(cost)))
            for cost, name in (("tags_cost", "hashtags"), ("warning_cost", "content warning"))
        ),
        pl.when(free > 0).then(pl.format("not counted {}", free)),
    ]
    return [
        length.alias("text.length"),
        pl.concat_str(parts, separator=", ", ignore_nulls=True).alias("text.budget"),
    ]


def _counted(count: pl.Expr, noun: str) -> pl.Expr:
    return (
        pl.when(count == 1)
        .then(pl.lit(f"1 {noun}"))
        .otherwise(pl.format("{} " + noun + "s", count))
    )


def _room() -> Sequence[pl.Expr]:
    over = pl.col("text.length") - pl.col("limit.text").cast(pl.Int64)
    return [over.alias("text.over"), over.neg().alias("text.left")]


def _fold() -> Sequence[pl.Expr]:
    """Return what shows before the platform cuts the text; all of it where it does not."""
    fold = pl.col("limit.fold").cast(pl.Int64)
    body = pl.col("body")
    hook = pl.when(fold.is_not_null()).then(body.str.slice(0, fold)).otherwise(body)
    hidden = (pl.col("characters") - fold).clip(lower_bound=0)
    return [hook.alias("text.hook"), hidden.alias("text.past_fold")]
