"""Whom the budget reaches: tiers, strata of the held out, quota; worked out by hand."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharewise.engine.community.rewards.choosing import BUDGET, PEOPLE, Candidate, Choice, choose
from sharewise.engine.settings_rewards import Tier

ONE = Tier("one", 1.0, "a cup")


def people(groups: str) -> list[Candidate]:
    """Return a candidate a letter, which is their group (``.``: none), ranked as written."""
    return [
        Candidate(f"p{at}", at + 1, 100.0 - at, None if group == "." else ord(group))
        for at, group in enumerate(groups)
    ]


def lots(choice: Choice) -> dict[str, str | None]:
    return {one.candidate.person: one.tier.name if one.tier else None for one in choice.chosen}


def test_without_holdout_the_best_get_the_dearest_until_the_money_is_gone() -> None:
    tiers = (
        Tier("gold", 50, "g", places=1),
        Tier("silver", 20, "s", places=2),
        Tier("bronze", 5, "b"),
    )
    choice = choose(people("......"), tiers, budget=104, holdout=0, quota=1, seed=0)
    # 50 + 20 + 20 + 5 + 5 = 100; the sixth would make 105
    assert lots(choice) == {
        "p0": "gold", "p1": "silver", "p2": "silver", "p3": "bronze", "p4": "bronze"
    }  # fmt: skip
    assert choice.left == 4
    assert choice.ended == BUDGET


def test_a_tier_that_the_rest_of_the_budget_does_not_pay_gives_way_to_a_cheaper_one() -> None:
    tiers = (Tier("gold", 50, "g"), Tier("bronze", 5, "b"))
    assert lots(choose(people("..."), tiers, budget=60, holdout=0, quota=1, seed=0)) == {
        "p0": "gold", "p1": "bronze", "p2": "bronze"
    }  # fmt: skip


def test_a_score_too_low_for_a_tier_gets_the_next() -> None:
    tiers = (Tier("gold", 50, "g", least_score=100), Tier("bronze", 5, "b"))
    chosen = lots(choose(people(".."), tiers, budget=200, holdout=0, quota=1, seed=0))
    assert chosen == {"p0": "gold", "p1": "bronze"}


@pytest.mark.parametrize("seed", range(20))
def test_one_of_each_five_near_ranks_is_held_out(seed: int) -> None:
    choice = choose(people("." * 40), (ONE,), budget=16, holdout=0.2, quota=1, seed=seed)
    # 16 rewards are four fifths of 20 people: ranks 1-20 in four strata, one out in each
    assert [one.candidate.rank for one in choice.chosen] == list(range(1, 21))
    assert [one.stratum for one in choice.chosen] == [1] * 5 + [2] * 5 + [3] * 5 + [4] * 5
    out = [one.stratum for one in choice.chosen if one.tier is None]
    assert out == [1, 2, 3, 4]
    assert choice.left == 0


def test_every_place_in_a_stratum_is_held_out_sometimes() -> None:
    out = Counter(
        one.candidate.rank
        for seed in range(500)
        for one in choose(people("....."), (ONE,), budget=4, holdout=0.2, quota=1, seed=seed).chosen
        if one.tier is None
    )
    assert sorted(out) == [1, 2, 3, 4, 5]
    assert min(out.values()) > 65  # 100 each expected, sd 9


def test_strata_follow_a_share_that_is_no_whole_number() -> None:
    choice = choose(people("." * 10), (ONE,), budget=7, holdout=0.3, quota=1, seed=1)
    # ends at round(1/.3), round(2/.3), round(3/.3) = 3, 7, 10
    assert Counter(one.stratum for one in choice.chosen) == {1: 3, 2: 4, 3: 3}
    assert sum(one.tier is None for one in choice.chosen) == 3


def test_the_last_stratum_is_cut_to_what_the_budget_pays() -> None:
    choice = choose(people("." * 20), (ONE,), budget=6, holdout=0.2, quota=1, seed=1)
    assert Counter(one.stratum for one in choice.chosen) == {1: 5, 2: 3}
    assert sum(one.tier is not None for one in choice.chosen) == 6


def test_one_person_left_over_is_rewarded_without_anybody_held_out() -> None:
    choice = choose(people("......"), (ONE,), budget=99, holdout=0.2, quota=1, seed=1)
    assert [one.stratum for one in choice.chosen] == [1] * 5 + [2]
    assert choice.chosen[-1].tier == ONE
    assert choice.ended == PEOPLE


def test_a_group_gets_no_more_than_its_quota() -> None:
    # 8 rewards, a quarter each: two for each of a, b, c, d, whoever ranks first
    choice = choose(people("aaaaaabbbccccddd"), (ONE,), budget=8, holdout=0, quota=0.25, seed=0)
    assert choice.cap == 2
    assert list(lots(choice)) == ["p0", "p1", "p6", "p7", "p9", "p10", "p13", "p14"]


def test_with_fewer_groups_than_the_quota_allows_each_gets_an_equal_part() -> None:
    choice = choose(people("aaaaaabbbb"), (ONE,), budget=6, holdout=0, quota=0.25, seed=0)
    assert choice.cap == 3  # half of six, not a quarter
    assert list(lots(choice)) == ["p0", "p1", "p2", "p6", "p7", "p8"]


def test_an_equal_part_is_rounded_up_so_that_the_budget_is_spent() -> None:
    choice = choose(people("aaabbbccc"), (ONE,), budget=4, holdout=0, quota=0.25, seed=0)
    assert choice.cap == 2  # four among three groups
    assert list(lots(choice)) == ["p0", "p1", "p3", "p4"]


def test_a_quota_grows_with_the_rewards_that_cheaper_tiers_make_of_the_rest() -> None:
    tiers = (Tier("gold", 5, "g"), Tier("card", 1, "c"))
    # without quota: gold, gold, card = 3 rewards, so one a group; that leaves 5 + 5 of 11 spent
    # and one over: still two rewards, half of them 1
    choice = choose(people("aabb"), tiers, budget=11, holdout=0, quota=0.5, seed=0)
    assert lots(choice) == {"p0": "gold", "p2": "gold"}
    # gold once, cards for all others: 4 rewards, two a group
    few = (Tier("gold", 5, "g", places=1), Tier("card", 1, "c"))
    choice = choose(people("aaabbb"), few, budget=20, holdout=0, quota=0.5, seed=0)
    assert len(choice.chosen) == 6


def test_a_quota_never_shuts_a_group_out() -> None:
    choice = choose(people("abc"), (ONE,), budget=2, holdout=0, quota=0.1, seed=0)
    assert choice.cap == 1
    assert list(lots(choice)) == ["p0", "p1"]


def test_the_same_seed_draws_the_same() -> None:
    def drawn(seed: int) -> dict[str, str | None]:
        return lots(choose(people("." * 50), (ONE,), budget=40, holdout=0.2, quota=1, seed=seed))

    assert drawn(3) == drawn(3)
    assert drawn(3) != drawn(4)


@given(
    groups=st.text("abc.", max_size=40),
    costs=st.lists(st.integers(1, 9), min_size=1, max_size=3, unique=True),
    budget=st.integers(1, 60),
    holdout=st.sampled_from([0, 0.1, 0.2, 0.33, 0.5]),
    quota=st.sampled_from([0.1, 0.25, 0.5, 1]),
    seed=st.integers(0, 9),
)
def test_never_over_the_budget_the_quota_or_twice(
    groups: str, costs: list[int], budget: int, holdout: float, quota: float, seed: int
) -> None:
    tiers = tuple(Tier(str(cost), cost, "x") for cost in sorted(costs, reverse=True))
    choice = choose(people(groups), tiers, budget=budget, holdout=holdout, quota=quota, seed=seed)
    spent = sum(one.tier.cost for one in choice.chosen if one.tier)
    assert spent <= budget
    assert choice.left == pytest.approx(budget - spent)
    names = [one.candidate.person for one in choice.chosen]
    assert len(names) == len(set(names))
    given_to = Counter(one.candidate.group for one in choice.chosen if one.tier)
    if choice.cap is not None:
        assert all(count <= choice.cap for group, count in given_to.items() if group is not None)
    for stratum in {one.stratum for one in choice.chosen}:
        some = [one for one in choice.chosen if one.stratum == stratum]
        if holdout and len(some) > 1:
            assert sum(one.tier is None for one in some) == 1


def test_a_tier_of_the_ranking_is_for_those_who_reached_it() -> None:
    tiers = (Tier("gold", 9, "g"), Tier("silver", 4, "s"))
    choice = choose(
        people("......"), tiers, budget=99, holdout=0, quota=1, seed=0,
        last_ranks={"gold": 1, "silver": 3},
    )  # fmt: skip
    assert lots(choice) == {"p0": "gold", "p1": "silver", "p2": "silver"}
