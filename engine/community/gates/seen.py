"""What the gates look at."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from ..arrays import Counts, Floats
from ..edges import Edges
from ..parts import DAY, Clock, Days, Groups
from .amplifiers import Amplifiers


@dataclass(frozen=True)
class Seen:
    """The acts that count, and what was computed from them."""

    edges: Edges
    brand: Sequence[int]
    liked: Floats | None
    clock: Clock
    pairs: pl.DataFrame
    groups: Groups
    amplifiers: Amplifiers
    busy_days: Days
    days: Counts
    first_days: Counts

    @property
    def span(self) -> float:
        """Days from the first act to ``as_of``."""
        return (self.clock.as_of - self.clock.oldest) / DAY
