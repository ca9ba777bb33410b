"""What reading gives: the interactions, what was set aside, and how each file was understood."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from ...content.reading.post_files import FileReading
from ..edges import Edges


@dataclass(frozen=True)
class Cleaning:
    """What was set aside or put right, in numbers of rows unless said otherwise.

    Attributes
    ----------
    self_loops : acts on oneself, left out
    doubles : acts that stand there twice, left out once
    future : acts dated far later than the day of reading and than all others, left out
    unknown_kinds : kind as written → rows; they count as "other"
    merged : spellings that were another's handle, with a few of them
    lookalikes : pairs of handles that look alike and are two people, a few of them
    untimed : rows without a time
    """

    self_loops: int = 0
    doubles: int = 0
    future: int = 0
    unknown_kinds: Mapping[str, int] = field(default_factory=dict)
    merged: tuple[tuple[str, str], ...] = ()
    merged_count: int = 0
    lookalikes: tuple[tuple[str, str], ...] = ()
    lookalike_count: int = 0
    untimed: int = 0


@dataclass(frozen=True)
class InteractionFiles:
    """Interactions read from one or more sources.

    Attributes
    ----------
    interactions : columns of `schema.INTERACTION_SCHEMA`, cleaned; ``text`` and ``followers`` alone
        where only what is told was kept; no row where only edges were
    edges : the same acts as numbers, in the same order
    rejects : one row a row that can't be read, columns `content.schema.REJECT_SCHEMA`
    files : one entry a source
    cleaning : what was set aside of the rest
    aggregated : whether it is a saved table of days, without the time of each act
    """

    interactions: pl.DataFrame
    edges: Edges
    rejects: pl.DataFrame
    files: tuple[FileReading, ...] = ()
    cleaning: Cleaning = Cleaning()
    aggregated: bool = False
