"""What the rewarded did after: counted by hand, and plain where there is no evidence."""

from datetime import UTC, datetime, timedelta

import polars as pl
import pytest

from sharewise.engine.community.rewards.ledger import LEDGER_SCHEMA
from sharewise.engine.community.rewards.measuring import measure_rewards
from sharewise.engine.community.schema import INTERACTION_SCHEMA
from sharewise.engine.errors import RewardsError

AT = datetime(2026, 11, 1, tzinfo=UTC)
HORIZON = timedelta(days=30)
BRAND = ["@HarborRoast"]


def ledger(*strata: str) -> pl.DataFrame:
    """Return a round in which each letter of a stratum is a person, the capital one held out."""
    rows = [
        {
            "round": "2026-11-01/1",
            "at": AT,
            "person": f"@{letter.lower()}{number}",
            "role": "held out" if letter.isupper() else "reward",
            "stratum": number,
        }
        for number, people in enumerate(strata, 1)
        for letter in people
    ]
    return pl.DataFrame(rows, schema=LEDGER_SCHEMA)


def acts(*rows: tuple[str, str | None, float]) -> pl.DataFrame:
    """Return acts of from, to, days after the round."""
    made = [
        {"from": u, "to": v, "kind": "reply", "at": AT + timedelta(days=day)} for u, v, day in rows
    ]
    return pl.DataFrame(made, schema=INTERACTION_SCHEMA)


def test_only_what_comes_after_and_within_the_horizon_counts() -> None:
    interactions = acts(
        ("a1", "harborroast", 0),  # at the time of the round: not after it
        ("@A1", "@harborroast", 1),
        ("a1", "someone", 30),  # the last moment of the horizon
        ("a1", "harborroast", 30.1),
        ("a1", "a1", 2),  # with oneself
        ("b1", None, 3),  # a post whose author nobody names
        ("x", "a1", 4),
        ("x", "a1", 5),
        ("y", "a1", 6),
        ("z", "b1", -1),
        ("x", "z", 40),
    )
    found = measure_rewards(interactions, ledger("aB"), brand=BRAND, horizon=HORIZON)
    told = {one.outcome: (one.rewarded, one.held_out) for one in found.effects}
    assert told == {"brand": (1, 0), "acts": (2, 1), "reached": (2, 0)}
    assert (found.rewarded, found.held_out, found.days) == (1, 1, 30)


def test_ten_strata_in_which_the_rewarded_do_two_more() -> None:
    people = ledger(*["aB"] * 10)
    rows = [("w", "w2", 31.0)]
    for number in range(1, 11):
        rows += [(f"a{number}", "harborroast", day) for day in range(1, number + 3)]
        rows += [(f"b{number}", "harborroast", day) for day in range(1, number + 1)]
    found = measure_rewards(acts(*rows), people, brand=BRAND, horizon=HORIZON)
    effect = found.effects[0]
    assert effect.outcome == "brand"
    assert (effect.rewarded, effect.held_out) == (7.5, 5.5)
    assert effect.difference.estimate == pytest.approx(2)
    assert (effect.difference.low, effect.difference.high) == pytest.approx((2, 2))
    assert effect.difference.evidence


def test_no_evidence_where_chance_would_do() -> None:
    people = ledger(*["abcD"] * 3)
    rows = [("w", "w2", 31.0), ("a1", "harborroast", 1.0), ("d2", "harborroast", 2.0)]
    found = measure_rewards(acts(*rows), people, brand=BRAND, horizon=HORIZON)
    assert not any(one.difference.evidence for one in found.effects)


def test_a_brand_that_is_not_named_is_not_counted() -> None:
    found = measure_rewards(acts(("a1", "x", 1)), ledger("aB"), brand=[], horizon=HORIZON)
    assert [one.outcome for one in found.effects] == ["acts", "reached"]


def test_interactions_that_end_early_count_until_then_for_everyone() -> None:
    found = measure_rewards(acts(("a1", "x", 10)), ledger("aB"), brand=[], horizon=HORIZON)
    assert found.days == 10
    assert "10 days after the newest round" in found.notes[0]


def test_people_without_anybody_to_compare_are_said() -> None:
    found = measure_rewards(acts(("a1", "x", 31)), ledger("aB", "cd"), brand=[], horizon=HORIZON)
    assert found.notes == ("2 people have nobody to be held against and are left out",)
    assert (found.rewarded, found.held_out) == (1, 1)


@pytest.mark.parametrize(
    ("people", "interactions", "told"),
    [
        (ledger("ab"), acts(("a1", "x", 1)), "nobody held out beside somebody rewarded"),
        (ledger("aB"), acts(("a1", "x", -1)), "no interaction after 2026-11-01"),
        (ledger("aB"), acts(), "no times"),
        (ledger(), acts(("a1", "x", 1)), "nobody held out"),
    ],
    ids=["no control", "too soon", "no times", "empty"],
)
def test_what_can_not_be_told_is_said(
    people: pl.DataFrame, interactions: pl.DataFrame, told: str
) -> None:
    with pytest.raises(RewardsError, match=told):
        measure_rewards(interactions, people, brand=[], horizon=HORIZON)
