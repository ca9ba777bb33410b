"""The community as a graph: networkx and igraph agree, directions hold, bad input is named."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import networkx as nx
import polars as pl
import pytest

from sharewise.engine.community.graph.centrality import bounded_pagerank
from sharewise.engine.community.graph.community import Community
from sharewise.engine.community.graph.groups import leiden
from sharewise.engine.community.graph.links import LINK_SCHEMA
from sharewise.engine.community.schema import INTERACTION_SCHEMA
from sharewise.engine.errors import GraphError

NOW = datetime(2026, 11, 1, tzinfo=UTC)


def acts(*rows: tuple[str, str | None, str, float | None]) -> pl.DataFrame:
    """Return interactions of from, to, kind, age in days."""
    made = [
        {"from": u, "to": v, "kind": kind, "at": None if age is None else NOW - timedelta(days=age)}
        for u, v, kind, age in rows
    ]
    return pl.DataFrame(made, schema=INTERACTION_SCHEMA)


def random_graph(seed: int, people: int = 40, edges: int = 160) -> "nx.DiGraph[str]":
    numbers = random.Random(seed)
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(f"p{at}" for at in range(people))
    for _ in range(edges):
        u, v = numbers.sample(range(people), 2)
        graph.add_edge(f"p{u}", f"p{v}", weight=numbers.choice([0, 0.5, 1.0, 3.0]))
    return graph


def test_links_add_up_what_acts_weigh() -> None:
    interactions = acts(
        ("@ana", "@bo", "like", 0), ("ana", "Bo", "reply", 7), ("ana", "bo", "like", 14),
        ("bo", "bo", "like", 1), ("bo", None, "like", 1), ("cy", "ana", "share", 7),
    )  # fmt: skip
    community = Community.from_interactions(interactions, half_life=timedelta(days=7))
    edges = {(row["from"], row["to"]): row for row in community.edges.iter_rows(named=True)}
    assert set(edges) == {("@ana", "@bo"), ("cy", "@ana")}
    link = edges["@ana", "@bo"]
    assert link["weight"] == 1 + 0.5 + 0.25
    assert (link["count"], link["last_seen"], link["kinds"]) == (3, NOW, ["like", "reply"])
    assert edges["cy", "@ana"]["weight"] == 0.5
    assert community.notes == (
        "1 acts on oneself make no edge", "1 acts name nobody they are meant for: no edge"
    )  # fmt: skip


def test_as_of_leaves_out_what_came_later() -> None:
    interactions = acts(("a", "b", "like", 0), ("a", "b", "like", 10), ("a", "b", "like", None))
    community = Community.from_interactions(interactions, as_of=NOW - timedelta(days=5))
    assert community.edges["count"].to_list() == [2]


@pytest.mark.parametrize("seed", range(10))
def test_networkx_and_igraph_agree(seed: int) -> None:
    graph = random_graph(seed)
    community = Community.from_networkx(graph)
    ours = dict(community.pagerank().iter_rows())
    theirs = bounded_pagerank(graph)
    assert max(abs(ours[one] - theirs[one]) for one in graph) < 1e-8
    by_rank = sorted(graph, key=lambda one: -theirs[one])
    assert sorted(graph, key=lambda one: -ours[one])[:5] == by_rank[:5]
    assert dict(community.core_numbers().iter_rows()) == nx.core_number(graph)


def test_the_usual_tolerance_of_networkx_would_not_do() -> None:
    graph = random_graph(1, people=3000, edges=9000)
    ours = dict(Community.from_networkx(graph).pagerank().iter_rows())
    usual, near = nx.pagerank(graph), bounded_pagerank(graph)
    off = sum(abs(ours[one] - usual[one]) for one in graph)
    assert off > 100 * sum(abs(ours[one] - near[one]) for one in graph)


def test_leiden_is_as_good_as_the_louvain_of_networkx_and_finds_the_planted_groups() -> None:
    graph = nx.planted_partition_graph(4, 20, 0.5, 0.02, seed=3)
    community = Community.from_networkx(graph)
    found = leiden(community, seed=0)
    groups = [set(some["person"]) for _, some in found.group_by("group")]
    planted = [{str(at) for at in range(20 * one, 20 * one + 20)} for one in range(4)]
    assert sorted(map(sorted, groups)) == sorted(map(sorted, planted))
    named = [{int(one) for one in group} for group in groups]
    louvain = nx.community.louvain_communities(graph, seed=0)
    ours = nx.community.modularity(graph, named)
    assert ours >= nx.community.modularity(graph, louvain) - 1e-9


def test_pagerank_ranks_those_who_are_acted_on() -> None:
    community = Community.from_interactions(
        acts(*((f"fan{at}", "star", "share", 0) for at in range(5)))
    )
    graph = community.to_networkx(whole=True)
    assert set(graph.predecessors("star")) == {f"fan{at}" for at in range(5)}
    assert list(graph.successors("star")) == []
    assert max(graph, key=lambda one: graph.nodes[one]["pagerank"]) == "star"


def test_a_networkx_graph_has_plain_attributes_and_comes_back_the_same() -> None:
    community = Community.from_interactions(
        acts(("a", "b", "like", 0), ("a", "b", "reply", 1), ("c", "a", "share", None))
    )
    graph = community.to_networkx(whole=True)
    assert type(graph) is nx.DiGraph
    assert graph.edges["a", "b"] == {
        "weight": 2.0, "count": 2, "last_seen": "2026-11-01T00:00:00Z", "kinds": "like,reply"
    }  # fmt: skip
    assert "last_seen" not in graph.edges["c", "a"]
    assert set(graph.nodes["a"]) == {"pagerank", "core"}
    back = Community.from_networkx(graph)
    assert back.edges.equals(community.edges)


def test_top_takes_the_highest_and_the_edges_among_them() -> None:
    graph = random_graph(2)
    community = Community.from_networkx(graph)
    part = community.to_networkx(top=10)
    best = community.pagerank().sort("pagerank", descending=True)["person"].head(10)
    assert set(part) == set(best)
    assert set(part.edges) == set(graph.subgraph(best).edges)


def test_ego_takes_a_person_and_those_next_to_them() -> None:
    graph = random_graph(2)
    community = Community.from_networkx(graph)
    part = community.to_networkx(ego="p3")
    assert set(part) == {"p3", *graph.predecessors("p3"), *graph.successors("p3")}
    few = community.to_networkx(ego="p3", top=2)
    assert len(few) == 3
    assert "p3" in few


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({}, "say which part"),
        ({"top": 3, "whole": True}, "say which part"),
        ({"top": 0}, "allowed: a whole number of 1 or more"),
        ({"ego": "p33x"}, r"nobody is called 'p33x' \(did you mean p33\?\)"),
    ],
    ids=str,
)
def test_a_part_that_is_not_there(asked: dict[str, Any], told: str) -> None:
    with pytest.raises(GraphError, match=told):
        Community.from_networkx(random_graph(2)).to_networkx(**asked)


@pytest.mark.parametrize("weight", [float("nan"), float("inf"), -1.0, None, "heavy", [1]], ids=str)
def test_a_weight_that_is_no_weight_is_named(weight: object) -> None:
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_edge("@ana", "@bo", weight=weight)
    with pytest.raises(GraphError, match=r"edge '@ana' → '@bo'.*weight"):
        Community.from_networkx(graph)


def test_nan_weights_in_an_edge_table_are_named_and_counted() -> None:
    edges = pl.DataFrame(
        {"from": ["a", "b"], "to": ["b", "c"], "weight": [float("nan")] * 2, "count": [1, 1],
         "last_seen": [None, None], "kinds": [["like"], ["like"]]},
        schema_overrides={"last_seen": LINK_SCHEMA["last_seen"]},
    )  # fmt: skip
    with pytest.raises(GraphError, match=r"edge 'a' → 'b' \(2 edges in all\): the weight is nan"):
        Community.from_edges(edges)


def test_any_networkx_graph_is_taken_and_left_as_it_was() -> None:
    graph: nx.MultiGraph[Any] = nx.MultiGraph()
    graph.add_edge(1, 2, weight=2)
    graph.add_edge(1, 2)
    graph.add_edge(3, 3)
    graph.add_node("alone")
    before = nx.MultiGraph(graph)
    community = Community.from_networkx(graph)
    assert community.edges.select("from", "to", "weight").rows() == [("1", "2", 3), ("2", "1", 3)]
    assert set(community.people) == {"1", "2", "3", "alone"}
    assert community.notes == ("1 edges from a node to itself are left out",)
    assert nx.utils.graphs_equal(graph, before)


def test_nodes_of_one_text_are_refused() -> None:
    graph: nx.Graph[Any] = nx.Graph([(1, "1")])
    with pytest.raises(GraphError, match="same text"):
        Community.from_networkx(graph)


def test_nobody_and_one_person() -> None:
    nobody = Community.from_interactions(acts())
    assert nobody.pagerank().is_empty()
    assert nobody.to_networkx(whole=True).number_of_nodes() == 0
    assert leiden(nobody).is_empty()
    one = Community.from_interactions(acts(("a", "a", "like", 0)))
    assert one.pagerank().rows() == [("a", 1.0)]
    assert one.core_numbers().rows() == [("a", 0)]
    assert leiden(one).height == 1
