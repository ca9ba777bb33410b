"""Forgetting: nothing of the person is left, all else stays, and it is all or nothing."""

import json
from datetime import UTC, datetime
from pathlib import Path

import networkx as nx
import polars as pl
import pytest

from sharewise.engine.community.graph.exports import node_table, write_graph, write_table
from sharewise.engine.community.privacy.forgetting import forget
from sharewise.engine.community.privacy.people_files import NAME, remember, remembered
from sharewise.engine.community.privacy.person_names import FORGOTTEN, person_names
from sharewise.engine.community.privacy.pseudonyms import pseudonym
from sharewise.engine.community.rewards.ledger import LEDGER_SCHEMA, read_ledger, write_ledger
from sharewise.engine.errors import RewardsError

ANA = person_names("@Ana_1")


def written(tmp_path: Path) -> list[Path]:
    """Return one file of each kind, with Ana in every one."""
    at = datetime(2026, 11, 1, tzinfo=UTC)
    rows = [
        {"round": "r/1", "at": at, "person": "ana_1", "role": "reward", "reason": "9 shares"},
        {"round": "r/1", "at": at, "person": "@bo", "role": "held out", "reason": "with @Ana_1"},
        {"round": "r/1", "at": at, "person": "@ana_10", "role": "reward", "reason": "ana_1x"},
    ]
    ledger = pl.DataFrame(rows, schema=LEDGER_SCHEMA)
    write_ledger(ledger, tmp_path / "rewards.jsonl")
    graph = nx.DiGraph([("Ana_1", "@bo"), ("@bo", "cy"), ("cy", "Ana_1"), ("ana_10", "cy")])
    for name in ("graph.graphml", "graph.gexf"):
        write_graph(graph, tmp_path / name)
    table = node_table(graph).with_columns(note=pl.lit("near Ana_1"), kinds=pl.lit("ana_1"))
    for name in ("nodes.csv", "nodes.parquet"):
        write_table(table, tmp_path / name)
    group = {"name": "coffee · around ana_1, @bo", "members": ["ana_1", "@bo"], "people": 7}
    (tmp_path / "groups.json").write_text(json.dumps({"groups": [group], "kind": "ana_1"}))
    (tmp_path / "page.html").write_text("<p>Thanks, @ANA_1! And ana_10.</p>")
    return sorted(path for path in tmp_path.iterdir() if path.is_file())


def test_nothing_of_the_person_is_left_in_any_file(tmp_path: Path) -> None:
    files = written(tmp_path)
    done = forget(ANA, files)
    assert [one.path for one in done] == files
    ledger = read_ledger(tmp_path / "rewards.jsonl")
    assert ledger["person"].to_list() == ["@bo", "@ana_10"]
    assert ledger["reason"].to_list() == [f"with {FORGOTTEN}", "ana_1x"]
    for read in (
        nx.read_graphml(tmp_path / "graph.graphml"),
        nx.read_gexf(tmp_path / "graph.gexf"),
    ):
        assert set(read) == {"@bo", "cy", "ana_10"}
        assert set(read.edges) == {("@bo", "cy"), ("ana_10", "cy")}
    for table in (
        pl.read_csv(tmp_path / "nodes.csv"), pl.read_parquet(tmp_path / "nodes.parquet")
    ):  # fmt: skip
        assert {name.strip("'") for name in table["person"]} == {"@bo", "cy", "ana_10"}
        assert set(table["note"]) == {f"near {FORGOTTEN}"}
        assert set(table["kinds"]) == {"ana_1"}  # a kind that is called so is no person
    groups = json.loads((tmp_path / "groups.json").read_text())
    assert groups["groups"][0]["members"] == ["@bo"]
    assert groups["groups"][0]["name"] == f"coffee · around {FORGOTTEN}, @bo"
    assert groups["groups"][0]["people"] == 7
    page = (tmp_path / "page.html").read_text()
    assert page == f"<p>Thanks, {FORGOTTEN}! And ana_10.</p>"


def test_forgetting_twice_changes_nothing_more(tmp_path: Path) -> None:
    files = written(tmp_path)
    forget(ANA, files)
    before = [path.read_bytes() for path in files]
    assert forget(ANA, files) == []
    assert [path.read_bytes() for path in files] == before


def test_files_without_the_person_stay_byte_for_byte(tmp_path: Path) -> None:
    files = written(tmp_path)
    before = [path.read_bytes() for path in files]
    assert forget(person_names("nobody"), files) == []
    assert [path.read_bytes() for path in files] == before


def test_a_damaged_file_stops_it_all_before_anything_changes(tmp_path: Path) -> None:
    files = written(tmp_path)
    bad = tmp_path / "zz.jsonl"
    bad.write_text("{")
    before = [path.read_bytes() for path in files]
    with pytest.raises(RewardsError, match=r"zz\.jsonl.*nothing was changed"):
        forget(ANA, [*files, bad])
    assert [path.read_bytes() for path in files] == before


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("x.xlsx", b"PK", "can't forget in such a file"),
        ("x.json", b"[" * 100_000, "nested too deep"),
        ("x.csv", b"\xff\xfe", "not UTF-8"),
        ("x.parquet", b"PAR1", "not Parquet"),
        ("x.graphml", b"<graphml", "not XML"),
        ("x.gexf", b'<!DOCTYPE x [<!ENTITY a "b">]><gexf/>', "a document type"),
    ],
    ids=str,
)
def test_what_can_not_be_read_is_said(tmp_path: Path, name: str, content: bytes, told: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(RewardsError, match=told):
        forget(ANA, [tmp_path / name])


def test_with_the_key_the_pseudonym_goes_too(tmp_path: Path) -> None:
    key = b"0123456789abcdef"
    path = tmp_path / "rewards.jsonl"
    rows = [json.dumps({"person": pseudonym(one, key)}) for one in ("ana_1", "bo")]
    path.write_text("\n".join(rows))
    assert forget(ANA, [path]) == []
    assert forget(person_names("@ana_1", key), [path])[0].places == 1
    assert path.read_text() == rows[1]


def test_a_person_called_like_a_word_of_ours_spoils_no_ledger(tmp_path: Path) -> None:
    rows = [{"round": "reward", "at": datetime(2026, 11, 1, tzinfo=UTC), "person": person,
             "role": "reward"} for person in ("@reward", "@bo")]  # fmt: skip
    write_ledger(pl.DataFrame(rows, schema=LEDGER_SCHEMA), tmp_path / "rewards.jsonl")
    forget(person_names("reward"), [tmp_path / "rewards.jsonl"])
    assert read_ledger(tmp_path / "rewards.jsonl")["person"].to_list() == ["@bo"]


def test_files_are_remembered_once_and_while_they_are_there(tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv", "a.csv"):
        (tmp_path / name).touch()
        remember(tmp_path / name, tmp_path)
    remember(tmp_path / "never", tmp_path)
    assert remembered(tmp_path) == [tmp_path / "a.csv", tmp_path / "b.csv"]
    (tmp_path / "a.csv").unlink()
    assert remembered(tmp_path) == [tmp_path / "b.csv"]
    assert remembered(tmp_path / "elsewhere") == []
    (tmp_path / NAME).write_text("{")
    with pytest.raises(RewardsError, match="damaged"):
        remembered(tmp_path)


def test_nobody_can_not_be_forgotten() -> None:
    with pytest.raises(RewardsError, match="no person"):
        person_names(" @ ")
