"""Cards of the best: communities reached, the brand's answers, and what a rank is worth."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

import sharewise
from sharewise.cli import cli
from sharewise.engine.community import cards
from sharewise.engine.community.baselines import score
from sharewise.engine.community.brand_answers import brand_answers
from sharewise.engine.community.cards import SCHEMA, with_cards
from sharewise.engine.community.confidence import COLUMNS as CONFIDENCE
from sharewise.engine.community.confidence import confidence_lines, confidence_of, with_confidence
from sharewise.engine.community.graph.community import Community
from sharewise.engine.community.graph.groups import groups_of
from sharewise.engine.community.ranked_people import Ambassadors, ranked_people
from sharewise.engine.community.reading import interactions_from_frame
from sharewise.engine.community.schema import INTERACTION_SCHEMA
from sharewise.engine.settings import Settings

START = datetime(2026, 3, 1, 9, 0, 1, tzinfo=UTC)
READERS = str(Path(__file__).parent.parent / "fixtures" / "reader_groups.csv")
Act = tuple[str, str, str, datetime | None]


def at(day: float) -> datetime:
    return START + timedelta(days=day)


def ranked(acts: list[Act], brand: str = "harborroast") -> Ambassadors:
    schema = {name: INTERACTION_SCHEMA[name] for name in ("from", "to", "kind", "at")}
    files = interactions_from_frame(pl.DataFrame(acts, schema=schema, orient="row"))
    return ranked_people(files, brand=(brand,), settings=Settings())


def answers(acts: list[Act]) -> dict[str, tuple[object, ...]]:
    result = ranked(acts)
    people = result.found.seen.edges.people
    codes = pl.Series("code", range(len(people)), dtype=pl.UInt32)
    rows = brand_answers(codes, result.found.seen).rows()
    return {people[row[0]]: row[1:] for row in rows}


THANKED: list[Act] = [
    ("ana", "harborroast", "share", at(0)),
    ("bo", "harborroast", "share", at(0)),
    ("harborroast", "ana", "mention", at(1)),
    ("harborroast", "ana", "reply", at(3)),
    ("harborroast", "ana", "like", at(2)),
]


def test_the_newest_act_of_the_brand_on_each() -> None:
    found = answers(THANKED)
    assert found["ana"] == (True, at(3), "reply")
    assert found["bo"] == (False, None, None)


def test_a_brand_that_never_acts_in_the_file_may_have_answered_elsewhere() -> None:
    assert answers(THANKED[:2])["ana"] == (None, None, None)


def test_a_complaint_is_no_answer() -> None:
    complained: list[Act] = [*THANKED, ("harborroast", "bo", "complaint", at(4))]
    assert answers(complained)["bo"] == (False, None, None)


def test_an_answer_without_a_time_is_an_answer() -> None:
    untimed: list[Act] = [(*act[:3], None) for act in THANKED[:3]]
    assert answers(untimed)["ana"] == (True, None, "mention")


def cliques() -> list[Act]:
    """Two groups of six; four of the one and two of the other act on ana, and one stranger."""
    acts: list[Act] = []
    for letter in "ab":
        names = [f"{letter}{number}" for number in range(6)]
        acts += [(one, other, "like", at(5)) for one in names for other in names if one != other]
    acts += [(f"a{number}", "ana", "share", at(number)) for number in range(4)]
    acts += [(f"b{number}", "ana", "share", at(number)) for number in range(2)]
    acts += [("stranger", "ana", "share", at(1)), ("harborroast", "ana", "reply", at(2))]
    return [*acts, *((name, "harborroast", "share", at(day)) for name in ("ana", "a0", "b0")
                     for day in (1, 4))]  # fmt: skip


def test_communities_are_those_of_community_show_and_add_up() -> None:
    result = ranked(cliques())
    people = with_cards(result).people
    ana = people.row(by_predicate=pl.col("person") == "ana", named=True)
    community = Community.from_acts(result.files.edges, left_out=("harborroast",))
    groups = groups_of(community)
    names = dict(groups.table.select("name", "people").rows())
    assert set(ana["communities"]) <= set(names)
    assert ana["communities_people"][1:] == [2]
    assert sum(ana["communities_people"]) + ana["communities_small"] == ana["people_reached"] - 1
    assert ana["answered"]
    assert ana["last_answer_kind"] == "reply"
    assert "your last reply to them: 2026-03-03" in ana["evidence"]
    assert f"in “{ana['communities'][0]}”" in ana["evidence"]


handles = st.sampled_from([f"p{number}" for number in range(14)] + ["harborroast"])
some_acts = st.lists(
    st.tuples(handles, handles, st.just("share"), st.none() | st.integers(0, 20).map(at)),
    min_size=1,
    max_size=80,
)


@settings(deadline=None, max_examples=25)
@given(some_acts)
def test_every_person_reached_is_in_one_group(acts: list[Act]) -> None:
    acts = [*acts, ("p0", "harborroast", "share", at(0))]
    result = ranked(acts)
    people = with_cards(result, wanted=True).people.filter(pl.col("rank").is_not_null())
    by_brand = {to for one, to, *_ in acts if one == "harborroast"}
    for row in people.iter_rows(named=True):
        told = sum(row["communities_people"]) + row["communities_small"]
        assert told == row["people_reached"] - (row["person"] in by_brand)
        assert row["answered"] in (None, row["person"] in by_brand)
        assert (row["confidence"] is None) == (row["confidence_of"] is None)


def test_groups_of_under_five_are_not_named() -> None:
    acts: list[Act] = [(name, "ana", "share", at(1)) for name in ("bo", "cy", "di")]
    acts += [("ana", "harborroast", "share", at(0))]
    card = with_cards(ranked(acts)).people.row(0, named=True)
    assert (card["communities"], card["communities_small"]) == ([], 3)
    assert "“" not in card["evidence"]


def daily(people: int, days: int, stop: int | None = None) -> list[Act]:
    """Each of ``people`` acts daily; the second half of them only until day ``stop``."""
    return [
        (f"p{one:02}", "harborroast", "share", at(day + one / 1_000))
        for one in range(people)
        for day in range(days)
        if stop is None or one < people / 2 or day < stop
    ]


def test_confidence_by_hand() -> None:
    result = ranked(daily(12, 29))
    found = confidence_of(result.found.seen.edges, result.brand, 14, score)
    # 28 days: four windows of 4 days; 12 people rank in each, and all act daily.
    assert (found.windows, round(found.days, 1)) == (4, 4.0)
    assert found.bands.select("places", "again").rows()[:2] == [(40, 40), (8, 8)]
    frame = pl.DataFrame({"rank": [1, 10, 11]}, schema={"rank": pl.Int64})
    told = with_confidence(frame, found).select("rank", *CONFIDENCE)
    assert told.rows() == [(1, 1.0, 40, "1–10"), (10, 1.0, 40, "1–10"), (11, None, None, None)]
    assert list(confidence_lines(found, 20, with_brand=True)) == [
        "again 100%: of 40 at ranks 1–10 at 4 times in the past, 40 acted on you again within 4 "
        "days."
    ]


def test_who_stopped_counts_against_their_rank() -> None:
    result = ranked(daily(10, 29, stop=14))
    found = confidence_of(result.found.seen.edges, result.brand, 14, score)
    # Windows begin on days 12, 16, 20, 24: in the first all ten act again, then five.
    assert found.bands.row(0, named=True)["again"] == 10 + 5 + 5 + 5


@pytest.mark.parametrize("acts", [[(*act[:3], None) for act in daily(12, 29)], daily(3, 29)])
def test_too_little_history_is_said(acts: list[Act]) -> None:
    result = ranked(acts)
    found = confidence_of(result.found.seen.edges, result.brand, 14, score)
    frame = pl.DataFrame({"rank": [1]}, schema={"rank": pl.Int64})
    assert with_confidence(frame, found).row(0) == (1, None, None, None)
    (line,) = confidence_lines(found, 20, with_brand=True)
    assert line.startswith("Confidence: not enough history.")


def test_large_files_are_told_what_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    result = ranked(cliques())
    monkeypatch.setattr(cards, "MOST_ACTS", 10)
    found = with_cards(result)
    assert found.people["communities"].null_count() == found.people.height
    assert "--cards finds them" in found.left_out[0]
    assert found.people["answered"].drop_nulls().any()
    asked = with_cards(result, wanted=True)
    assert asked.left_out == ()
    assert asked.people["communities"][0].len()


def test_the_rest_is_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    result = ranked(cliques())
    monkeypatch.setattr(cards, "CARDS", 1)
    people = with_cards(result, top=1).people
    assert {name: people.schema[name] for name in SCHEMA} == SCHEMA
    assert people.drop("evidence", *SCHEMA).equals(result.people.drop("evidence"))
    assert people["evidence"][1:].equals(result.people["evidence"][1:])
    assert people["answered"].count() == 1


def run(*arguments: str) -> Result:
    done = CliRunner().invoke(cli, arguments)
    assert done.exit_code == 0, done.output
    return done


def test_on_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    arguments = ("ambassadors", READERS, "--brand", "@harborroast")
    out = run(*arguments).stdout
    assert "again" in out
    assert "latte, foam" in out or "foam, latte" in out
    assert "the file holds no act of yours" in out
    assert "again " not in run(*arguments, "--no-cards").stdout
    row = json.loads(run(*arguments, "--format", "jsonl").stdout.splitlines()[0])
    assert sum(row["communities_people"]) + row["communities_small"] == row["people_reached"]
    assert row["confidence_of"] >= 20
    csv = pl.read_csv(run(*arguments, "--format", "csv").stdout.encode())
    assert "around @" in csv["communities"][0]
    assert sharewise.ambassadors(READERS, brand="@harborroast")["confidence"][0] is not None


def test_names_of_groups_forget(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("people.parquet", "people.jsonl", "people.csv"):
        run("ambassadors", READERS, "--brand", "@harborroast", "-o", name, "-q")
    named = pl.read_parquet("people.parquet")["communities"].explode().drop_nulls()
    assert named.str.contains("@latte_02").any()
    run("forget", "@latte_02")
    left = pl.read_parquet("people.parquet")["communities"].explode().drop_nulls()
    assert not left.str.contains("latte_02").any()
    assert "latte_02" not in Path("people.jsonl").read_text() + Path("people.csv").read_text()


def test_groups_are_those_of_the_moment_asked_for() -> None:
    when = "2025-04-10"
    arguments = (READERS, "--brand", "@harborroast", "--as-of", when, "--format", "json", "-q")
    shown = json.loads(run("community", "show", *arguments).stdout)["groups"]
    people = json.loads(run("ambassadors", *arguments).stdout)
    named = {name for person in people for name in person["communities"] or ()}
    assert named
    assert named <= {group["name"] for group in shown}


def test_groups_of_people_under_pseudonyms_name_none(tmp_path: Path) -> None:
    key = tmp_path / "key"
    key.write_text("a key that is long enough")
    arguments = ("--brand", "@harborroast", "--format", "json", "-q", "--key-file", str(key))
    people = json.loads(run("ambassadors", READERS, *arguments).stdout)
    named = [name for person in people for name in person["communities"] or ()]
    assert any("around p_" in name for name in named)
    assert not any("@" in name for name in named)
