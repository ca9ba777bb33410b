"""Do the same work on many things, in one process or several."""

from collections.abc import Callable, Iterable
from typing import Any


def in_parallel(work: Callable[..., Any], items: Iterable[tuple[Any, ...]], jobs: int) -> list[Any]:
    """Return ``work(*item)`` for each item, in order; the same whatever ``jobs`` is.

    ``jobs`` above 1 are joblib's processes: ``work`` is a function of a module. Each item is
    copied to its process, so keep items small.
    """
    if jobs == 1:
        return [work(*item) for item in items]
    from joblib import Parallel, delayed

    found: list[Any] = Parallel(n_jobs=jobs)(delayed(work)(*item) for item in items)
    return found
