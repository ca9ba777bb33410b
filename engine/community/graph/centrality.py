"""Who stands where in the whole community: PageRank and core numbers, by igraph."""

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    import networkx as nx

    from .community import Community

DAMPING = 0.85


def pagerank(community: "Community") -> pl.DataFrame:
    """Return the PageRank of everyone along u → v: whom those act on whom people act on.

    Returns
    -------
    polars.DataFrame
        ``person`` in the order of ``people``, ``pagerank`` Float64; they add up to 1.

    References
    ----------
    Page, Brin, Motwani, Winograd: The PageRank Citation Ranking (1999); solved exactly by
    PRPACK in igraph. Whoever acts on nobody passes their share on to all alike.
    """
    weights = community.links["weight"].to_list()
    people = community.people
    found = []
    if len(people):
        found = community.igraph.pagerank(damping=DAMPING, weights=weights or None)
    return pl.DataFrame({"person": people, "pagerank": pl.Series(found, dtype=pl.Float64)})


def core_numbers(community: "Community") -> pl.DataFrame:
    """Return the core number of everyone: the largest k whose k-core holds them.

    A degree counts both directions, as ``networkx.core_number`` does for a DiGraph: two people
    who act on each other have two edges.

    Returns
    -------
    polars.DataFrame
        ``person`` in the order of ``people``, ``core`` Int64.

    References
    ----------
    Batagelj, Zaveršnik: An O(m) Algorithm for Cores Decomposition of Networks (2003).
    """
    found = community.igraph.coreness(mode="all") if len(community.people) else []
    return pl.DataFrame({"person": community.people, "core": pl.Series(found, dtype=pl.Int64)})


def bounded_pagerank(graph: "nx.Graph[str]") -> dict[str, float]:
    """Return the PageRank in a bounded networkx graph, near enough to order its people.

    ``networkx.pagerank`` stops once the whole change is below N · tol, which from two million
    nodes on is always: here tol is 1e-8 / N.
    """
    import networkx as nx

    count = graph.number_of_nodes()
    if count == 0:
        return {}
    ranks: dict[str, float] = nx.pagerank(graph, alpha=DAMPING, tol=1e-8 / count, max_iter=1000)
    return ranks
