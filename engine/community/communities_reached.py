"""Which groups of the community the people are in whom somebody moved to act."""

from typing import TYPE_CHECKING

import polars as pl

from .gates.seen import Seen

if TYPE_CHECKING:
    from .graph.community import Community

_TOLD = 2


def communities_reached(codes: pl.Series, seen: Seen, community: "Community") -> pl.DataFrame:
    """Return the groups, by Leiden, of those who acted on each of some people's.

    The groups, their numbers and names are those of ``sharewise community show``; so is that the
    ones of under five people are not named.

    Parameters
    ----------
    codes
        The people asked for, UInt32.
    seen
        The community as it was scored.
    community
        The same as a graph, without the brand.

    Returns
    -------
    pl.DataFrame
        ``code``; ``communities``: names of groups, that of the most people first;
        ``communities_people``: of each, how many acted on theirs; ``communities_small``: how many
        are in groups that are too small to name.
    """
    from .graph.groups import groups_of
    from .graph.small_groups import large_enough

    shown, _ = large_enough(groups_of(community, seeds=(0,)))
    names = shown.people.join(shown.table.select("group", "name"), on="group")
    others = ~pl.col("from").is_in(list(seen.brand))
    reached = seen.pairs.lazy().filter(pl.col("to").is_in(codes.implode()), others)
    each = reached.select(pl.col("to").alias("code"), "from").collect()
    each = each.with_columns(seen.edges.people.gather(each["from"]).alias("person"))
    counted = (
        each.join(names, on="person", how="left")
        .group_by("code", "group", "name")
        .agg(pl.len().cast(pl.Int64).alias("people"))
        .sort("people", "group", descending=[True, False])
        .group_by("code", maintain_order=True)
        .agg(
            pl.col("name").drop_nulls().alias("communities"),
            pl.col("people").filter(pl.col("group").is_not_null()).alias("communities_people"),
            pl.col("people").filter(pl.col("group").is_null()).sum().alias("communities_small"),
        )
    )
    everyone = codes.alias("code").to_frame()
    return everyone.join(counted, on="code", how="left", maintain_order="left").with_columns(
        pl.col("communities", "communities_people").fill_null([]),
        pl.col("communities_small").fill_null(0),
    )


def communities_words() -> pl.Expr:
    """Return the groups in words: ``12 of them in “latte, beans · around ana, bo”``; null: none."""
    parts = [
        pl.format(
            "{} of them in “{}”" if place == 0 else "{} in “{}”",
            pl.col("communities_people").list.get(place, null_on_oob=True),
            pl.col("communities").list.get(place, null_on_oob=True),
        )
        for place in range(_TOLD)
    ]
    more = pl.col("communities").list.len().cast(pl.Int64) - _TOLD
    parts.append(pl.when(more > 0).then(pl.format("and in {} more", more)))
    told = pl.concat_str(parts, separator=", ", ignore_nulls=True)
    return pl.when(pl.col("communities").list.len() > 0).then(told)
