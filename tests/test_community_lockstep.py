"""What may be near another act is found without sorting rows, and nothing near is lost."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sharewise.engine.community.gates import company, lockstep, meetings
from sharewise.engine.community.gates.company import in_company
from sharewise.engine.settings_gates import Thresholds

_SOMEBODY = pl.lit(0, dtype=pl.UInt32).alias("from")
_acts = st.lists(
    st.tuples(st.integers(0, 2**32 - 2), st.integers(0, 400_000_000)), min_size=1, max_size=30
)


@given(_acts, st.integers(1, 90_000_000))
def test_no_near_act_is_lost(acts: list[tuple[int, int]], within: int) -> None:
    acts += [(acts[0][0], acts[0][1] + within), (acts[0][0] ^ 1, acts[0][1])]
    schema = {"to": pl.UInt32, "at": pl.Int64}
    frame = pl.DataFrame(acts, schema=schema, orient="row").with_columns(_SOMEBODY)
    found = set(in_company(frame, within, 1).tolist())
    for place, (to, at) in enumerate(acts):
        others = [*acts[:place], *acts[place + 1 :]]
        if any(other == to and abs(then - at) <= within for other, then in others):
            assert place in found


def test_acts_far_apart_are_left_out() -> None:
    hours = [hour * 3_600_000_000 for hour in range(50)]
    rows = pl.DataFrame(
        {"to": [5] * 50 + [6], "at": [*hours, 30]}, schema={"to": pl.UInt32, "at": pl.Int64}
    )
    found = in_company(rows.with_columns(_SOMEBODY), 60_000_000, 1)
    assert not set(found.tolist()) & set(range(1, 50))


def test_acts_of_those_who_act_seldom_or_on_nobody_known_are_left_out() -> None:
    acts = [(0, 5, 0), (0, 5, 1), (1, 5, 2), (0, None, 3), (0, 5, None), (0, 5, 4)]
    schema = {"from": pl.UInt32, "to": pl.UInt32, "at": pl.Int64}
    frame = pl.DataFrame(acts, schema=schema, orient="row")
    assert in_company(frame, 60_000_000, 2).tolist() == [0, 1, 5]


@given(_acts, st.integers(1, 90_000_000))
def test_large_tables_in_parts_by_person_are_as_the_whole(
    acts: list[tuple[int, int]], within: int
) -> None:
    schema = {"to": pl.UInt32, "at": pl.Int64}
    frame = pl.DataFrame(acts, schema=schema, orient="row").with_columns(_SOMEBODY)
    whole = in_company(frame, within, 1).tolist()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(company, "PART_ROWS_BITS", 2)
        assert in_company(frame, within, 1).tolist() == whole


def test_accounts_in_step_are_found_however_few_are_compared_at_a_time() -> None:
    minute, day = 60_000_000, 86_400_000_000
    together = [(one, 100 + turn, turn * day + one * 5_000_000) for turn in range(9)
                for one in range(4)]  # fmt: skip
    alone = [(9 + one, 100 + turn, turn * day + (7 + 3 * one) * minute) for turn in range(9)
             for one in range(4)]  # fmt: skip
    others = [(20 + one, 300 + one % 7, one * 7 * minute) for one in range(200)]
    schema = {"from": pl.UInt32, "to": pl.UInt32, "at": pl.Int64}
    acts = pl.DataFrame(together + alone + others, schema=schema, orient="row")
    found = lockstep.lockstep(acts, Thresholds())
    assert sorted(found) == [0, 1, 2, 3]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(meetings, "PART_ROWS_BITS", 4)
        assert lockstep.lockstep(acts, Thresholds()) == found
