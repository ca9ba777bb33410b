"""Ranks and repeated numbers found on disk are those found in memory."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sharewise.engine.batch import sorted_runs
from sharewise.engine.batch.sorted_runs import buckets, merge, ranks, repeated, write_run

SCORES = st.lists(
    st.lists(st.floats(-1e6, 1e6, allow_nan=False).map(lambda one: round(one, 1)), max_size=30),
    min_size=1,
    max_size=6,
)


@settings(max_examples=80, deadline=None)
@given(SCORES, st.integers(1, 40))
def test_ranks(
    tmp_path_factory: pytest.TempPathFactory, parts: list[list[float]], size: int
) -> None:
    folder = tmp_path_factory.mktemp("runs")
    runs = [
        write_run(number, np.array(part, dtype=float), folder / f"{number}.npy")
        for number, part in enumerate(parts)
    ]
    everything = [score for part in parts for score in part]
    whole = merge(runs, folder / "all.f64", size)
    assert np.fromfile(whole).tolist() == sorted(everything)
    for part in parts:
        found = ranks(whole, np.array(part, dtype=float))
        assert found.tolist() == [1 + sum(other > one for other in everything) for one in part]


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sets(st.integers(0, 2**64 - 1).map(lambda n: n % 50 * 3**36)), min_size=1,
                max_size=6), st.integers(1, 20))  # fmt: skip
def test_repeated(
    tmp_path_factory: pytest.TempPathFactory, parts: list[set[int]], size: int
) -> None:
    folder = tmp_path_factory.mktemp("runs")
    runs = [
        write_run(number, np.array(sorted(part), dtype=np.uint64), folder / f"{number}.npy")
        for number, part in enumerate(parts)
    ]
    expected: dict[int, set[int]] = {}
    seen: set[int] = set()
    for number, part in enumerate(parts):
        if part & seen:
            expected[number] = part & seen
        seen |= part
    found = {part: set(numbers.tolist()) for part, numbers in repeated(runs, size).items()}
    assert found == expected


def test_buckets_are_small(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    runs = [write_run(n, rng.normal(size=2000), tmp_path / f"{n}.npy") for n in range(20)]
    sizes = [sum(len(one) for _, one in bucket) for bucket in buckets(runs, 4000)]
    assert sum(sizes) == 40_000
    assert max(sizes) < 6000
    assert sorted_runs.BUCKET * 8 < 100_000_000
