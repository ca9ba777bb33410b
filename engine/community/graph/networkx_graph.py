"""A community as a networkx graph, and any networkx graph as a community."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import polars as pl

from ...errors import GraphError
from .edge_attributes import KIND_SEPARATOR, count_of, edge_name, kinds_of, time_of, weight_of
from .links import LINK_SCHEMA

if TYPE_CHECKING:
    import networkx as nx

    from .community import Community


def to_graph(
    community: "Community", *, top: int | None = None, ego: str | None = None, whole: bool = False
) -> "nx.DiGraph[str]":
    """Return the people asked for and the edges among them.

    Nodes are the names. u → v: u acted on v. All attributes are plain numbers and texts, so
    that networkx can write them in any format; one that is not known is not there.

    - edge: ``weight`` (float), ``count`` (int), ``last_seen`` (text, ISO 8601 in UTC), ``kinds``
      (text, separated by commas)
    - node: ``pagerank`` (float) and ``core`` (int) in the *whole* community

    Parameters
    ----------
    top
        The so many people with the highest PageRank.
    ego
        This person, whom they acted on and who acted on them; with ``top``, only so many of
        these.
    whole
        Everyone. networkx needs about half a kilobyte an edge.

    Raises
    ------
    GraphError
        None of the three is given, ``top`` is below 1, or nobody is called ``ego``.
    """
    import networkx as nx

    nodes = community.pagerank().join(community.core_numbers(), on="person", maintain_order="left")
    chosen = _chosen(community, nodes, top=top, ego=ego, whole=whole)
    edges = community.edges
    if chosen.height < nodes.height:
        for side in ("from", "to"):
            edges = edges.join(chosen.select(person="person"), left_on=side, right_on="person",
                               how="semi", maintain_order="left")  # fmt: skip
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from((row.pop("person"), row) for row in chosen.iter_rows(named=True))
    graph.add_edges_from(_edges(edges))
    return graph


def from_graph(graph: "nx.Graph[Any]") -> "Community":
    """Return the community that a networkx graph holds, of whatever kind the graph is.

    An edge without direction counts both ways; parallel edges add up; a missing ``weight`` is
    1; self-loops are left out, and said. ``count``, ``last_seen`` and ``kinds`` are read as
    `edge_attributes` says. Nodes are named by their text. ``graph`` stays as it is.

    Raises
    ------
    GraphError
        A weight is NaN, infinite, negative or no number; a count or a time is none; two nodes
        have the same text.
    """
    from .community import Community

    names = node_names(graph)
    rows = list(_rows(graph, names))
    named = LINK_SCHEMA | {"from": pl.String(), "to": pl.String()}
    frame = pl.DataFrame(rows, schema=named, orient="row")
    loops = frame.filter(pl.col("from") == pl.col("to")).height
    edges = (
        frame.filter(pl.col("from") != pl.col("to"))
        .group_by("from", "to")
        .agg(
            pl.col("weight", "count").sum(),
            pl.col("last_seen").max(),
            pl.col("kinds").list.explode(keep_nulls=False, empty_as_null=False).unique().sort(),
        )
        .sort("from", "to")
    )
    notes = (f"{loops:,} edges from a node to itself are left out",) if loops else ()
    return Community.from_edges(
        edges, people=pl.Series("from", list(names.values()), dtype=pl.String), notes=notes
    )


def node_names(graph: "nx.Graph[Any]") -> dict[Any, str]:
    """Return each node's text, which names it.

    Raises
    ------
    GraphError
        Two nodes have the same text.
    """
    names = {node: str(node) for node in graph}
    if len(set(names.values())) < len(names):
        raise GraphError("two nodes have the same text, such as 1 and '1'; rename one of them")
    return names


def _chosen(
    community: "Community", nodes: pl.DataFrame, *, top: int | None, ego: str | None, whole: bool
) -> pl.DataFrame:
    if sum((top is not None or ego is not None, whole)) != 1:
        raise GraphError("say which part: top=N, ego=PERSON (or both), or whole=True")
    if top is not None and top < 1:
        raise GraphError(f"top={top}: allowed: a whole number of 1 or more")
    if ego is not None:
        nodes = _around(community, nodes, ego)
    if top is None:
        return nodes
    best = nodes.sort(pl.col("person") != (ego or ""), -pl.col("pagerank"), "person")
    return best.head(top + (ego is not None))


def _around(community: "Community", nodes: pl.DataFrame, ego: str) -> pl.DataFrame:
    if ego not in community.people:
        from ...settings_values import nearest

        near = nearest(ego, community.people.to_list())
        raise GraphError(f"nobody is called {ego[:60]!r}{near}")
    edges = community.edges
    near_by = pl.concat(
        [
            edges.filter(pl.col("from") == ego).get_column("to").rename("person"),
            edges.filter(pl.col("to") == ego).get_column("from").rename("person"),
            pl.Series("person", [ego]),
        ]
    )
    return nodes.join(
        pl.DataFrame(near_by.unique()), on="person", how="semi", maintain_order="left"
    )


def _edges(edges: pl.DataFrame) -> Iterator[tuple[str, str, dict[str, Any]]]:
    shown = edges.with_columns(
        pl.col("last_seen").dt.strftime("%Y-%m-%dT%H:%M:%SZ"),
        pl.col("kinds").list.join(KIND_SEPARATOR),
    )
    for source, target, *values in shown.iter_rows():
        named = zip(shown.columns[2:], values, strict=True)
        yield source, target, {key: value for key, value in named if value not in (None, "")}


def _rows(graph: "nx.Graph[Any]", names: Mapping[Any, str]) -> Iterator[tuple[Any, ...]]:
    for source, target, data in graph.edges(data=True):
        u, v = names[source], names[target]
        edge = edge_name(u, v)
        values = (weight_of(data, edge), count_of(data, edge) or 1, time_of(data, edge))
        yield (u, v, *values, kinds_of(data))
        if not graph.is_directed() and u != v:
            yield (v, u, *values, kinds_of(data))
