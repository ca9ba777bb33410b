"""Groups and graph from the command line; what was written can be forgotten."""

import json
from pathlib import Path

import networkx as nx
import polars as pl
import pytest
from click.testing import CliRunner, Result

from sharewise.cli import cli

READERS = str(Path(__file__).parent.parent / "fixtures" / "reader_groups.csv")


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SHAREWISE_CONFIG", raising=False)
    (tmp_path / "sharewise.toml").write_text('[brand]\nhandles = ["@harborroast"]\n')
    monkeypatch.chdir(tmp_path)


def run(*args: str) -> Result:
    return CliRunner().invoke(cli, list(args))


def test_groups_are_shown_by_their_words_and_small_ones_withheld() -> None:
    done = run("community", "show", READERS)
    assert done.exit_code == 0, done.output
    for word in ("grinder", "kettle", "foam"):
        assert word in done.stdout
    assert "of under 5 people withheld" in done.stdout
    assert "@passer_by" not in done.stdout
    data = json.loads(run("community", "show", READERS, "--format", "json").stdout)
    assert [group["people"] for group in data["groups"]] == [15, 13, 11]
    assert "@passer_by" not in json.dumps(data)
    everyone = json.loads(
        run("community", "show", READERS, "--format", "json", "--least", "1").stdout
    )
    assert "@passer_by" in json.dumps(everyone)
    assert run("community", "show", READERS, "--format", "csv").stdout.startswith("group,name,")


def test_the_graph_is_written_with_its_tables(tmp_path: Path) -> None:
    done = run(
        *("community", "export", READERS, "-o", "g.graphml"),
        *("--nodes", "nodes.csv", "--edges", "edges.csv"),
    )
    assert done.exit_code == 0, done.output
    assert "1 group of under 5 people withheld (2 people)" in done.stderr
    graph = nx.read_graphml(tmp_path / "g.graphml")
    assert "@passer_by" not in graph
    assert "@harborroast" in graph
    assert pl.read_csv("nodes.csv").height == graph.number_of_nodes()
    assert pl.read_csv("edges.csv").height == graph.number_of_edges()
    # u acted on v: the brand is acted on and acts on nobody
    assert graph.out_degree("@harborroast") == 0
    assert graph.in_degree("@harborroast") > 20


def test_an_ego_net_in_any_spelling_and_a_top() -> None:
    assert (
        run("community", "export", READERS, "--ego", "ESPRESSO_01", "-o", "g.gexf").exit_code == 0
    )
    graph = nx.read_gexf("g.gexf")
    assert all(graph.has_edge(one, "@espresso_01") or graph.has_edge("@espresso_01", one)
               for one in graph if one != "@espresso_01")  # fmt: skip
    assert run("community", "export", READERS, "--top", "7", "--edges", "e.csv").exit_code == 0
    names = pl.read_csv("e.csv")
    assert pl.concat([names["from"], names["to"].rename("from")]).n_unique() <= 7


@pytest.mark.parametrize(
    ("args", "told"),
    [
        ([], "name a file"),
        (["-o", "g.dot"], "allowed: .graphml, .gexf"),
        (["-o", "g.gexf", "--whole", "--top", "3"], "--whole goes without"),
        (["-o", "g.gexf", "--top", "3"], "fewer than 5 are withheld"),
        (["-o", "g.gexf", "--ego", "@espresso_1"], "did you mean @espresso_"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_written(args: list[str], told: str) -> None:
    done = run("community", "export", READERS, *args)
    assert done.exit_code == 2
    assert told in done.output
    assert not list(Path().glob("g.*"))


def test_all_that_was_written_forgets(tmp_path: Path) -> None:
    run("community", "export", READERS, "-o", "g.graphml", "--nodes", "n.csv", "--edges", "e.csv")
    run("ambassadors", READERS, "-o", "people.jsonl", "--quiet")
    run("rewards", "assign", READERS, "--budget", "30", "--holdout", "0")
    names = ("g.graphml", "n.csv", "e.csv", "people.jsonl", "rewards.jsonl")
    assert all("@latte_02" in (tmp_path / name).read_text() for name in names)
    done = run("forget", "Latte_02")
    assert done.exit_code == 0, done.output
    assert "forgotten in 5 of 5 files" in done.output
    for path in tmp_path.iterdir():
        assert path.is_dir() or "latte_02" not in path.read_text()


def test_the_list_of_ambassadors_knows_the_ledger_and_its_cool_down() -> None:
    run("rewards", "assign", READERS, "--budget", "3", "--holdout", "0")
    args = ("ambassadors", READERS, "--format", "jsonl", "--quiet")
    gates = [json.loads(line)["gate"] for line in run(*args).stdout.splitlines()]
    assert gates.count("recently_rewarded") == 3
    later = run(*args, "--as-of", "2025-07-29")
    gates = [json.loads(line)["gate"] for line in later.stdout.splitlines()]
    assert gates.count("recently_rewarded") == 0


def test_who_is_set_aside_is_marked_and_a_reward_changes_no_score() -> None:
    args = ("ambassadors", READERS, "--format", "jsonl", "--quiet")

    def listed(*more: str) -> dict[str, dict[str, object]]:
        rows = map(json.loads, run(*args, *more).stdout.splitlines())
        return {row["person"]: row for row in rows}

    before = listed()
    assert all(row["set_aside_until"] is None for row in before.values())
    run("rewards", "assign", READERS, "--budget", "8", "--holdout", "0.2")
    ledger = [json.loads(line) for line in Path("rewards.jsonl").read_text().splitlines()]
    aside = {one["person"] for one in ledger if one["role"] == "held out"}
    after = listed()
    assert aside
    marked = {name for name, row in after.items() if row["set_aside_until"]}
    assert marked == aside
    assert all(after[name]["rank"] is not None for name in aside)
    free = [name for name, row in before.items() if row["gate"] is None]
    assert {name: after[name]["score"] for name in free} == pytest.approx(
        {name: before[name]["score"] for name in free}
    )
    text = run("ambassadors", READERS, "--quiet").stdout
    assert "set aside at random until" in text.replace("\n", " ")
    assert "100 for the best, them included" in text
    later = listed("--as-of", "2025-07-29")
    assert not any(row["set_aside_until"] for row in later.values())


def test_ambassadors_under_pseudonyms() -> None:
    Path("key").write_text("a key that is long enough")
    done = run("ambassadors", READERS, "--format", "jsonl", "--quiet", "--key-file", "key")
    people = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(people) == 41
    assert all(one["person"].startswith("p_") for one in people)
    assert "espresso_" not in done.stdout
    plain = run("ambassadors", READERS, "--format", "jsonl", "--quiet").stdout.splitlines()
    scores = [json.loads(line)["score"] for line in plain]
    assert sorted(scores) == pytest.approx(sorted(one["score"] for one in people))


def test_the_brand_is_no_person_of_a_group() -> None:
    acts = str(Path(READERS).with_name("interactions.csv"))
    told = run(
        "community", "show", acts, "--brand", "@harborroast", "--format", "json", "-q"
    ).stdout
    found = json.loads(told)
    assert found["people"] == 73
    assert sum(one["people"] for one in found["groups"]) + found["withheld"]["people"] == 73
