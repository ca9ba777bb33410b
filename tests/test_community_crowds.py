"""Who is in company because everyone is, as at a match, is not in step."""

import numpy as np
import polars as pl
import pytest

from sharewise.engine.community.gates import crowds
from sharewise.engine.community.gates.chance_meetings import beyond_chance
from sharewise.engine.community.gates.crowds import company_of
from sharewise.engine.community.gates.lockstep import lockstep
from sharewise.engine.settings_gates import Thresholds

SECOND, DAY = 1_000_000, 86_400_000_000
SCHEMA = {"from": pl.UInt32, "to": pl.UInt32, "at": pl.Int64}
_Act = tuple[int, int, int]


def frame(acts: list[_Act]) -> pl.DataFrame:
    return pl.DataFrame(acts, schema=SCHEMA, orient="row")


def match(fans: int, goals: int, rng: np.random.Generator) -> list[_Act]:
    """Return what fans do within some 20 seconds of goals of twenty teams, few of them mostly."""
    part = np.minimum(0.15 * (rng.pareto(1.5, fans) + 1), 0.7)
    return [
        (fan, 10_000 + goal % 20, goal * DAY + int(rng.exponential(20 * SECOND)))
        for goal in range(goals)
        for fan in range(fans)
        if rng.random() < part[fan]
    ]


def net(bots: int, goals: range) -> list[_Act]:
    """Return what programs do that are told to act at each goal: all do, within 10 seconds."""
    return [
        (5_000 + bot, 10_000 + goal % 20, goal * DAY + bot * SECOND)
        for goal in goals
        for bot in range(bots)
    ]


def test_a_crowd_is_all_who_act_on_the_same_one_within_a_minute() -> None:
    acts = frame(
        [
            (1, 9, 600 * SECOND),
            (2, 9, 610 * SECOND),
            (2, 9, 611 * SECOND),
            (3, 9, 590 * SECOND),
            (4, 9, 900 * SECOND),
            (5, 8, 600 * SECOND),
            (1, 8, 600 * SECOND),
            (1, 9, 5_000 * SECOND),
        ]
    )
    found = company_of(acts, pl.Series([1, 4], dtype=pl.UInt32), 60 * SECOND)
    # At 600 s person 1 acts on two: two others act on the one, one on the other. Later: nobody.
    assert dict(found.iter_rows()) == {1: 2.0, 4: 0.0}


def test_what_is_expected_of_an_account_is_its_part_of_each_crowd() -> None:
    # Of 40 acts person 2 makes 10. Person 1 is ten times with two others: 5 meetings by chance.
    acts = [(who, 100 + turn, turn * DAY) for turn in range(10) for who in (1, 2, 3)]
    acts += [(4 + turn, 200 + turn, turn * DAY) for turn in range(10)]
    pairs = pl.DataFrame(
        {"from": [1], "with": [2], "shared": [10], "moments": [10]},
        schema_overrides={"from": pl.UInt32, "with": pl.UInt32},
    )
    strict = beyond_chance(pairs, frame(acts), Thresholds(surprise=3.0))
    assert strict["by_chance"].to_list() == [5.0]
    # 10 · ln 2 = 6.93 is more than −ln of the chance of three standard deviations, 6.61.
    assert beyond_chance(pairs, frame(acts), Thresholds(surprise=3.1)).is_empty()


def test_fans_of_a_match_are_not_in_step_and_programs_among_them_are() -> None:
    fans = match(60, 40, np.random.default_rng(4))
    assert not lockstep(frame(fans), Thresholds())
    found = lockstep(frame(fans + net(5, range(0, 40, 3))), Thresholds())
    assert sorted(found) == [5_000, 5_001, 5_002, 5_003, 5_004]


def league(teams: int) -> list[_Act]:
    """Return the matches of several leagues, each with two hundred fans and teams of its own."""
    rng = np.random.default_rng(6)
    return [
        (1_000 * one + fan, 100 * one + to, at + one * 3_600 * SECOND)
        for one in range(teams)
        for fan, to, at in match(200, 40, rng)
    ]


def test_fans_of_one_of_many_leagues_are_not_in_step_and_programs_among_them_are() -> None:
    fans = league(6)
    programs = [
        (who + 90_000, to + 300, at + 3 * 3_600 * SECOND) for who, to, at in net(5, range(0, 40, 3))
    ]
    found = lockstep(frame(fans + programs), Thresholds())
    assert {95_000, 95_001, 95_002, 95_003, 95_004} <= found.keys()
    assert len(found) - 5 < 0.01 * 6 * 200  # Of all fans; by the part of all acts alone, 41 %.


def test_programs_where_crowds_are_rare_are_in_step() -> None:
    alone = [(one, 10_000 + one % 50, one * 1_000 * SECOND) for one in range(3_000)]
    found = lockstep(frame(alone + net(30, range(12))), Thresholds())
    assert len(found) == 30
    assert "(" in found[5_000][1]


def test_large_crowds_are_counted_in_parts() -> None:
    acts = frame(match(30, 40, np.random.default_rng(5)))
    people = acts["from"].unique()
    whole = company_of(acts, people, 60 * SECOND).sort("from")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(crowds, "PART_ROWS_BITS", 5)
        assert company_of(acts, people, 60 * SECOND).sort("from").equals(whole)
