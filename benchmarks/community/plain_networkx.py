"""The same score as one would write it with networkx and dictionaries: to be held against."""

from collections import Counter, defaultdict
from math import log1p, sqrt

import networkx as nx
import polars as pl


def scores(frame: pl.DataFrame, half_life: float) -> dict[str, float]:
    """Return the raw score of everyone who acted; no gates, no brand."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    days: dict[str, Counter[int]] = defaultdict(Counter)
    newest = frame["at"].dt.epoch("s").max()
    assert isinstance(newest, int)
    rows = frame.select("from", "to", pl.col("at").dt.epoch("s"))
    for from_, to, at in rows.iter_rows():
        if from_ == to:
            continue
        days[from_][(newest - at) // 86_400] += 1
        if graph.has_edge(from_, to):
            edge = graph[from_][to]
            edge["last"] = max(edge["last"], at)
        else:
            graph.add_edge(from_, to, last=at)
    groups = {node: hash(frozenset(graph.successors(node))) for node in graph}
    found = {}
    for person, by_day in days.items():
        activity = sum(log1p(count) * 2 ** (-day / half_life) for day, count in by_day.items())
        sums: dict[int, float] = defaultdict(float)
        for amplifier, _, last in graph.in_edges(person, data="last"):
            worth = 2 ** (-(newest - last) / 86_400 / half_life)
            sums[groups[amplifier]] += worth * (0.25 if graph.has_edge(person, amplifier) else 1)
        reach = sum(sqrt(worth) for worth in sums.values())
        found[person] = log1p(activity) * (0.5 + log1p(reach))
    return found
