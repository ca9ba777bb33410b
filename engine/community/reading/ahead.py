"""The next thing is made while one is worked on."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

_Thing = TypeVar("_Thing")


def ahead(things: Iterator[_Thing]) -> Iterator[_Thing]:
    """Yield the things in order, each made in a second thread while the last one is used.

    An error that making one raises is raised where it would be taken.
    """
    with ThreadPoolExecutor(1) as beside:
        made = beside.submit(next, things, None)
        while (thing := made.result()) is not None:
            made = beside.submit(next, things, None)
            yield thing
