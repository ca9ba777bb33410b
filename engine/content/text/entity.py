"""A piece of a text that a platform treats as one thing."""

from collections.abc import Iterable
from typing import NamedTuple


class Entity(NamedTuple):
    """A hashtag, mention, cashtag or URL: its value without sign, and where it stands.

    ``start`` and ``end`` are code point positions, the sign ('#', '@', '$') included.
    """

    value: str
    start: int
    end: int


def outside(entities: Iterable[Entity], others: Iterable[Entity]) -> list[Entity]:
    """Return the ``entities`` no earlier one of the ``others`` overlaps, in order.

    Of two that overlap the one that begins first wins, as in twitter-text.
    """
    ours, others = list(entities), list(others)
    if not ours or not others:
        return ours
    mine = {id(entity) for entity in ours}
    kept: list[Entity] = []
    for entity in sorted([*ours, *others], key=lambda entity: entity.start):
        if not kept or kept[-1].end <= entity.start:
            kept.append(entity)
    return [entity for entity in kept if id(entity) in mine]


def without(text: str, entities: list[Entity]) -> str:
    """Return the text with a space in the place of each of the ``entities``, given in order."""
    if not entities:
        return text
    pieces, position = [], 0
    for entity in entities:
        pieces.append(text[position : entity.start])
        position = entity.end
    return " ".join([*pieces, text[position:]])
