"""PageRank, core numbers and Leiden of a community against igraph called directly.

Both start from the same edges. igraph is given what it likes best: vertices numbered already,
as a NumPy array of pairs. Ours starts from numbers too, as the edge table holds them, and answers
with names; the second figure starts from names and numbers them first. Where
``SHAREWISE_EDGES`` names a Parquet file with ``from`` and ``to``, its edges are taken.
"""

import os
import random
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import igraph
import numpy as np
import polars as pl

from sharewise.engine.community.graph.centrality import core_numbers, pagerank
from sharewise.engine.community.graph.community import Community
from sharewise.engine.community.graph.groups import leiden
from sharewise.engine.community.graph.links import LINK_SCHEMA

from ..machine import machine

EDGES, PEOPLE, GROUPS, ROUNDS = 1_000_000, 200_000, 400, 3


def edges() -> pl.DataFrame:
    """Return distinct weighted edges: a heavy-tailed graph with groups, or the file named."""
    named = os.environ.get("SHAREWISE_EDGES")
    if named:
        pairs = pl.read_parquet(named).select(pl.col("from", "to").cast(pl.String))
    else:
        numbers = np.random.default_rng(7)
        size = int(EDGES * 1.3)
        source = (PEOPLE * numbers.random(size) ** 2).astype(np.int64)
        near = source // GROUPS * GROUPS + (GROUPS * numbers.random(size) ** 2).astype(np.int64)
        far = (PEOPLE * numbers.random(size) ** 3).astype(np.int64)
        target = np.where(numbers.random(size) < 0.7, near, far) % PEOPLE
        pairs = pl.DataFrame({"from": source, "to": target}).select(
            pl.format("reader_{}", pl.col(name)).alias(name) for name in ("from", "to")
        )
    pairs = pairs.filter(pl.col("from") != pl.col("to")).unique(maintain_order=True).head(EDGES)
    weights = np.random.default_rng(8).integers(1, 6, pairs.height).astype(float)
    return pairs.sort("from", "to").with_columns(
        weight=pl.Series(weights),
        count=pl.lit(1, pl.Int64),
        last_seen=pl.lit(None, LINK_SCHEMA["last_seen"]),
        kinds=pl.lit(["reply"]),
    )


def main() -> None:
    """Print both times and their ratio, the best of some rounds, and whether both agree."""
    table = edges()
    people = pl.concat([table["from"], table["to"].rename("from")]).unique().sort()
    place = {name: number for number, name in enumerate(people)}
    pairs = np.array([[place[a], place[b]] for a, b in table.select("from", "to").iter_rows()])
    weights = table["weight"].to_list()
    print(f"community graph · {table.height:,} edges, {len(people):,} people · {machine()}")
    held = Community.from_edges(table)
    tasks: dict[str, tuple[Callable[[], Any], Callable[[Community], Any]]] = {
        "PageRank": (lambda: _graph(pairs, people).pagerank(weights=weights), pagerank),
        "core": (lambda: _graph(pairs, people).coreness(mode="all"), core_numbers),
        "Leiden": (lambda: _leiden(pairs, people, weights), lambda one: leiden(one, 0)),
    }
    for name, (direct, ours) in tasks.items():
        times: list[list[float]] = [[], [], []]
        for _ in range(ROUNDS):
            theirs = _timed(times[0], direct)
            found = _timed(times[1], partial(ours, replace(held)))  # a copy has no graph yet
            _timed(times[2], partial(_from_names, ours, table))
        base, numbered, named = (min(some) for some in times)
        print(
            f"  {name}: igraph {base:.2f} s, ours {numbered:.2f} s: {numbered / base:.2f}×; "
            f"from names {named:.2f} s: {named / base:.2f}×; {_agreement(name, theirs, found)}"
        )


def _graph(pairs: Any, people: pl.Series) -> igraph.Graph:
    return igraph.Graph(n=len(people), edges=pairs, directed=True)


def _leiden(pairs: Any, people: pl.Series, weights: list[float]) -> list[int]:
    igraph.set_random_number_generator(random.Random(0))
    graph = _graph(pairs, people)
    graph.es["weight"] = weights
    graph = graph.as_undirected(mode="collapse", combine_edges="sum")
    found = graph.community_leiden(
        objective_function="modularity", weights="weight", n_iterations=2
    )
    return list(found.membership)


def _from_names(task: Callable[[Community], Any], table: pl.DataFrame) -> Any:
    return task(Community.from_edges(table))


def _timed(times: list[float], task: Callable[[], Any]) -> Any:
    start = time.perf_counter()
    result = task()
    times.append(time.perf_counter() - start)
    return result


def _agreement(name: str, theirs: Any, ours: pl.DataFrame) -> str:
    values = ours.to_series(1).to_numpy()
    if name == "Leiden":
        both = pl.DataFrame({"a": theirs, "b": values})
        groups = both["a"].n_unique(), both["b"].n_unique(), both.unique().height
        return f"{groups[0]:,} groups against {groups[1]:,}"
    return f"largest difference {np.abs(values - np.array(theirs)).max():.1e}"


if __name__ == "__main__":
    main()
