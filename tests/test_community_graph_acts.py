"""Any networkx graph is taken: its people are scored as those of a file of the same acts."""

from datetime import UTC, datetime
from typing import Any

import networkx as nx
import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sharewise
from sharewise import Community
from sharewise.engine.community.graph import graph_acts
from sharewise.engine.community.graph.graph_acts import interactions_from_graph
from sharewise.engine.errors import CommunityError, GraphError

BRAND = "harborroast"
PARTS = ("person", "rank", "loyalty", "activity", "reach", "gate")
Row = tuple[str, str, str, datetime]


def scored(interactions: Any) -> pl.DataFrame:
    people = sharewise.ambassadors(interactions, brand=BRAND, cards=False)
    return people.select(PARTS).sort("person")


def noon(day: int) -> datetime:
    return datetime(2026, 3, day, 12, 0, 1, tzinfo=UTC)


people = st.sampled_from(["ana", "bo", "cy", "di", BRAND])
acts = st.lists(
    st.tuples(people, people, st.sampled_from(["like", "share"]), st.integers(1, 28).map(noon)),
    min_size=1,
    max_size=40,
)


@settings(deadline=None)
@given(acts)
def test_a_multidigraph_scores_as_the_file_of_its_edges(rows: list[Row]) -> None:
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for source, target, kind, at in rows:
        graph.add_edge(source, target, kind=kind, at=at)
    frame = pl.DataFrame(rows, schema=["from", "to", "kind", "at"], orient="row")
    if all(source == target for source, target, *_ in rows):
        with pytest.raises(CommunityError, match="no interaction is left"):
            scored(graph)
        return
    assert scored(graph).equals(scored(frame))


def test_counts_and_weights_are_acts() -> None:
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_edge("ana", BRAND, weight=2.6, kind="share", at="2026-03-02T12:00:01")
    graph.add_edge("bo", BRAND, weight=0.2, kind="share", count=np.int64(4))
    graph.add_edge("cy", BRAND, weight=0)
    graph.add_edge("di", BRAND, weight=0.4)
    made = interactions_from_graph(graph).interactions.group_by("from").len().sort("from")
    assert made.rows() == [("ana", 3), ("bo", 4), ("di", 1)]


def test_a_graph_as_the_community_writes_it_is_read_back() -> None:
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_edge("ana", BRAND, count=2, last_seen="2026-03-02T12:00:00Z", kinds="like,share")
    found = interactions_from_graph(graph).interactions
    assert found.select("from", "to", "kind", "at").unique().rows() == [
        ("ana", BRAND, "other", datetime(2026, 3, 2, 12, tzinfo=UTC))
    ]
    assert found.height == 2


def test_edges_without_direction_count_both_ways_and_nodes_are_named_by_their_text() -> None:
    graph: nx.Graph[Any] = nx.Graph()
    graph.add_edge(1, (2, 3))
    graph.add_edge(1, frozenset({4}), text="So good", sentiment=0.5)
    graph.add_node(1, followers=1200)
    before = nx.Graph(graph)
    found = interactions_from_graph(graph).interactions
    assert set(found.select("from", "to").rows()) == {
        ("1", "(2, 3)"), ("(2, 3)", "1"), ("1", "frozenset({4})"), ("frozenset({4})", "1")
    }  # fmt: skip
    assert found.filter(pl.col("from") == "1")["followers"].to_list() == [1200, 1200]
    assert set(found["sentiment"].drop_nulls()) == {0.5}
    assert nx.utils.graphs_equal(graph, before)


@pytest.mark.parametrize(
    ("attributes", "told"),
    [
        ({"weight": float("nan")}, "the weight is nan; allowed: a finite number of 0 or more"),
        ({"weight": -2}, "the weight is -2.0"),
        ({"weight": "much"}, "the weight 'much' is no number"),
        ({"count": 0}, "the count is '0'; allowed: a whole number from 1"),
        ({"count": 1.5}, "the count is '1.5'"),
        ({"count": float("inf")}, "the count is 'inf'"),
        ({"at": "yesterday"}, "'yesterday' is no time; write ISO 8601"),
        ({"at": float("nan")}, "'nan' is no time"),
    ],
    ids=str,
)
def test_what_is_wrong_is_said_with_its_edge(attributes: dict[str, object], told: str) -> None:
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_edge("ana", "bo", **attributes)
    for read in (interactions_from_graph, Community.from_networkx):
        with pytest.raises(GraphError) as error:
            read(graph)
        assert "edge 'ana' → 'bo'" in str(error.value)
        assert told in str(error.value)


def test_names_and_sizes_that_can_not_be() -> None:
    with pytest.raises(GraphError, match="same text"):
        interactions_from_graph(nx.Graph([(1, "1")]))
    with pytest.raises(GraphError, match="blank; write who acted"):
        interactions_from_graph(nx.DiGraph([("", "bo")]))
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_edge("ana", "bo", weight=1e15)
    with pytest.raises(GraphError, match=f"more than {graph_acts.MOST_ACTS:,} acts"):
        interactions_from_graph(graph)
    with pytest.raises(CommunityError, match="no interaction is left"):
        sharewise.ambassadors(nx.DiGraph())


@pytest.mark.parametrize(
    ("given", "day"),
    [
        (1_772_452_801, 2),
        (1_772_452_801_000, 2),
        (1_772_452_801_000_000, 2),
        ("2026-03-02 14:00:01+02:00", 2),
        (datetime(2026, 3, 2, 12, 0, 1), 2),
    ],
    ids=str,
)
def test_times_in_the_usual_forms(given: object, day: int) -> None:
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_edge("ana", "bo", at=given)
    assert interactions_from_graph(graph).interactions["at"].to_list() == [noon(day)]
