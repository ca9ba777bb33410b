"""Patterns compiled when they are first used: all at once they take a tenth of a cold start."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

Pattern = TypeVar("Pattern")


class _Later:
    """Stands for a pattern; its methods are looked up once and then are the pattern's own."""

    def __init__(self, compiled: Callable[[], object]) -> None:
        self._compiled = compiled

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._compiled(), name)
        setattr(self, name, found)
        return found


def later(compiled: Callable[[], Pattern]) -> Pattern:
    """Return what stands for the pattern that ``compiled`` makes, until a method is called."""
    return cast(Pattern, _Later(compiled))
