"""From a ranking to ledger entries: who waits, what is written, and when it is refused."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from sharewise.engine.advice.reports.style import Style
from sharewise.engine.community.brand_handles import with_may_be_staff
from sharewise.engine.community.rewards.assigning import Assignment, assign
from sharewise.engine.community.rewards.ledger import (
    HELD_OUT,
    REWARD,
    empty_ledger,
    read_ledger,
    write_ledger,
)
from sharewise.engine.community.rewards.reports import assignment_lines
from sharewise.engine.community.schema import AMBASSADOR_SCHEMA
from sharewise.engine.errors import RewardsError
from sharewise.engine.settings_rewards import Rewards, Tier

AT = datetime(2026, 11, 1, 12, tzinfo=UTC)
REWARDS = Rewards(tiers=(Tier("bag", 10, "a bag of beans"),), currency="EUR", quota=1)
NO_GROUPS = pl.DataFrame(schema={"person": pl.String, "group": pl.Int64, "label": pl.String})


def ranking(count: int, gated: dict[int, str] | None = None) -> pl.DataFrame:
    rows = []
    rank = 0
    for at in range(count):
        gate = (gated or {}).get(at)
        rank += gate is None
        rows.append(
            {
                "person": f"@reader_{at:02}",
                "rank": None if gate else rank,
                "score": 100.0 - at,
                "loyalty": 1.0,
                "activity": 2.0,
                "reach": 3.0,
                "gate": gate,
                "evidence": f"{20 - at} shares",
            }
        )
    return pl.DataFrame(rows, schema=AMBASSADOR_SCHEMA)


def given(people: pl.DataFrame, ledger: pl.DataFrame | None = None, **asked: Any) -> Assignment:
    options: dict[str, Any] = {"budget": 40, "holdout": 0.2, "seed": 7, "at": AT}
    return assign(
        people,
        asked.pop("groups", NO_GROUPS),
        empty_ledger() if ledger is None else ledger,
        asked.pop("rewards", REWARDS),
        **options | {"brand": "Harbor Roast"} | asked,
    )


def test_four_of_the_best_five_are_rewarded_and_one_is_held_out() -> None:
    entries = given(ranking(20)).entries
    assert entries["person"].to_list() == [f"@reader_{at:02}" for at in range(5)]
    assert sorted(entries["role"].to_list()) == [HELD_OUT, *[REWARD] * 4]
    assert entries["round"].unique().to_list() == ["2026-11-01/1"]
    one = entries.filter(pl.col("role") == REWARD).row(0, named=True)
    assert (one["tier"], one["cost"], one["currency"]) == ("bag", 10, "EUR")
    assert one["reason"] == f"{20 - (one['rank'] - 1)} shares"
    assert "FTC" in one["disclosure"]
    assert "ASA" in one["disclosure"]
    assert "Harbor Roast" in one["disclosure"]
    assert "a bag of beans" in one["disclosure"]
    out = entries.filter(pl.col("role") == HELD_OUT).row(0, named=True)
    assert out["tier"] is None
    assert out["disclosure"] is None


def test_the_gated_get_nothing_and_are_not_held_out() -> None:
    people = ranking(8, {0: "ring", 3: "employee"})
    assert given(people).entries["person"].to_list() == [
        f"@reader_{at:02}" for at in (1, 2, 4, 5, 6)
    ]


def test_nobody_twice_within_the_cool_down() -> None:
    first = given(ranking(20))
    again = given(ranking(20), first.entries, at=AT + timedelta(days=89, hours=23))
    rewarded = set(first.entries.filter(pl.col("role") == REWARD)["person"])
    assert not rewarded & set(again.entries["person"])
    why = dict(again.left.select("person", "why").iter_rows())
    assert {why[person] for person in rewarded} == {"rewarded on 2026-11-01: again from 2027-01-30"}
    after = given(ranking(20), first.entries, at=AT + timedelta(days=90))
    assert rewarded <= set(after.entries["person"])


def test_the_held_out_wait_while_they_are_measured() -> None:
    first = given(ranking(20))
    (held,) = first.entries.filter(pl.col("role") == HELD_OUT)["person"]
    soon = given(ranking(20), first.entries, at=AT + timedelta(days=29))
    assert held not in soon.entries["person"].to_list()
    later = given(ranking(20), first.entries, at=AT + timedelta(days=30))
    assert held in later.entries["person"].to_list()


def test_another_spelling_is_the_same_person() -> None:
    ledger = given(ranking(4), holdout=0).entries.with_columns(
        person=pl.col("person").str.to_uppercase().str.strip_chars_start("@")
    )
    assert given(ranking(4), ledger).entries.is_empty()


def test_the_same_day_twice_gives_two_rounds_to_different_people() -> None:
    first = given(ranking(20))
    second = given(ranking(20), first.entries)
    assert second.entries["round"].unique().to_list() == ["2026-11-01/2"]
    assert not set(first.entries["person"]) & set(second.entries["person"])


def test_the_quota_is_told() -> None:
    people = ranking(12)
    groups = people.select(
        "person",
        group=pl.Series([1] * 9 + [2, 3, 4], dtype=pl.Int64),
        label=pl.Series(["1: espresso"] * 9 + ["2", "3", "4"]),
    )
    rewards = Rewards(tiers=REWARDS.tiers, quota=0.25)
    made = given(people, groups=groups, rewards=rewards, holdout=0)
    assert made.cap == 1
    assert made.entries["group"].to_list() == ["1: espresso", "2", "3", "4"]
    assert made.left["why"].unique().to_list() == ["the quota of group 1: espresso is full"]


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"budget": 0}, "allowed: a number above 0"),
        ({"budget": float("nan")}, "allowed: a number above 0"),
        ({"budget": 9}, "the cheapest reward costs 10"),
        ({"holdout": 0.6}, "allowed: a share from 0 to 0.5"),
        ({"holdout": -0.1}, "allowed: a share from 0 to 0.5"),
    ],
    ids=str,
)
def test_what_can_not_be_given_is_refused(asked: dict[str, Any], told: str) -> None:
    with pytest.raises(RewardsError, match=told):
        given(ranking(3), **asked)


def test_nobody_eligible_is_no_error() -> None:
    made = given(ranking(2, {0: "ring", 1: "ring"}))
    assert made.entries.is_empty()
    assert made.cost == 0


def test_a_ledger_reads_as_it_was_written(tmp_path: Path) -> None:
    entries = given(ranking(20)).entries
    write_ledger(entries, tmp_path / "rewards.jsonl")
    assert read_ledger(tmp_path / "rewards.jsonl").equals(entries)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "line 2: not JSON"),
        ("[]", "line 2: no entry"),
        ('{"round": "r", "person": "a", "role": "reward"}', "line 2: no at"),
        ('{"round": "r", "person": "a", "role": "gift", "at": "2026-01-01"}', "none of reward"),
        ('{"round": "r", "person": "a", "role": "reward", "at": "soon"}', "no time like"),
        (
            '{"round": "r", "person": "a", "role": "reward", "at": "2026-01-01", "cost": "1"}',
            "cost '1' is no number",
        ),
        ("[" * 100_000, "line 2: not JSON"),
    ],
    ids=["json", "list", "time", "role", "when", "cost", "deep"],
)
def test_a_damaged_ledger_is_refused_whole(tmp_path: Path, line: str, told: str) -> None:
    path = tmp_path / "rewards.jsonl"
    write_ledger(given(ranking(2), holdout=0).entries[:1], path)
    with path.open("a", encoding="utf-8") as opened:
        opened.write(line + "\n")
    with pytest.raises(RewardsError, match=told):
        read_ledger(path)


def test_a_missing_ledger_is_empty_unless_needed(tmp_path: Path) -> None:
    assert read_ledger(tmp_path / "none.jsonl").is_empty()
    with pytest.raises(RewardsError, match="no such ledger"):
        read_ledger(tmp_path / "none.jsonl", needed=True)


def test_a_score_that_is_shown_as_0_gets_nothing() -> None:
    people = ranking(6).with_columns(
        score=pl.Series([90.0, 40.0, 0.5, 0.49, 0.1, 0.0])
    )  # fmt: skip
    found = given(people, holdout=0)
    assert found.entries["person"].to_list() == ["@reader_00", "@reader_01", "@reader_02"]
    assert dict(found.left.select("person", "why").iter_rows()) == dict.fromkeys(
        ("@reader_03", "@reader_04", "@reader_05"), "a score of 0"
    )


def test_it_says_what_is_spent_and_who_may_be_staff() -> None:
    people = ranking(6).with_columns(person=pl.Series(["@harborroast_hq", *"abcde"]))
    people = with_may_be_staff(people, ["Harbor Roast"])
    assert people["may_be_staff"].to_list() == [True, *[False] * 5]
    groups = pl.DataFrame({"person": people["person"], "group": [1] * 5 + [2], "label": "1"})
    groups = groups.with_columns(label=pl.col("group").cast(pl.String))
    tier = Tier("card", 1, "a card")
    found = given(people, groups=groups, rewards=Rewards((tier,), quota=0.5), holdout=0)
    assert found.may_be_staff == ("@harborroast_hq",)
    told = list(assignment_lines(found, Rewards((tier,)), None, Style(width=200)))
    assert told[1] == (
        f"{found.cost:g} of 40 spent: whoever could still get one is in a group that has its "
        f"share; at most {found.cap} for one group of the community"
    )
    assert any("may be staff" in line and "@harborroast_hq" in line for line in told)


@pytest.mark.parametrize(
    ("names", "handle", "said"),
    [
        (["@harborroast"], "@Nora_at_HarborRoast", True),
        (["Harbor Roast"], "@nora.harbor-roast", True),
        (["@harborroast"], "@harbor_walks", False),
        (["@hr"], "@chris_hr", None),  # too short a name to tell by
        ([], "@harborroast_hq", None),
    ],
)
def test_who_may_be_staff(names: list[str], handle: str, said: bool | None) -> None:
    found = with_may_be_staff(pl.DataFrame({"person": [handle]}), names)
    assert found["may_be_staff"].to_list() == [said]
