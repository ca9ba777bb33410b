"""Rings are told by how few people are behind them, wherever mutual acts are usual."""

from datetime import UTC, datetime
from math import erfc, sqrt

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from sharewise.engine.community.gates import closed_circles
from sharewise.engine.community.gates.closed_circles import ROUNDS, people_behind
from sharewise.engine.community.gates.unusual import too_few
from sharewise.engine.community.schema import INTERACTION_SCHEMA
from sharewise.engine.community.score_people import score_people

Pairs = list[tuple[int, int]]
PEOPLE = 12
_person = st.integers(0, PEOPLE - 1)


def frame(pairs: Pairs) -> pl.DataFrame:
    schema = {"from": pl.UInt32, "to": pl.UInt32}
    return pl.DataFrame(sorted(set(pairs)), schema=schema, orient="row")


def behind(pairs: Pairs, rounds: int = ROUNDS) -> list[set[int]]:
    """Return who is behind each person within the rounds, by plain steps."""
    sets = [{person} for person in range(PEOPLE)]
    for _ in range(rounds):
        sets = [
            own.union(*(sets[one] for one, other in pairs if other == person))
            for person, own in enumerate(sets)
        ]
    return sets


@settings(deadline=None)
@given(st.lists(st.tuples(_person, _person), max_size=40), st.sampled_from([2, 1 << 14]))
def test_more_people_behind_are_never_less(pairs: Pairs, rows: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(closed_circles, "_ROWS", rows)
        found = people_behind(frame(pairs), PEOPLE).people
    sets = behind(pairs)
    for one in range(PEOPLE):
        for other in range(PEOPLE):
            if sets[one] == sets[other]:
                assert found[one] == found[other]
            elif sets[one] < sets[other]:
                assert found[one] <= found[other]


@settings(deadline=None)
@given(st.lists(st.tuples(_person, _person), max_size=40))
def test_nobody_more_after_half_the_steps_is_closed(pairs: Pairs) -> None:
    found = people_behind(frame(pairs), PEOPLE).closed
    half, whole = behind(pairs, ROUNDS // 2), behind(pairs)
    assert all(found[one] for one in range(PEOPLE) if half[one] == whole[one])


def test_a_circle_is_closed_and_a_long_row_is_not() -> None:
    row = [(one, one + 1) for one in range(10)] + [(one + 1, one) for one in range(10)]
    assert not people_behind(frame(row), 11).closed.any()
    circle = [(one, other) for one in range(6) for other in range(6) if one != other]
    assert people_behind(frame([*circle, (2, 8)]), 9).closed.tolist() == [True] * 9


def test_sizes_are_about_right() -> None:
    ring = [(one, other) for one in range(40) for other in range(40) if one != other]
    star = [(one, 40) for one in range(41, 3_041)]
    found = people_behind(frame(ring + star), 3_041).people
    assert 20 < found[0] < 80
    assert 1_500 < found[40] < 6_000


@given(
    st.integers(1, 300).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))),
    st.floats(0.001, 0.999),
    st.floats(1, 6),
)
def test_what_is_called_too_few_is_as_unlikely_as_asked(
    counts: tuple[int, int], part: float, surprise: float
) -> None:
    count, found = (np.array([number], dtype=np.int32) for number in counts)
    if too_few(found, (count * part).astype(np.float64), count, surprise)[0]:
        assert binom.cdf(found[0], count[0], part) <= erfc(surprise / sqrt(2)) / 2 * (1 + 1e-9)


@pytest.mark.parametrize(("count", "held"), [(57, False), (74, False), (75, True), (100, True)])
def test_none_where_thirteen_in_a_hundred_are_usual(count: int, held: bool) -> None:
    # 0.87 ** 75 is 2.9e-5, under the 3.2e-5 of four standard deviations; 0.87 ** 74 is 3.3e-5.
    counts = np.array([count], dtype=np.int32)
    assert (
        bool(too_few(np.zeros_like(counts), (counts * 0.13).astype(np.float64), counts, 4.0)[0])
        is held
    )


def friends(people: int, each: int) -> Pairs:
    """Everyone and the next few, both ways, and some friends far away."""
    near = [(one, (one + step) % people) for one in range(people) for step in range(1, each + 1)]
    far = [(one, (one * 7 + 13) % people) for one in range(0, people, 3)]
    ways = [pair for pair in near + far if pair[0] != pair[1]]
    return ways + [(other, one) for one, other in ways]


def test_a_ring_among_friends_is_held_and_the_friends_are_not() -> None:
    ring = [(one, other) for one in range(900, 920) for other in range(900, 920) if one != other]
    days = [datetime(2026, 3, day, tzinfo=UTC) for day in (1, 20)]
    acts = [
        (f"p{one}", f"p{other}", "like", day)
        for one, other in friends(900, 4) + ring
        for day in days
    ]
    schema = {name: INTERACTION_SCHEMA[name] for name in ("from", "to", "kind", "at")}
    rows = pl.DataFrame(acts, schema=schema, orient="row")
    nothing = [
        pl.lit(None, dtype=kind).alias(name)
        for name, kind in INTERACTION_SCHEMA.items()
        if name not in rows.columns
    ]
    people = score_people(rows.with_columns(nothing).select(list(INTERACTION_SCHEMA)))
    held = people.filter(gate="ring")
    assert set(held["person"]) == {f"p{one}" for one in range(900, 920)}
    assert "people are behind their reach however far one follows" in held["evidence"][0]
