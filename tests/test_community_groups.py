"""Groups: found, named by words and members, held against other seeds, withheld where small."""

import io
import random
from pathlib import Path

import networkx as nx
import polars as pl
import pytest

from sharewise.engine.community.graph.community import Community
from sharewise.engine.community.graph.exports import (
    edge_table,
    node_table,
    shareable,
    write_graph,
    write_table,
)
from sharewise.engine.community.graph.group_words import typical_words
from sharewise.engine.community.graph.groups import groups_of
from sharewise.engine.community.graph.small_groups import Withheld, large_enough
from sharewise.engine.community.schema import INTERACTION_SCHEMA
from sharewise.engine.errors import GraphError, WriteError

WORDS = (("espresso", "grinder"), ("latte", "foam"), ("beans", "roast"))


def interactions() -> pl.DataFrame:
    """Return three groups of 12 who talk among themselves, and a pair apart."""
    numbers = random.Random(1)
    rows = [
        {"from": f"g{group}_{a}", "to": f"g{group}_{b}", "kind": "reply",
         "text": f"the {numbers.choice(WORDS[group])} is good"}
        for group in range(3) for a in range(12) for b in numbers.sample(range(12), 5) if a != b
    ]  # fmt: skip
    rows += [{"from": "g0_1", "to": "g1_1", "kind": "like"}]
    rows += [{"from": "=lonely", "to": "pair", "kind": "like", "text": "secret secret"}]
    return pl.DataFrame(rows, schema=INTERACTION_SCHEMA)


COMMUNITY = Community.from_interactions(interactions())
GROUPS = groups_of(COMMUNITY)


def test_groups_are_found_and_numbered_by_size() -> None:
    assert GROUPS.table["people"].to_list() == [12, 12, 12, 2]
    assert GROUPS.table["group"].to_list() == [1, 2, 3, 4]
    for _, some in GROUPS.people.filter(pl.col("group") < 4).group_by("group"):
        assert some["person"].str.slice(0, 2).n_unique() == 1
    assert GROUPS.table["share"].sum() == pytest.approx(1)


def test_groups_are_named_by_their_words_and_members() -> None:
    by_first = {
        row["members"][0][:2]: row for row in GROUPS.table.iter_rows(named=True) if row["group"] < 4
    }
    for group in range(3):
        row = by_first[f"g{group}"]
        assert set(row["words"]) == set(WORDS[group])
        assert row["name"].startswith(", ".join(row["words"]) + " · around " + row["members"][0])
    assert GROUPS.table["words"][3].to_list() == []  # one person's words name nobody


def test_stability_is_one_where_every_seed_finds_the_same() -> None:
    assert GROUPS.table["stability"].to_list() == [1.0] * 4
    assert groups_of(COMMUNITY, seeds=[0]).table["stability"].to_list() == [None] * 4


def test_stability_is_low_where_there_are_no_groups() -> None:
    graph = nx.gnm_random_graph(200, 500, seed=4)
    found = groups_of(Community.from_networkx(graph)).table
    weighted = (found["stability"] * found["people"]).sum() / 200
    assert weighted < 0.6


def test_the_weight_that_stays_inside() -> None:
    # the pair has one edge, inside; g0 and g1 share one of theirs
    inside = GROUPS.table["inside"].to_list()
    assert inside[3] == 1
    assert sum(value < 1 for value in inside) == 2


def test_one_person_can_not_name_a_group() -> None:
    people = pl.DataFrame({"person": [f"p{at}" for at in range(40)], "group": [1] * 20 + [2] * 20})
    rows = [("p0", "buy cheap pills")] * 1000
    rows += [(f"p{at}", "arabica") for at in range(20)]
    rows += [(f"p{at}", "robusta @arabica https://arabica.example") for at in range(20, 40)]
    texts = pl.DataFrame(rows, schema=["person", "text"], orient="row")
    words = dict(typical_words(texts, people, 5).iter_rows())
    assert words == {1: ["arabica"], 2: ["robusta"]}


def test_the_same_seed_gives_the_same_groups_and_leaves_other_random_numbers_alone() -> None:
    random.seed(3)
    expected = random.random()
    random.seed(3)
    assert groups_of(COMMUNITY).people.equals(GROUPS.people)
    assert random.random() == expected


def test_groups_under_five_people_are_withheld() -> None:
    large, withheld = large_enough(GROUPS)
    assert large.table["people"].to_list() == [12, 12, 12]
    assert withheld == Withheld(groups=1, people=2)
    assert withheld.said(5) == "1 group of under 5 people withheld (2 people)"
    assert large_enough(GROUPS, 2)[1] == Withheld(0, 0)
    assert large_enough(GROUPS, 13)[0].table.is_empty()
    with pytest.raises(GraphError, match="at least 1"):
        large_enough(GROUPS, 0)


def test_an_export_withholds_people_of_small_groups() -> None:
    graph, withheld = shareable(COMMUNITY.to_networkx(whole=True), GROUPS)
    assert withheld == Withheld(1, 2)
    assert "pair" not in graph
    assert graph.number_of_nodes() == 36
    assert graph.nodes["g0_1"]["group"] == GROUPS.people.filter(person="g0_1")["group"][0]


def test_an_export_of_under_five_people_is_withheld_whole() -> None:
    with pytest.raises(GraphError, match="4 people would be exported; fewer than 5"):
        shareable(COMMUNITY.to_networkx(top=4), GROUPS)


@pytest.mark.parametrize("ending", [".graphml", ".gexf"])
def test_graph_files_read_back(tmp_path: Path, ending: str) -> None:
    graph, _ = shareable(COMMUNITY.to_networkx(whole=True), GROUPS)
    path = tmp_path / f"community{ending}"
    write_graph(graph, path)
    read = nx.read_graphml(path) if ending == ".graphml" else nx.read_gexf(path)
    assert set(read) == set(graph)
    assert set(read.edges) == set(graph.edges)
    for u, v, data in graph.edges(data=True):
        assert read.edges[u, v]["weight"] == data["weight"]
        assert read.edges[u, v]["kinds"] == data["kinds"]
    assert all(read.nodes[one]["group"] == graph.nodes[one]["group"] for one in graph)


@pytest.mark.parametrize("ending", [".graphml", ".gexf"])
def test_names_that_xml_can_not_hold_or_would_run_are_harmless(tmp_path: Path, ending: str) -> None:
    graph: nx.DiGraph[str] = nx.DiGraph([("a\x00b", '<script>&"'), ("a\x01b", "a\ufffdb")])
    path = tmp_path / f"x{ending}"
    write_graph(graph, path)
    read = nx.read_graphml(path) if ending == ".graphml" else nx.read_gexf(path)
    assert read.number_of_nodes() == 4
    assert '<script>&"' in read


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WriteError, match=r"allowed: \.graphml, \.gexf"):
        write_graph(nx.DiGraph(), tmp_path / "x.dot")


def test_tables_guard_against_formulas(tmp_path: Path) -> None:
    graph, _ = shareable(COMMUNITY.to_networkx(whole=True), GROUPS, least=2)
    write_table(node_table(graph), tmp_path / "nodes.csv")
    write_table(edge_table(graph), tmp_path / "edges.csv")
    nodes = pl.read_csv(tmp_path / "nodes.csv")
    assert nodes.columns == ["person", "pagerank", "core", "group"]
    assert "'=lonely" in nodes["person"].to_list()
    edges = pl.read_csv(tmp_path / "edges.csv")
    assert edges.columns == ["from", "to", "weight", "count", "last_seen", "kinds"]
    assert edges.height == graph.number_of_edges()
    write_table(edge_table(graph), tmp_path / "edges.parquet")
    assert "=lonely" in pl.read_parquet(tmp_path / "edges.parquet")["from"].to_list()


def test_tables_of_nobody() -> None:
    table = node_table(nx.DiGraph())
    assert table.is_empty()
    assert edge_table(nx.DiGraph()).write_csv(io.StringIO()) is None
