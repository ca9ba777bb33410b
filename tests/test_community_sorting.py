"""Codes, pairs, days and orders by sorting whole numbers are those of a plain loop."""

from collections import Counter

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sharewise.engine.community import arrays, hash_codes, packed_pairs, parts
from sharewise.engine.community.hash_codes import HashCodes
from sharewise.engine.community.ordering import descending
from sharewise.engine.community.packed_pairs import packing_of
from sharewise.engine.community.pairs import pairs_of
from sharewise.engine.community.parts import DAY, Clock, daily

_hash = st.integers(1, 2**64 - 1)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(_hash | st.integers(1, 40), max_size=60), max_size=6),
    st.sampled_from([3, 64]),
)
def test_codes_are_given_in_the_order_of_arrival(batches: list[list[int]], block: int) -> None:
    known: dict[int, int] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hash_codes, "_BLOCK", block)
        patch.setattr(hash_codes, "_FIRST_SIZE", 4)
        table = HashCodes()
        for batch in batches:
            codes, new = table.codes(np.array(batch, dtype=np.uint64))
            assert sorted(batch[at] for at in new) == sorted(set(batch) - set(known))
            known |= {batch[at]: len(known) + place for place, at in enumerate(new)}
            assert codes.tolist() == [known[one] for one in batch]


def test_hashes_that_want_one_place_all_get_a_code() -> None:
    table = HashCodes()
    inverse = pow(0x9E3779B97F4A7C15, -1, 2**64)
    crowd = np.array([(n * inverse) % 2**64 for n in range(1, 400)], dtype=np.uint64)
    codes, new = table.codes(crowd)
    assert sorted(codes.tolist()) == list(range(399))
    assert len(new) == 399
    again, none = table.codes(crowd)
    assert again.tolist() == codes.tolist()
    assert not len(none)


@given(st.lists(st.sampled_from([0.0, 1.0, 1.5]) | st.floats(0, 1e9, width=32), max_size=50))
def test_descending_is_a_stable_sort(values: list[float]) -> None:
    array = np.array(values, dtype=np.float64)
    assert descending(array).tolist() == np.argsort(-array, kind="stable").tolist()


def test_values_that_differ_in_their_last_bits_alone_are_in_order() -> None:
    values = 1.0 + np.arange(300) % 7 * np.finfo(float).eps
    assert descending(values).tolist() == np.argsort(-values, kind="stable").tolist()


_acts = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 5)), min_size=1)


@settings(max_examples=40, deadline=None)
@given(_acts, st.sampled_from([(64, 2, 0), (64, 20, 18), (8, 2, 18), (5, 1, 1)]))
def test_pairs_in_any_number_of_parts(
    acts: list[tuple[int, int, int]], sizes: tuple[int, int, int]
) -> None:
    frame = _frame(acts).filter(pl.col("from") != pl.col("to"))
    last: dict[tuple[int, int], int] = {}
    for from_, to, at in frame.iter_rows():
        last[from_, to] = max(last.get((from_, to), at), at)
    with pytest.MonkeyPatch.context() as patch:
        for name, size in zip(("_BITS", "_BLOCK_BITS", "_PART_ROWS_BITS"), sizes, strict=True):
            patch.setattr(packed_pairs, name, size)
        pairs = pairs_of(frame)
    found = {(from_, to): (at, mutual) for from_, to, at, mutual in pairs.iter_rows()}
    assert len(found) == pairs.height
    assert found == {(a, b): (at, (b, a) in last) for (a, b), at in last.items()}


def test_many_acts_are_sorted_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    frame = _frame([(n % 9, 9, n % 5) for n in range(90)])
    whole = packing_of(frame)
    monkeypatch.setattr(packed_pairs, "_PART_ROWS_BITS", 3)
    several = packing_of(frame)
    assert (whole and whole.parts, several and several.parts) == (0, 4)


@settings(max_examples=40, deadline=None)
@given(_acts, st.sampled_from([1, 3, 1 << 18]), st.sampled_from([0, 27, 40]))
def test_days_of_each_person(acts: list[tuple[int, int, int]], block: int, shift: int) -> None:
    frame = _frame(acts).with_columns(pl.col("from") + (1 << min(shift, 28)))
    clock = Clock(6 * DAY * (1 if shift < 40 else 400), 0, 14.0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(arrays, "BLOCK", block)
        patch.setattr(parts, "_DAY_ROWS_BITS", 3 if block == 3 else 25)
        person, day, count = (
            np.concatenate(some) for some in zip(*daily(frame, clock), strict=True)
        )
    found = dict(zip(zip(person.tolist(), day.tolist(), strict=True), count.tolist(), strict=True))
    assert len(found) == len(person)
    assert found == Counter(
        (from_, (clock.as_of - at) // DAY) for from_, _, at in frame.iter_rows()
    )
    runs = [one for at, one in enumerate(person.tolist()) if not at or person[at - 1] != one]
    assert len(runs) == len(set(runs))


def _frame(acts: list[tuple[int, int, int]]) -> pl.DataFrame:
    frame = pl.DataFrame(acts, schema=["from", "to", "at"], orient="row")
    return frame.select(
        pl.col("from", "to").cast(pl.UInt32), pl.col("at").cast(pl.Int64) * 90_000_000_000
    )
