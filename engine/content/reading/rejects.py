"""Rows that can't be taken, each with the place, the value and what to write instead."""

from collections.abc import Iterable
from typing import NamedTuple

import polars as pl

from ..schema import REJECT_SCHEMA

_SHOWN = 200


class Reject(NamedTuple):
    """One row that is not read: ``column`` as the file calls it, empty for the whole row."""

    file: str
    row: int
    column: str
    value: str
    reason: str


def rejects_frame(rejects: Iterable[Reject]) -> pl.DataFrame:
    """Return the rejects as a frame of `REJECT_SCHEMA`, in the order given."""
    return pl.DataFrame(list(rejects), schema=REJECT_SCHEMA, orient="row")


def shown(value: object, limit: int = _SHOWN) -> str:
    """Return a value as a reject shows it: one line, cut, without control characters.

    A lone surrogate or a control character is written as its code point, as in ``\\u0000``.
    """
    text = str(value)
    cut = text if len(text) <= limit else text[:limit] + "…"
    return "".join(
        character
        if character.isprintable() and not "\ud800" <= character <= "\udfff"
        else f"\\u{ord(character):04x}"
        for character in cut.replace("\n", " ")
    )
