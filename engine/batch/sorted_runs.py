"""Numbers of many parts in order, without ever holding them all: distribution sort on disk."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[Any]
BUCKET = 4_000_000
_SAMPLE = 256


@dataclass(frozen=True)
class Run:
    """The sorted numbers of one part, in a file of its own."""

    part: int
    file: Path

    def numbers(self) -> Numbers:
        """Return the numbers, mapped: only what is looked at is read."""
        found: Numbers = np.load(self.file, mmap_mode="r")
        return found


def write_run(part: int, numbers: Numbers, file: Path) -> Run:
    """Sort the numbers of a part and write them."""
    np.save(file, np.sort(numbers))
    return Run(part, file)


def buckets(runs: Sequence[Run], size: int = BUCKET) -> Iterator[list[tuple[int, Numbers]]]:
    """Yield, for one range of numbers after the other, each part's numbers in it, sorted.

    A bucket holds about ``size`` numbers; more only of those that are all equal.
    """
    bounds = _bounds(runs, size)
    before = [0] * len(runs)
    for bound in [*bounds, None]:
        found = []
        for place, run in enumerate(runs):
            numbers = run.numbers()
            end = len(numbers)
            if bound is not None:
                end = int(np.searchsorted(numbers, bound, side="right"))
            if end > before[place]:
                found.append((run.part, np.array(numbers[before[place] : end])))
            before[place] = end
        if found:
            yield found


def merge(runs: Sequence[Run], file: Path, size: int = BUCKET) -> Path:
    """Write the numbers of all runs into one file of float64, in ascending order."""
    with file.open("wb") as target:
        for bucket in buckets(runs, size):
            np.sort(np.concatenate([numbers for _, numbers in bucket])).tofile(target)
    return file


def ranks(sorted_file: Path, scores: Numbers) -> Numbers:
    """Return 1 and how many numbers of the sorted file are above, for each score; UInt32."""
    if not scores.size:
        return np.zeros(0, dtype=np.uint32)
    everything = np.memmap(sorted_file, dtype=np.float64, mode="r")
    order = np.argsort(scores, kind="stable")
    places = np.empty(scores.size, dtype=np.int64)
    places[order] = np.searchsorted(everything, scores[order], side="right")
    return (everything.size - places + 1).astype(np.uint32)


def repeated(runs: Sequence[Run], size: int = BUCKET) -> dict[int, Numbers]:
    """Return, by part, the numbers that an earlier part has too; each run has each number once."""
    found: dict[int, list[Numbers]] = {}
    for bucket in buckets(runs, size):
        numbers = np.concatenate([one for _, one in bucket])
        parts = np.concatenate([np.full(len(one), part) for part, one in bucket])
        order = np.lexsort((parts, numbers))
        numbers, parts = numbers[order], parts[order]
        again = np.flatnonzero(numbers[1:] == numbers[:-1]) + 1
        for part in np.unique(parts[again]):
            found.setdefault(int(part), []).append(numbers[again][parts[again] == part])
    return {part: np.concatenate(some) for part, some in found.items()}


def _bounds(runs: Sequence[Run], size: int) -> list[Any]:
    """Return numbers that part all into ranges of about ``size``, found by a sample of each run."""
    total = sum(len(run.numbers()) for run in runs)
    wanted = total // size
    if not wanted:
        return []
    samples = []
    for run in runs:
        numbers = run.numbers()
        step = max(1, len(numbers) // _SAMPLE)
        samples.append(np.array(numbers[::step]))
    sample = np.sort(np.concatenate(samples))
    places = (np.arange(1, wanted + 1) * len(sample) // (wanted + 1)).astype(np.int64)
    return sorted(set(sample[places].tolist()))
