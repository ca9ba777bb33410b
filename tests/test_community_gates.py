"""Each gate holds back whom it should, says why, and can be lifted."""

from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl
import pytest

from sharewise.engine.community.attacking import TOP, attack_community
from sharewise.engine.community.edges import edges_of
from sharewise.engine.community.reading import interactions_from_frame
from sharewise.engine.community.score_people import score_people
from sharewise.engine.settings_community import CommunitySettings, community_from, days
from sharewise.engine.settings_gates import GATES

END = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
Rows = list[tuple[str, str, str, float]]


def interactions(rows: Rows, **more: list[object]) -> pl.DataFrame:
    table = {
        "from": [row[0] for row in rows],
        "to": [row[1] for row in rows],
        "kind": [row[2] for row in rows],
        "at": [END - timedelta(days=row[3]) for row in rows],
    }
    return interactions_from_frame(pl.DataFrame(table | more)).interactions


@pytest.fixture(scope="module")
def crowd() -> Rows:
    """A community of 300 where people act on the popular more often, over 60 days."""
    rng = np.random.default_rng(5)
    popular = np.arange(1, 301) ** -0.8
    popular /= popular.sum()
    rows = [
        (f"p{a}", f"p{b}", "share", float(day))
        for a, b, day in zip(
            rng.choice(300, 4_000, p=popular[::-1] * 0.5 + 0.5 / 300),
            rng.choice(300, 4_000, p=popular),
            rng.uniform(0, 60, 4_000),
            strict=True,
        )
        if a != b
    ]
    return rows


def gate(people: pl.DataFrame, name: str) -> tuple[str | None, str]:
    row = people.row(by_predicate=pl.col("person") == name, named=True)
    return row["gate"], row["evidence"]


def test_honest_crowd_is_ranked(crowd: Rows) -> None:
    people = score_people(interactions(crowd))
    held = people.filter(pl.col("gate").is_not_null() & (pl.col("gate") != "below_threshold"))
    assert held.height <= 3
    assert people.filter(pl.col("rank").is_not_null()).height > 200


def test_farm_is_a_single_source(crowd: Rows) -> None:
    farm: Rows = [(f"f{n}", "villain", "share", n / 100) for n in range(60)]
    own: Rows = [("villain", f"p{n}", "share", float(n)) for n in range(30)]
    acts = interactions([*crowd, *farm, *own])
    found, told = gate(score_people(acts), "villain")
    assert found == "single_source"
    assert "60 of 60 accounts" in told
    lifted = score_people(acts, allow=["single_source"])
    assert gate(lifted, "villain")[0] is None


def test_ring_is_told(crowd: Rows) -> None:
    ring: Rows = [
        (f"r{a}", f"r{b}", "like", 1 + a / 50 + b / 900)
        for a in range(12)
        for b in range(12)
        if a != b
    ]
    own: Rows = [("r0", f"p{n}", "share", float(n)) for n in range(20)]
    found, told = gate(score_people(interactions([*crowd, *ring, *own])), "r0")
    assert found == "ring"
    assert "11 of 11" in told


def test_friends_in_a_mutual_community_are_no_ring() -> None:
    """Where all praise is returned, as in a forum of friends, nobody stands out by it."""
    rng = np.random.default_rng(2)
    pairs = {(int(a), int(b)) for a, b in rng.integers(0, 40, (400, 2)) if a != b}
    rows: Rows = [
        (f"p{x}", f"p{y}", "like", (a + b) % 50 + 0.01)
        for a, b in pairs
        for x, y in ((a, b), (b, a))
    ]
    people = score_people(interactions(rows))
    assert "ring" not in people["gate"].to_list()


def test_lockstep_again_and_again(crowd: Rows) -> None:
    together: Rows = [
        (who, f"p{n}", "share", n * 2 + shift)
        for n in range(12)
        for who, shift in (("twin-a", 0.5), ("twin-b", 0.5 + 20 / 86_400))
    ]
    fans: Rows = [(f"p{n + 100}", "twin-a", "like", n + 0.3) for n in range(8)]
    found, told = gate(score_people(interactions([*crowd, *together, *fans])), "twin-a")
    assert found == "lockstep"
    assert "12 of the 12 times" in told
    assert "twin-b" in told


def test_one_post_to_many_is_no_lockstep(crowd: Rows) -> None:
    at = 3.0
    burst: Rows = [(who, f"p{n}", "mention", at) for n in range(20) for who in ("one", "two")]
    fans: Rows = [(f"p{n + 100}", "one", "like", n + 0.3) for n in range(8)]
    more: Rows = [("one", "p1", "share", 9.0)]
    assert gate(score_people(interactions([*crowd, *burst, *fans, *more])), "one")[0] is None


def test_sleepless_is_likely_a_bot(crowd: Rows) -> None:
    bot: Rows = [("robot", f"p{n % 9}", "like", n / 24 + 0.02) for n in range(72)]
    fans: Rows = [(f"p{n}", "robot", "like", n + 0.3) for n in range(8)]
    found, told = gate(score_people(interactions([*crowd, *bot, *fans])), "robot")
    assert found == "likely_bot"
    assert "24 of 24 hours" in told


def test_named_people_are_held_back(crowd: Rows) -> None:
    rewarded = pl.DataFrame({"person": ["P3"], "at": [END - timedelta(days=10)]})
    chosen = CommunitySettings(opted_out=("@p2",))
    people = score_people(
        interactions(crowd),
        employees=["@P0"],
        competitors=["p1"],
        rewarded=rewarded,
        settings=chosen,
    )
    assert gate(people, "p0")[0] == "employee"
    assert gate(people, "p1")[0] == "competitor"
    assert gate(people, "p2")[0] == "no_consent"
    assert gate(people, "p3") [0] == "recently_rewarded"  # fmt: skip
    assert "rewarded on 2026-11-20" in gate(people, "p3")[1]


def test_consent_list_leaves_out_all_others(crowd: Rows) -> None:
    people = score_people(interactions(crowd), settings=CommunitySettings(consent=("p0", "p1")))
    assert set(people.filter(pl.col("rank").is_not_null())["person"]) == {"p0", "p1"}


def test_negative_voices() -> None:
    rows: Rows = [("gull", "harbor", "comment", float(n)) for n in range(20)]
    rows += [(f"p{n}", "gull", "like", float(n)) for n in range(4)]
    sentiment = [-0.6] * 20 + [None] * 4
    acts = interactions(rows, sentiment=list(sentiment))
    found, told = gate(score_people(acts, brand=["harbor"]), "gull")
    assert found == "negative"
    assert "20 of 20" in told


def test_complaints_are_negative_without_sentiment() -> None:
    rows: Rows = [("gull", "harbor", "dislike", float(n)) for n in range(20)]
    rows += [("gull", "harbor", "share", 0.5)]
    rows += [(f"p{n}", "gull", "like", float(n)) for n in range(4)]
    assert gate(score_people(interactions(rows), brand=["harbor"]), "gull")[0] == "negative"


def test_too_new_where_the_data_are_long(crowd: Rows) -> None:
    new: Rows = [("newcomer", f"p{n}", "like", n * 0.9 + 0.1) for n in range(3)]
    fans: Rows = [(f"p{n}", "newcomer", "like", n / 5) for n in range(9)]
    assert gate(score_people(interactions([*crowd, *new, *fans])), "newcomer")[0] == "too_new"


def test_no_follower_minimum(crowd: Rows) -> None:
    acts = interactions(crowd).with_columns(followers=pl.lit(3, dtype=pl.Int64))
    assert score_people(acts).filter(pl.col("rank").is_not_null()).height > 200


def test_all_attacks_are_held_back(crowd: Rows) -> None:
    attacks, cost, looked_at = attack_community(edges_of(interactions(crowd)))
    assert attacks["rank"].null_count() == attacks.height, attacks
    assert cost.filter(pl.col("gate") != "below_threshold")["people"].sum() <= 10
    assert cost["people"].sum() < looked_at < TOP


def test_gate_thresholds_come_from_settings(crowd: Rows) -> None:
    read = community_from(
        {"half_life": "36h", "allow": ["ring"], "gates": {"amplifiers": 1}}, "sharewise.toml"
    )
    assert read.half_life == 1.5
    many = score_people(interactions(crowd), settings=read)
    few = score_people(interactions(crowd))
    assert many["rank"].count() >= few["rank"].count()


@pytest.mark.parametrize(
    ("text", "expected"), [("14d", 14), ("36h", 1.5), ("2w", 14), ("7", 7), (3, 3), ("10 days", 10)]
)
def test_spans(text: object, expected: float) -> None:
    assert days(text, "x") == expected


@pytest.mark.parametrize("code", list(GATES))
def test_every_gate_is_explained(code: str) -> None:
    assert GATES[code]
