"""What is told of the best beyond the ranking: communities reached, your answers, confidence.

All of it costs more than the ranking of a large file, so it is of the best only; groups and
confidence only of files up to `MOST_ACTS`, unless they are asked for.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from .brand_answers import answer_words, brand_answers
from .communities_reached import communities_reached, communities_words
from .confidence import Confidence, confidence_of, with_confidence
from .people_list import COLUMNS, PeopleList
from .ranked_people import BY, Ambassadors, Overview

if TYPE_CHECKING:
    from .graph.community import Community

CARDS = 1_000
MOST_ACTS = 100_000
SCHEMA: dict[str, pl.DataType] = {
    "communities": pl.List(pl.String()),
    "communities_people": pl.List(pl.Int64()),
    "communities_small": pl.Int64(),
    "answered": pl.Boolean(),
    "last_answer": pl.Datetime("us", "UTC"),
    "last_answer_kind": pl.String(),
    "confidence": pl.Float64(),
    "confidence_of": pl.Int64(),
    "confidence_ranks": pl.String(),
}
"""Columns of cards; null for those who have none, and where it is not known."""


@dataclass(frozen=True)
class Cards:
    """The ambassadors with `SCHEMA`: the best of them with what is told of these alone.

    Attributes
    ----------
    everyone : the list without cards
    first : rows of the first places, with cards
    overview : what the list rests on
    confidence : what ranks were worth in the past; None where it was not asked for
    left_out : what was left out, in words
    """

    everyone: PeopleList
    first: pl.DataFrame
    overview: Overview
    confidence: Confidence | None
    left_out: tuple[str, ...]

    @property
    def people(self) -> pl.DataFrame:
        """Everyone, made anew at each call."""
        return pl.concat(self.slices())

    def slices(self) -> Iterator[pl.DataFrame]:
        """Yield everyone, some at a time."""
        yield self.first
        if self.first.height < len(self.everyone):
            for some in self.everyone.slices(self.first.height):
                yield some.with_columns(_missing(some))


def with_cards(result: Ambassadors, *, top: int = CARDS, wanted: bool | None = None) -> Cards:
    """Return the ambassadors with cards of the best `CARDS`, or ``top`` where that is more.

    Parameters
    ----------
    result
        What `ranked_people.ranked_people` found.
    top
        How many at least.
    wanted
        Whether groups and confidence are found; None: up to `MOST_ACTS` acts.
    """
    seen, listing = result.found.seen, result.everyone.listing
    acts = seen.edges.acts.height
    costly = acts <= MOST_ACTS if wanted is None else wanted
    places = np.arange(min(listing.ranked, max(top, CARDS)))
    codes = pl.Series("code", listing.order[places], dtype=pl.UInt32)
    best = result.everyone.rows(places).with_columns(codes)
    tables = [brand_answers(codes, seen)]
    confidence, left_out = None, []
    if costly and best.height:
        tables.append(communities_reached(codes, seen, _community(result)))
        confidence = confidence_of(seen.edges, result.brand, seen.clock.half_life, BY[result.by])
        best = with_confidence(best, confidence)
    elif wanted is None and best.height:
        left_out.append(
            f"communities reached and confidence are left out of more than {MOST_ACTS:,} "
            f"interactions ({acts:,} here); --cards finds them"
        )
    if seen.brand and best.height and tables[0]["answered"].null_count():
        left_out.append("the file holds no act of yours, so whom you answered is not known")
    for table in tables:
        best = best.join(table, on="code", how="left", maintain_order="left")
    told = _in_words(best.with_columns(_missing(best))).select(*COLUMNS, *SCHEMA)
    return Cards(result.everyone, told, result.overview, confidence, tuple(left_out))


def _missing(frame: pl.DataFrame) -> list[pl.Expr]:
    return [
        pl.lit(None, dtype=kind).alias(name)
        for name, kind in SCHEMA.items()
        if name not in frame.columns
    ]


def _in_words(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the frame with groups and answers told in ``evidence``, too."""
    parts = ["evidence", communities_words(), answer_words()]
    told = pl.concat_str(parts, separator="; ", ignore_nulls=True)
    return frame.with_columns(told.alias("evidence"))


def _community(result: Ambassadors) -> "Community":
    from .graph.community import Community

    edges, clock = result.files.edges, result.found.seen.clock
    end = datetime.fromtimestamp(clock.as_of / 1_000_000, UTC) if edges.timed else None
    texts = result.files.interactions["text"]
    return Community.from_acts(edges, texts=texts, as_of=end, left_out=result.brand)
