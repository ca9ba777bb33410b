"""Any networkx graph as interactions, so that people in it can be scored and held back.

u → v says that u acted on v. An edge without direction counts both ways. Nodes are named by their
text. What is read of an edge, all of it optional:

- ``count``: how many acts it stands for. Without one, ``weight``, rounded, and at least 1; without
  both, 1. An edge of weight 0 is left out.
- ``kind`` or ``kinds``: what these acts are. Where several are named nobody knows how many are
  which, so they count as any other act.
- ``at`` or ``last_seen``: when; all acts of an edge count at that time. Without times nothing
  decays.
- ``post``, ``text``, ``sentiment``: as the columns of these names in a file.

Of a node, ``followers``. Parallel edges are acts of their own.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import polars as pl

from ...errors import GraphError
from ..kinds import OTHER
from ..reading.files import InteractionFiles
from ..reading.reader import interactions_from_frame
from ..schema import TIME
from .edge_attributes import count_of, edge_name, kinds_of, time_of, weight_of
from .networkx_graph import node_names

if TYPE_CHECKING:
    import networkx as nx

    Graph: TypeAlias = nx.Graph[Any]

FILE = "<graph>"
MOST_ACTS = 50_000_000
_TEXTS = ("post", "text", "sentiment")
_SCHEMA: dict[str, pl.DataType] = dict.fromkeys(("from", "to", "kind"), pl.String())
_SCHEMA |= {"at": TIME} | dict.fromkeys(_TEXTS, pl.String())


def interactions_from_graph(graph: "Graph") -> InteractionFiles:
    """Return the acts that a networkx graph of any kind stands for; ``graph`` stays as it is.

    Raises
    ------
    GraphError
        A weight is NaN, infinite, negative or no number; a count or a time is none; two nodes
        have the same text; a node has no name; the counts are more than `MOST_ACTS` together.
    """
    rows = list(_rows(graph))
    frame = pl.DataFrame([row[:-1] for row in rows], schema=_SCHEMA, orient="row")
    counts = np.array([row[-1] for row in rows], dtype=np.int64)
    known = [name for name in _TEXTS if frame[name].null_count() < frame.height]
    frame = frame.select("from", "to", "kind", "at", *known)
    followers = {str(node): data["followers"] for node, data in graph.nodes(data=True)
                 if data.get("followers") is not None}  # fmt: skip
    if followers:
        texts = frame["from"].replace_strict(
            {name: str(number) for name, number in followers.items()},
            default=None,
            return_dtype=pl.String,
        )
        frame = frame.with_columns(texts.alias("followers"))
    files = interactions_from_frame(frame, FILE)
    if files.rejects.height:
        first = files.rejects.row(0, named=True)
        raise GraphError(
            f"a graph of acts: {first['column']} {first['value']!r}: {first['reason']}"
        )
    return _repeated(files, counts)


def _rows(graph: "Graph") -> Iterator[tuple[Any, ...]]:
    """Yield a row of `_SCHEMA` and its count for each edge, for both ways where it has none."""
    names = node_names(graph)
    acts = 0
    for source, target, data in graph.edges(data=True):
        u, v = names[source], names[target]
        edge = edge_name(u, v)
        weight, count = weight_of(data, edge), count_of(data, edge)
        if weight == 0 and count is None:
            continue
        count = max(1, round(weight)) if count is None else count
        acts += count
        if acts > MOST_ACTS:
            raise GraphError(
                f"{edge}: more than {MOST_ACTS:,} acts so far by their counts or weights; give "
                "acts in a file, or smaller counts"
            )
        kinds = kinds_of(data)
        kind = kinds[0] if len(kinds) == 1 else OTHER
        texts = (None if data.get(name) is None else str(data[name]) for name in _TEXTS)
        row = (kind, time_of(data, edge), *texts, count)
        yield (u, v, *row)
        if not graph.is_directed() and u != v:
            yield (v, u, *row)


def _repeated(files: InteractionFiles, counts: np.ndarray[Any, Any]) -> InteractionFiles:
    """Return each act as often as its edge counts."""
    rows = files.interactions["row"].to_numpy() - 1
    often = counts[rows]
    if (often == 1).all():
        return files
    again = np.repeat(np.arange(len(rows)), often)
    edges = replace(files.edges, acts=files.edges.acts[again])
    return replace(files, interactions=files.interactions[again], edges=edges)
