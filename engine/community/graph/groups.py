"""The groups of a community: Leiden communities, how stable they are, what they talk about."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from .group_words import typical_words

if TYPE_CHECKING:
    from .community import Community

SEEDS = (0, 1, 2, 3, 4)
_MEMBERS, _WORDS = 5, 5


@dataclass(frozen=True)
class Groups:
    """Everyone's group, and the groups.

    Attributes
    ----------
    people : ``person``, ``group`` (Int64; 1 is the largest)
    table : one row a group, the largest first: ``group``; ``name``; ``people``, how many;
        ``share`` of everyone; ``inside``, the share of the weight of its edges that stays inside
        (null without edges); ``stability``, 0 to 1, null with one seed; ``words``; ``members``
    """

    people: pl.DataFrame
    table: pl.DataFrame


def groups_of(community: "Community", *, seeds: Sequence[int] = SEEDS) -> Groups:
    """Return the groups that the first of ``seeds`` finds, held against those of the others.

    Parameters
    ----------
    seeds
        One run of Leiden each. The stability of a group is the mean, over the other runs, of
        the largest Jaccard similarity it has with a group there; below 0.6 it is chance.

    References
    ----------
    Traag, Waltman, van Eck: From Louvain to Leiden (2019). Hennig: Cluster-wise assessment of
    cluster stability (2007).
    """
    people = _by_size(leiden(community, seeds[0]))
    sizes = people.group_by("group").agg(people=pl.len().cast(pl.Int64)).sort("group")
    table = (
        sizes.with_columns(share=pl.col("people") / max(1, people.height))
        .join(_inside(community, people), on="group", how="left")
        .join(_stability(community, people, seeds[1:]), on="group", how="left")
        .join(typical_words(community.texts, people, _WORDS), on="group", how="left")
        .join(_members(community, people), on="group", how="left")
        .with_columns(pl.col("words").fill_null([]), pl.col("members").fill_null([]))
        .sort("group")
    )
    name = pl.concat_str(
        pl.when(pl.col("words").list.len() > 0)
        .then(pl.col("words").list.head(3).list.join(", ") + pl.lit(" · "))
        .otherwise(pl.lit("")),
        pl.lit("around ") + pl.col("members").list.head(2).list.join(", "),
    )
    columns = ("group", "name", "people", "share", "inside", "stability", "words", "members")
    return Groups(people, table.with_columns(name=name).select(columns))


def leiden(community: "Community", seed: int = 0) -> pl.DataFrame:
    """Return ``person`` and ``group`` by one run of Leiden for modularity, without directions.

    Groups are numbered as igraph does; the same seed gives the same groups.
    """
    from .igraph_graph import undirected

    if community.people.is_empty():
        return pl.DataFrame(schema={"person": pl.String, "group": pl.Int64})
    graph, weights = undirected(community)
    with _seeded(seed):
        found = graph.community_leiden(
            objective_function="modularity", weights=weights or None, n_iterations=2
        )
    groups = pl.Series(found.membership, dtype=pl.Int64)
    return pl.DataFrame({"person": community.people, "group": groups})


@contextmanager
def _seeded(seed: int) -> Iterator[None]:
    """Give igraph random numbers of its own, so that nobody else's sequence is disturbed."""
    import random

    import igraph

    igraph.set_random_number_generator(random.Random(seed))  # noqa: S311 - not for secrets
    try:
        yield
    finally:
        igraph.set_random_number_generator(random)


def _by_size(found: pl.DataFrame) -> pl.DataFrame:
    """Number the groups by their size, equal ones by their first person."""
    order = (
        found.group_by("group")
        .agg(size=pl.len(), first=pl.col("person").min())
        .sort("size", "first", descending=[True, False])
        .with_row_index("number", offset=1)
        .select("group", pl.col("number").cast(pl.Int64))
    )
    numbered = found.join(order, on="group", how="left", maintain_order="left")
    return numbered.select("person", group="number")


def _inside(community: "Community", people: pl.DataFrame) -> pl.DataFrame:
    known = people.rename({"person": "from", "group": "group"})
    ends = community.edges.join(known, on="from", how="left").join(
        people.rename({"person": "to", "group": "other"}), on="to", how="left"
    )
    both = pl.concat(
        [
            ends.select("group", "other", "weight"),
            ends.select(group="other", other="group", weight="weight"),
        ]
    )
    stays = pl.col("weight").filter(pl.col("group") == pl.col("other")).sum()
    whole = pl.col("weight").sum()
    return both.group_by("group").agg(inside=pl.when(whole > 0).then(stays / whole))


def _stability(community: "Community", people: pl.DataFrame, seeds: Sequence[int]) -> pl.DataFrame:
    runs = [_agreement(people, leiden(community, seed)) for seed in seeds]
    if not runs:
        return pl.DataFrame(schema={"group": pl.Int64, "stability": pl.Float64})
    return pl.concat(runs).group_by("group").agg(pl.col("stability").mean())


def _agreement(people: pl.DataFrame, other: pl.DataFrame) -> pl.DataFrame:
    """Return, for each group, its largest Jaccard similarity with a group of another run."""
    pairs = people.join(other.rename({"group": "other"}), on="person")
    both = pairs.group_by("group", "other").agg(both=pl.len().cast(pl.Int64))
    ours = people.group_by("group").agg(ours=pl.len().cast(pl.Int64))
    theirs = other.group_by(pl.col("group").alias("other")).agg(theirs=pl.len().cast(pl.Int64))
    jaccard = pl.col("both") / (pl.col("ours") + pl.col("theirs") - pl.col("both"))
    joined = both.join(ours, on="group").join(theirs, on="other")
    return joined.group_by("group").agg(stability=jaccard.max())


def _members(community: "Community", people: pl.DataFrame) -> pl.DataFrame:
    """Return the members with the highest PageRank of each group."""
    ranked = people.join(community.pagerank(), on="person").sort(
        "pagerank", "person", descending=[True, False]
    )
    return ranked.group_by("group", maintain_order=True).agg(
        members=pl.col("person").head(_MEMBERS)
    )
