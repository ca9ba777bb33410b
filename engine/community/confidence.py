"""How far a rank can be trusted: what people of like ranks went on to do, in this very file.

At several times in the past people are ranked from what came before. Of those at ranks 1 to 10,
11 to 30 …, the part that acted again within the time after is what can be expected of a rank.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import polars as pl

from .arrays import Floats
from .cleaning import Cleaned
from .edges import Edges
from .parts import DAY
from .scoring import Scored, measured

COLUMNS = ("confidence", "confidence_of", "confidence_ranks")
LEAST_PLACES = 20
_BANDS = (1, 11, 31, 101, 301, 1_001, 3_001, 10_001)
_LEAST_WINDOWS, _WINDOWS = 2, 4
_LONGEST, _SPANS = 30.0, 7


@dataclass(frozen=True)
class Confidence:
    """What ranks were worth in the past.

    Attributes
    ----------
    bands : ``confidence_ranks`` ("1–10"), ``first``, ``last``; ``places``: people at these ranks
        in all windows; ``again``: those of them who acted again, on the brand where one is named
    windows : how many times in the past people were ranked
    days : how long after each was looked at
    """

    bands: pl.DataFrame
    windows: int
    days: float


def confidence_of(
    edges: Edges, brand: Sequence[str], half_life: float, by: Callable[[Scored], Floats]
) -> Confidence:
    """Return what the ranks of a ranking were worth, at up to four times in the past.

    The times lie a look ahead apart: 30 days, or a seventh of the data where these are shorter.
    Gates are not applied in the past. Without times there is no window.

    Parameters
    ----------
    edges
        The acts that count.
    brand
        Handles of the brand; none: any act counts as acting again.
    half_life
        Days.
    by
        What people are ranked by.
    """
    times = edges.acts["at"].drop_nulls()
    if times.is_empty():
        return _summed([], 0, 0.0)
    oldest, newest = int(times.to_numpy().min()), int(times.to_numpy().max())
    days = min(_LONGEST, (newest - oldest) / DAY / _SPANS)
    ahead = int(days * DAY)
    ends = [newest - ahead * back for back in range(1, _WINDOWS + 1)] if ahead else []
    found = [_window(edges, at, ahead, brand, half_life, by) for at in ends]
    kept = [one for one in found if one is not None]
    return _summed(kept, len(kept), days)


def with_confidence(frame: pl.DataFrame, found: Confidence) -> pl.DataFrame:
    """Return the frame with `COLUMNS`, by ``rank``; null where there is too little to say.

    ``confidence`` is the part of ``confidence_of`` places at ``confidence_ranks`` in the past that
    acted again; at least `LEAST_PLACES` in two windows.
    """
    known = _enough(found)
    joined = frame.sort("rank", nulls_last=True).join_asof(
        known.select(
            "first", "last", "confidence", pl.col("places").alias("of"), "confidence_ranks"
        ),
        left_on="rank",
        right_on="first",
        strategy="backward",
        check_sortedness=False,
    )
    inside = pl.col("rank") <= pl.col("last")
    return joined.with_columns(
        pl.when(inside).then("confidence").alias("confidence"),
        pl.when(inside).then("of").alias("confidence_of"),
        pl.when(inside).then("confidence_ranks").alias("confidence_ranks"),
    ).drop("first", "last", "of", strict=False)


def confidence_lines(found: Confidence, top: int, with_brand: bool) -> Iterator[str]:
    """Yield a sentence for each band of the first ``top`` ranks, or why there is none."""
    shown = _enough(found).filter(pl.col("first") <= top)
    on = " on you" if with_brand else ""
    for band in shown.iter_rows(named=True):
        yield (
            f"again {band['confidence']:.0%}: of {band['places']} at ranks "
            f"{band['confidence_ranks']} at {found.windows} times in the past, {band['again']} "
            f"acted{on} again within {_span(found.days)}."
        )
    if shown.is_empty():
        held = found.bands["places"].sum()
        yield (
            f"Confidence: not enough history. {held} places at {found.windows} times in the past; "
            f"{LEAST_PLACES} at like ranks, at {_LEAST_WINDOWS} times, are needed."
        )


def _enough(found: Confidence) -> pl.DataFrame:
    if found.windows < _LEAST_WINDOWS:
        return found.bands.clear().with_columns(pl.lit(0.0).alias("confidence"))
    return found.bands.filter(pl.col("places") >= LEAST_PLACES).with_columns(
        (pl.col("again") / pl.col("places")).alias("confidence")
    )


def _window(
    edges: Edges,
    at: int,
    ahead: int,
    brand: Sequence[str],
    half_life: float,
    by: Callable[[Scored], Floats],
) -> pl.DataFrame | None:
    """Return ``rank, again`` of those who had acted; None where nobody had, or nobody acts."""
    past = edges.before(at)
    after = edges.acts.filter(pl.col("at").is_between(at, at + ahead, closed="left"))
    if not past.acts.height or not after.height:
        return None
    found = measured(Cleaned(past, pl.Series([True])), brand, at, half_life)
    codes = list(found.seen.brand)
    acted, later = past.acts, after
    if codes:
        acted, later = (acts.filter(pl.col("to").is_in(codes)) for acts in (past.acts, after))
    among = np.setdiff1d(acted["from"].unique().to_numpy(), codes)
    if not len(among):
        return None
    order = among[np.argsort(-by(found)[among], kind="stable")]
    again = np.isin(order, later["from"].unique().to_numpy())
    return pl.DataFrame({"rank": np.arange(1, len(order) + 1), "again": again})


def _summed(windows: list[pl.DataFrame], count: int, days: float) -> Confidence:
    places = pl.concat([pl.DataFrame(schema={"rank": pl.Int64, "again": pl.Boolean}), *windows])
    rows = []
    for first, after in pairwise(_BANDS):
        here = places.filter(pl.col("rank").is_between(first, after - 1))
        rows.append((f"{first}–{after - 1}", first, after - 1, here.height, here["again"].sum()))
    schema = {"confidence_ranks": pl.String} | dict.fromkeys(
        ("first", "last", "places", "again"), pl.Int64
    )
    return Confidence(pl.DataFrame(rows, schema=schema, orient="row"), count, days)


def _span(days: float) -> str:
    return f"{days:.0f} days" if days >= 2 else f"{days * 24:.0f} hours"
