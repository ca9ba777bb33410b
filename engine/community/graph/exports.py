"""A part of a community for other tools: GraphML, GEXF, tables of its nodes and edges."""

from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from ...advice.reports.cells import guarded
from ...content.writing import write_beside
from ...errors import GraphError, WriteError
from .groups import Groups
from .small_groups import LEAST_PEOPLE, Withheld, large_enough

if TYPE_CHECKING:
    import networkx as nx

_NOT_XML = r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
_NODE_COLUMNS = {"person": pl.String, "pagerank": pl.Float64, "core": pl.Int64, "group": pl.Int64}
_EDGE_COLUMNS = {"from": pl.String, "to": pl.String, "weight": pl.Float64, "count": pl.Int64}
_EDGE_COLUMNS |= {"last_seen": pl.String, "kinds": pl.String}


def shareable(
    graph: "nx.DiGraph[str]",
    groups: Groups,
    least: int = LEAST_PEOPLE,
    *,
    public: Collection[str] = (),
) -> tuple["nx.DiGraph[str]", Withheld]:
    """Return the part of ``graph`` whose people are in large enough groups, and what is not.

    The nodes have one attribute more: ``group``. ``groups`` are those of the whole community,
    ``public`` are names that are no person's and stay, whatever their group: the brand's.

    Raises
    ------
    GraphError
        Fewer than ``least`` people are left: the whole export is withheld.
    """
    large, _ = large_enough(groups, least)
    number = dict(large.people.iter_rows())
    shown = [node for node in graph if node in number or node in public]
    kept: nx.DiGraph[str] = graph.subgraph(shown).copy()
    for node in kept:
        if node in number:
            kept.nodes[node]["group"] = number[node]
    gone = groups.people.filter(
        pl.col("person").is_in([node for node in graph if node not in kept])
    )
    if kept.number_of_nodes() < least:
        raise GraphError(
            f"{kept.number_of_nodes()} people would be exported; fewer than {least} are withheld. "
            "Ask for a larger part, or set --least"
        )
    return kept, Withheld(gone.get_column("group").n_unique(), gone.height)


def write_graph(graph: "nx.DiGraph[str]", path: Path) -> None:
    """Write ``graph`` as the ending of ``path`` says: .graphml or .gexf, whole or not at all.

    Raises
    ------
    WriteError
        Another ending, or the file can't be written.
    """
    import networkx as nx

    writers: dict[str, Callable[..., Any]] = {
        ".graphml": nx.write_graphml_xml,
        ".gexf": nx.write_gexf,
    }
    write = writers.get(path.suffix.lower())
    if write is None:
        raise WriteError(
            f"{path}: {path.suffix or 'no ending'} says no format; "
            f"allowed: {', '.join(writers)}; for tables name --nodes and --edges"
        )
    plain = _for_xml(graph)
    write_beside(path, lambda beside: write(plain, beside))


def node_table(graph: "nx.DiGraph[str]") -> pl.DataFrame:
    """Return one row a node: ``person``, ``pagerank``, ``core``, ``group``."""
    rows = [{"person": node, **data} for node, data in graph.nodes(data=True)]
    return pl.DataFrame(rows, schema=_NODE_COLUMNS)


def edge_table(graph: "nx.DiGraph[str]") -> pl.DataFrame:
    """Return one row an edge: ``from``, ``to``, ``weight``, ``count``, ``last_seen``, ``kinds``."""
    rows = [{"from": u, "to": v, **data} for u, v, data in graph.edges(data=True)]
    return pl.DataFrame(rows, schema=_EDGE_COLUMNS)


def write_table(table: pl.DataFrame, path: Path) -> None:
    """Write a table as CSV that no spreadsheet runs as a formula, or as .parquet.

    Raises
    ------
    WriteError
        It can't be written.
    """
    if path.suffix.lower() in (".parquet", ".pq"):
        write_beside(path, lambda beside: table.write_parquet(beside))
        return
    write_beside(path, guarded(table).write_csv(line_terminator="\n").encode())


def _for_xml(graph: "nx.DiGraph[str]") -> "nx.DiGraph[str]":
    """Return the graph without characters that XML can't hold; names stay distinct."""
    import re

    import networkx as nx

    bad = re.compile(_NOT_XML)
    if not any(bad.search(node) for node in graph):
        return graph
    names = {node: bad.sub("\ufffd", node) for node in graph}
    seen: dict[str, int] = {}
    for node, name in names.items():
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > 1:
            names[node] = f"{name}~{seen[name]}"
    renamed: nx.DiGraph[str] = nx.relabel_nodes(graph, names, copy=True)
    return renamed
