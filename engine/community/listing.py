"""The list of everyone, the best first: held as arrays, its rows made for the part asked for.

A row takes several hundred bytes as text and less than fifty as numbers, so that the list of a
community of many millions fits where the community itself did.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from ..settings_community import CommunitySettings
from ..settings_gates import GATES, Thresholds
from .arrays import Floats, Ints, Mask
from .evidence import DETAILED, Told, told_of, with_evidence
from .gates.holding import held_back
from .gates.standing import Standing
from .gates.threshold import needed_words
from .hash_codes import Codes
from .ordering import descending
from .schema import AMBASSADOR_SCHEMA
from .scoring import Scored
from .tiers import Tiers, tiers_of, with_tiers

_ALL_COLUMNS = (*AMBASSADOR_SCHEMA, "code", "raw")


@dataclass(frozen=True)
class Listing:
    """Everyone of a community but the brand.

    Attributes
    ----------
    order : the code of each place in the list, the ranked first
    ranked : how many have a rank
    best : the raw score that is 100
    names : the handle of each code
    gates : by code, the place among `GATES` of the one that holds; their number where none does
    parts : ``raw``, ``activity`` and ``reach`` by code
    loyalty : by code; None where no brand is named or it has no acts
    told : what is told of them
    reasons : ``code, reason`` of those held back for more than their counts
    tiers : where the tiers end
    needed : in words, what a person does who is not below the threshold: ``acts on 2 days …``
    """

    order: Codes
    ranked: int
    best: float
    names: pl.Series
    gates: npt.NDArray[np.uint8]
    parts: Mapping[str, Floats]
    loyalty: Floats | None
    told: Told
    reasons: pl.DataFrame
    tiers: Tiers
    needed: str

    def __len__(self) -> int:
        """Return how many people are in the list."""
        return len(self.order)

    def rows(self, places: Ints | None = None) -> pl.DataFrame:
        """Return the people at some places, which count from 0 and are sorted; None: all.

        Columns are those of `schema.AMBASSADOR_SCHEMA`, then ``code``, ``raw``, ``place``, what
        the evidence is made of, ``tier`` and ``next_tier``.
        """
        places = np.arange(len(self)) if places is None else places
        codes = self.order[places]
        parts = {name: values[codes] for name, values in self.parts.items()}
        rank = pl.Series(places + 1, dtype=pl.Int64)
        liked = None if self.loyalty is None else pl.Series(self.loyalty[codes])
        gate = pl.Series([*GATES, None], dtype=pl.String).gather(pl.Series(self.gates[codes]))
        frame = pl.DataFrame(
            {
                "code": codes,
                "place": places,
                "person": self.names.gather(pl.Series(codes)),
                "gate": gate,
                **parts,
            },
            schema_overrides={"code": pl.UInt32, "place": pl.Int64},
        ).with_columns(
            pl.lit(liked, pl.Float64).alias("loyalty"),
            pl.when(rank <= self.ranked).then(rank).alias("rank"),
            (pl.col("raw") * (100.0 / self.best)).alias("score"),
        )
        frame = with_tiers(with_evidence(frame, self.told, self.reasons), self.tiers)
        return frame.select(*_ALL_COLUMNS, pl.exclude(*_ALL_COLUMNS))

    def held(self) -> dict[str, int]:
        """Return how many each gate holds, of those that hold anyone."""
        counts = np.bincount(self.gates[self.order], minlength=len(GATES))
        return {name: int(count) for name, count in zip(GATES, counts, strict=False) if count}


def listing_of(
    found: Scored,
    standing: Standing,
    settings: CommunitySettings,
    allow: Sequence[str] = (),
) -> Listing:
    """Return the list of a measured community; ``allow`` names gates that hold nobody back."""
    limits = replace(Thresholds(), **_typed(settings.gates))
    with ThreadPoolExecutor(1) as beside:
        sorting = beside.submit(descending, found.raw)
        gates, reasons = held_back(found.seen, standing, limits, {*allow, *settings.allow})
        order, ranked = _ordered(sorting.result(), found.seen.brand, gates == len(GATES))
    told = told_of(order[:DETAILED], found.seen, found.loyalty is not None)
    raw = found.raw
    best = float(raw[order[0]] if ranked else raw.max(initial=0.0)) or 1.0
    return Listing(
        order,
        ranked,
        best,
        found.seen.edges.people,
        gates,
        {"raw": raw, "activity": found.activity, "reach": found.reach},
        found.loyalty,
        told,
        reasons,
        tiers_of(raw[order[:ranked]], settings.tiers),
        needed_words(found.seen, limits),
    )


def _ordered(order: Codes, brand: Sequence[int], free: Mask) -> tuple[Codes, int]:
    """Return the codes of everyone but the brand, the ranked first, and how many are ranked.

    ``order`` is by score, ``free`` says by code whom no gate holds.
    """
    order = order[~np.isin(order, brand)] if brand else order
    free = free[order]
    return np.concatenate([order[free], order[~free]]), int(free.sum())


def _typed(limits: Mapping[str, float]) -> dict[str, Any]:
    return {name: type(getattr(Thresholds(), name))(limit) for name, limit in limits.items()}
