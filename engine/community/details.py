"""What a card about a person shows beyond counts: trend, the top amplifier's part, sample posts."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import polars as pl

from .arrays import Floats, blocks, rows_of
from .edges import Edges
from .gates.seen import Seen
from .hash_codes import Codes
from .parts import MUTUAL, combined
from .scoring import Scored

SAMPLES = 3
PART_ROWS_BITS = 18
TRENDS = ("steady", "rising", "fading", None)


def trends_of(found: Scored) -> npt.NDArray[np.uint8]:
    """Return by code which of `TRENDS` a person has.

    Rising or fading are acts within the last half-life against those of the one before. The trend
    is not known where the data do not go back that far.
    """
    clock, acts = found.seen.clock, found.seen.edges.acts
    people = len(found.raw)
    if found.seen.span < 2 * clock.half_life:
        return np.full(people, TRENDS.index(None), dtype=np.uint8)
    new, old = np.zeros(people, dtype=np.int32), np.zeros(people, dtype=np.int32)
    for block in blocks(acts.height):
        some = acts[block]
        by, ages = some["from"].to_numpy(), clock.ages(some["at"])
        before = (ages >= clock.half_life) & (ages < 2 * clock.half_life)
        for count, among in ((new, ages < clock.half_life), (old, before)):
            np.add.at(count, by[among], np.int32(1))
    trend = np.zeros(people, dtype=np.uint8)
    trend[old > 1.5 * new + 1] = TRENDS.index("fading")
    trend[new > 1.5 * old + 1] = TRENDS.index("rising")
    return trend


def raw_without_top(found: Scored, codes: Codes) -> Floats:
    """Return the raw score of some people, had the account that counts most for reach not acted."""
    least = _reach_without_top(found, codes)
    liked = None if found.loyalty is None else found.loyalty[codes]
    return combined(liked, found.activity[codes], least)


def samples_of(codes: Codes, edges: Edges, texts: pl.Series, brand: Sequence[int]) -> pl.Series:
    """Return of each person up to `SAMPLES` newest texts, on the brand where one is named.

    ``texts`` are those of the acts; none where none were kept.
    """
    asked = pl.DataFrame({"from": codes})
    if texts.is_empty():
        return pl.Series("samples", [None], pl.List(pl.String)).new_from_index(0, len(codes))
    among = np.zeros(len(edges.people), dtype=bool)
    among[codes] = True
    said = rows_of(edges.acts.select("from", "to", "at", texts), "from", among)
    if brand:
        said = said.filter(pl.col("to").is_in(list(brand)))
    newest = (
        said.drop_nulls("text")
        .sort("at", descending=True, nulls_last=True, maintain_order=True)
        .group_by("from", maintain_order=True)
        .agg(pl.col("text").unique(maintain_order=True).head(SAMPLES).alias("samples"))
    )
    return asked.join(newest, on="from", how="left", maintain_order="left")["samples"]


def _reach_without_top(found: Scored, codes: Codes) -> Floats:
    """Return R of some people less what the one account adds to it that adds most."""
    asked = np.zeros(len(found.raw), dtype=bool)
    asked[codes] = True
    some = rows_of(found.seen.pairs, "to", asked)
    parts = max(1, some.height >> PART_ROWS_BITS)
    top = np.zeros(len(found.raw))
    for part in range(parts):
        own = some.filter(pl.col("to") % parts == part) if parts > 1 else some
        np.maximum.at(top, own["to"].to_numpy(), _added(own, found.seen))
    return np.maximum(found.reach[codes] - top[codes], 0.0)


def _added(pairs: pl.DataFrame, seen: Seen) -> Floats:
    """Return what one account of each pair adds to the reach of the other.

    All pairs of these others are given.
    """
    worth = seen.clock.decay(seen.clock.ages(pairs["last"]))
    worth[pairs["mutual"].to_numpy()] *= MUTUAL
    group = seen.groups.number[pairs["from"].to_numpy()]
    groups = pl.DataFrame({"to": pairs["to"], "group": group, "worth": worth})
    sums = groups.select(pl.col("worth").sum().over("to", "group")).to_series().to_numpy()
    added: Floats = np.sqrt(sums) - np.sqrt(np.maximum(sums - worth, 0))
    return added
