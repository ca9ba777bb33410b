"""The whole community in igraph, which holds an edge in a sixth of what networkx needs."""

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    import igraph

    from .community import Community


def directed(community: "Community") -> "igraph.Graph":
    """Return the community as a directed igraph graph.

    Vertices are numbered as ``people``, edges as the rows of ``links``.
    """
    return _graph(community, community.links.select("from", "to"), directed=True)


def undirected(community: "Community") -> tuple["igraph.Graph", list[float]]:
    """Return the graph without directions, u – v weighing what u → v and v → u weigh together."""
    pairs = (
        community.links.lazy()
        .group_by(low=pl.min_horizontal("from", "to"), high=pl.max_horizontal("from", "to"))
        .agg(pl.col("weight").sum())
        .sort("low", "high")
        .collect()
    )
    graph = _graph(community, pairs.select("low", "high"), directed=False)
    return graph, pairs["weight"].to_list()


def _graph(community: "Community", pairs: pl.DataFrame, *, directed: bool) -> "igraph.Graph":
    import igraph

    return igraph.Graph(n=len(community.people), edges=pairs.to_numpy(order="c"), directed=directed)
