"""The ambassadors as a list: what the listing says of people, and what is told beside it."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from ..settings_gates import GATES
from .arrays import Ints
from .audience import Audience, with_audience
from .details import TRENDS
from .listing import Listing
from .schema import AMBASSADOR_SCHEMA, TIME

SLICE = 200_000
NOTES: dict[str, pl.DataType] = {"code": pl.UInt32(), "before": pl.Int64(), "set_aside_until": TIME}
BEST: dict[str, pl.DataType] = {
    "score_without_top": pl.Float64(),
    "may_be_staff": pl.Boolean(),
    "samples": pl.List(pl.String()),
}
COLUMNS = (
    *AMBASSADOR_SCHEMA,
    *("acts", "days", "people_reached", "only_through", "posts", "targets", "tier", "next_tier"),
    *("trend", "score_without_top", "followers", "audience", "rank_in_audience", "change"),
    *("may_be_staff", "set_aside_until", "samples"),
)


@dataclass(frozen=True)
class PeopleList:
    """Everyone of a community but the brand, the best first.

    Attributes
    ----------
    listing : order, parts, gates and evidence
    trends : by code, the place among `details.TRENDS`
    audience : how many each speaks to
    notes : columns of `NOTES`: the rank of last time, until when somebody is set aside; a row for
        those of whom there is one
    best : columns of `BEST`, a row for each of the first places
    """

    listing: Listing
    trends: npt.NDArray[np.uint8]
    audience: Audience
    notes: pl.DataFrame
    best: pl.DataFrame

    def __len__(self) -> int:
        """Return how many people are in the list."""
        return len(self.listing)

    def rows(self, places: Ints | None = None) -> pl.DataFrame:
        """Return `COLUMNS` of the people at some places, from 0 and sorted; None: of all."""
        places = np.arange(len(self)) if places is None else places
        frame = with_audience(self.listing.rows(places), self.audience)
        first = self.best[places[: np.searchsorted(places, self.best.height)]]
        nothing = pl.DataFrame(schema=BEST).clear(frame.height - first.height)
        trend = pl.Series("trend", TRENDS, dtype=pl.String)
        frame = pl.concat(
            [
                frame.with_columns(trend.gather(pl.Series(self.trends[frame["code"].to_numpy()]))),
                pl.concat([first, nothing]),
            ],
            how="horizontal",
        ).join(self.notes, on="code", how="left", maintain_order="left")
        change = (pl.col("before") - pl.col("rank")).alias("change")
        return frame.with_columns(change).select(COLUMNS)

    def slices(self, start: int = 0) -> Iterator[pl.DataFrame]:
        """Yield the rows from a place on, some at a time; at least one frame."""
        for first in range(start, max(start + 1, len(self)), SLICE):
            yield self.rows(np.arange(first, min(len(self), first + SLICE)))

    def set_aside(self) -> int:
        """Return how many of the ranked are to be left without a reward for now."""
        aside = self.notes.filter(pl.col("set_aside_until").is_not_null())["code"].to_numpy()
        ranked = self.listing.order[: self.listing.ranked]
        return int(np.isin(aside, ranked).sum())

    def held_for_more(self) -> Ints:
        """Return the places of those whom a gate holds for more than too few acts."""
        gates = self.listing.gates[self.listing.order[self.listing.ranked :]]
        held = np.flatnonzero(gates != list(GATES).index("below_threshold"))
        return held + self.listing.ranked
