"""The difference and its interval, against cases worked out by hand."""

import math
import random

import pytest

from sharewise.engine.community.rewards.permutation import Stratum, difference


def test_one_held_out_gives_the_differences_between_people() -> None:
    # Held out 1; rewarded 5, 7, 9. Mean difference 7 - 1 = 6. Had d been added to all rewarded,
    # the draw of another as held out would look as large from d = 5-1, 7-1, 9-1 = 4, 6, 8 on.
    found = difference([Stratum((5, 7, 9), (1,))], confidence=0.4)
    assert found.estimate == 6
    assert (found.low, found.high) == pytest.approx((4, 8))  # a tail of .3 leaves out 1 of 4 draws
    assert found.exact
    assert found.p == 0.5  # 1 of 4 draws is as large, twice that for both sides


def test_four_draws_can_not_give_95_percent() -> None:
    found = difference([Stratum((5, 7, 9), (1,))])
    assert (found.low, found.high) == (-math.inf, math.inf)
    assert not found.evidence


def test_strata_weigh_as_many_as_they_have_people() -> None:
    strata = [Stratum((3, 5), (1,)), Stratum((10,), (4,))]
    # (3 people · (4 - 1) + 2 people · (10 - 4)) / 5 = (9 + 12) / 5
    assert difference(strata).estimate == pytest.approx(21 / 5)


def test_ten_pairs_that_all_rose_by_two() -> None:
    strata = [Stratum((held + 2.0,), (float(held),)) for held in range(10)]
    found = difference(strata)
    assert found.estimate == pytest.approx(2)
    assert (found.low, found.high) == pytest.approx((2, 2))
    assert found.p == pytest.approx(2 / 1024)  # of 2^10 draws only the one drawn is as large
    assert found.evidence
    assert found.exact


def test_the_sign_test_of_ten_pairs() -> None:
    # Differences 1, 2, … 9 and -1: the sums of signed differences, all 1,024 looked at by hand
    # in the loop below, are the textbook's randomization test.
    gaps = [1, 2, 3, 4, 5, 6, 7, 8, 9, -1]
    found = difference([Stratum((float(gap),), (0.0,)) for gap in gaps])
    sums = []
    for way in range(1024):
        signs = [1 if way >> at & 1 else -1 for at in range(10)]
        sums.append(sum(sign * gap for sign, gap in zip(signs, gaps, strict=True)))
    at_least = sum(one >= sum(gaps) for one in sums)
    assert found.p == pytest.approx(2 * at_least / 1024)


def test_the_interval_moves_with_the_difference() -> None:
    numbers = random.Random(5)
    base = [([numbers.gauss(3, 2) for _ in range(4)], [numbers.gauss(3, 2)]) for _ in range(12)]
    flat = difference([Stratum(tuple(t), tuple(c)) for t, c in base], seed=1)
    moved = difference([Stratum(tuple(v + 10 for v in t), tuple(c)) for t, c in base], seed=1)
    assert moved.low == pytest.approx(flat.low + 10)
    assert moved.high == pytest.approx(flat.high + 10)
    assert not flat.exact
    assert flat.low < flat.estimate < flat.high


def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    held = 0
    for seed in range(200):
        numbers = random.Random(seed)
        strata = []
        for _ in range(6):
            people = [numbers.expovariate(0.2) for _ in range(4)]
            out = numbers.randrange(4)
            rest = [value + 3 for at, value in enumerate(people) if at != out]
            strata.append(Stratum(tuple(rest), (people[out],)))
        found = difference(strata, confidence=0.8)
        held += found.low <= 3 <= found.high
    assert 0.8 <= held / 200 <= 0.9  # exact tests err on the safe side


def test_the_same_seed_gives_the_same_interval() -> None:
    numbers = random.Random(1)
    strata = [
        Stratum(tuple(numbers.random() for _ in range(4)), (numbers.random(),)) for _ in range(20)
    ]
    assert difference(strata, seed=3) == difference(strata, seed=3)


def test_many_held_out_in_one_stratum() -> None:
    values = [float(value) for value in range(40)]
    found = difference([Stratum(tuple(values[20:]), tuple(values[:20]))], seed=2)
    assert found.estimate == 20
    assert found.evidence
    assert not found.exact
