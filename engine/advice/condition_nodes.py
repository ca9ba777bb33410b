"""What a condition says, as a tree of frozen nodes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Union

NUMBER, TEXT, TRUTH, TEXTS = "number", "text", "truth", "texts"

Node = Union["Name", "Literal", "Compare", "Logic", "Not", "Arithmetic", "Member", "Call"]


@dataclass(frozen=True, slots=True)
class Name:
    """A measure, and the kind of value it has."""

    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Literal:
    """A number, a text, true or false."""

    value: float | str | bool
    kind: str


@dataclass(frozen=True, slots=True)
class Compare:
    """``left operator right``; true, false, or null when a side is null."""

    operator: str
    left: Node
    right: Node
    kind: str = TRUTH


@dataclass(frozen=True, slots=True)
class Logic:
    """``and`` or ``or`` of several parts, by Kleene's rules for null."""

    operator: str
    parts: tuple[Node, ...]
    kind: str = TRUTH


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite; null stays null."""

    part: Node
    kind: str = TRUTH


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """``left operator right`` in numbers; a division by zero gives null."""

    operator: str
    left: Node
    right: Node
    kind: str = NUMBER


@dataclass(frozen=True, slots=True)
class Member:
    """``item in values``; null when the item is null."""

    item: Node
    values: tuple[str | float, ...]
    kind: str = TRUTH


@dataclass(frozen=True, slots=True)
class Call:
    """A function of a measure, with a text or a list of texts where it takes one."""

    function: str
    subject: Node
    argument: str | tuple[str | float, ...] | None
    kind: str


def walk(node: Node) -> Iterator[Node]:
    """Yield the node and all beneath it, left to right."""
    yield node
    for child in children(node):
        yield from walk(child)


def children(node: Node) -> tuple[Node, ...]:
    """Return the nodes directly beneath, left to right."""
    match node:
        case Compare(left=left, right=right) | Arithmetic(left=left, right=right):
            return (left, right)
        case Logic(parts=parts):
            return parts
        case Not(part=part):
            return (part,)
        case Member(item=item):
            return (item,)
        case Call(subject=subject):
            return (subject,)
        case _:
            return ()


def measures_in(node: Node) -> frozenset[str]:
    """Return the names of the measures that the node reads."""
    return frozenset(part.name for part in walk(node) if isinstance(part, Name))
