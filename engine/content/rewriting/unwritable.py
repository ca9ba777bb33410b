"""Changes that a file has no place for: which, and why."""

from dataclasses import dataclass


class UnwritableError(ValueError):
    """A change that can't be put into the file; the message says what to do instead."""


@dataclass(frozen=True)
class Unwritten:
    """A change that was left out: ``row`` as in the posts frame, our name of the field, why."""

    row: int
    field: str
    reason: str


@dataclass(frozen=True)
class Rewritten:
    """The new content of a file, and what could not be put into it."""

    content: bytes
    left: tuple[Unwritten, ...] = ()
