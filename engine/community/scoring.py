"""From interactions to people worth rewarding: the score, who is held back, and why."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import numpy as np
import polars as pl

from ..errors import CommunityError
from ..settings_community import HALF_LIFE, CommunitySettings
from ..settings_gates import Thresholds
from .cleaning import Cleaned, cleaned
from .edges import Edges, edges_of
from .evidence import with_evidence
from .gates.holding import Seen, held_back
from .gates.reach_sources import amplifiers_of
from .gates.standing import Standing
from .ordering import descending
from .pairs import PART_ROWS, pairs_of
from .parts import (
    Counts,
    Days,
    Floats,
    activity,
    clock_of,
    combined,
    daily,
    groups_of,
    loyalty,
    reach,
)
from .schema import AMBASSADOR_SCHEMA
from .tiers import with_tiers


@dataclass(frozen=True)
class Scored:
    """A community with its parts measured; arrays over the codes of people.

    ``loyalty`` is null where no brand is named or the brand has no acts, ``raw`` the score before
    scaling.
    """

    seen: Seen
    loyalty: Floats | None
    activity: Floats
    reach: Floats
    raw: Floats


def score_people(
    interactions: pl.DataFrame | Edges,
    *,
    brand: Sequence[str] = (),
    as_of: datetime | None = None,
    half_life: float = HALF_LIFE,
    settings: CommunitySettings | None = None,
    employees: Sequence[str] = (),
    competitors: Sequence[str] = (),
    rewarded: pl.DataFrame | None = None,
    allow: Sequence[str] = (),
) -> pl.DataFrame:
    """Return everyone of a community, the best first, with reasons.

    ``score = ln(1+B) · ln(1+L) · (½ + ln(1+R))``: loyalty to the brand, activity on many days,
    and trusted reach, each counting less with age.

    Parameters
    ----------
    interactions
        A frame of `schema.INTERACTION_SCHEMA`, or its edge table.
    brand
        Handles of the brand, in any spelling. None of them: the loyalty term is left out.
    as_of
        From when age is measured; later acts are left out. None: the newest act.
    half_life
        Days after which an act counts half; half to the whole of the time looked ahead is good.
    settings
        Who opted out or agreed, tiers, thresholds of gates.
    employees, competitors
        Handles that are never ranked.
    rewarded
        ``person, at``: earlier rewards, for the cool-down.
    allow
        Reason codes of gates that hold nobody back.

    Returns
    -------
    pl.DataFrame
        Columns of `schema.AMBASSADOR_SCHEMA`, then what the evidence is made of.

    Raises
    ------
    CommunityError
        Not one act is left to count.
    """
    edges = interactions if isinstance(interactions, Edges) else edges_of(interactions)
    end = None if as_of is None else int(as_of.timestamp() * 1_000_000)
    chosen = settings or CommunitySettings()
    standing = Standing(employees, competitors, chosen.opted_out, chosen.consent, rewarded)
    found = measured(cleaned(edges, end), brand, end, half_life)
    return ranked(found, standing, chosen, allow).drop("code", "raw")


def measured(
    clean: Cleaned, brand: Sequence[str], as_of: int | None, half_life: float = HALF_LIFE
) -> Scored:
    """Return the parts and the raw score of everyone; ``as_of`` in microseconds."""
    edges = clean.edges
    acts, people = edges.acts, len(edges.people)
    if not acts.height:
        raise CommunityError(
            "no interaction is left to count: all are acts on oneself, or later than asked"
        )
    codes = edges.codes(brand)
    clock = clock_of(acts, as_of, half_life)
    liked = loyalty(acts, people, codes, clock) if codes else None
    large = acts.height > PART_ROWS
    with ThreadPoolExecutor(1) as beside:
        dated = beside.submit(daily, acts, clock)
        if large:  # One after another, so that memory stays bounded.
            wait([dated])
        pairs = pairs_of(acts)
        groups = groups_of(pairs, people)
        behind = beside.submit(amplifiers_of, pairs, people)
        if large:
            wait([behind])
        moved = reach(pairs, people, clock, groups)
        by_day, amplifiers = dated.result(), behind.result()
    active = activity(by_day, people, clock)
    days, first = _days_of(by_day, people)
    seen = Seen(edges, codes, liked, clock, pairs, groups, amplifiers, by_day, days, first)
    return Scored(seen, liked, active, moved, combined(liked, active, moved))


def _days_of(by_day: Days, people: int) -> tuple[Counts, Counts]:
    """Return on how many days each person acted, and how many days ago first; -1 where never."""
    person, day, _ = by_day
    ends = np.flatnonzero(np.append(person[1:] != person[:-1], True))
    days, first = np.zeros(people, dtype=np.int32), np.full(people, -1, dtype=np.int32)
    days[person[ends]] = np.diff(ends, prepend=-1)
    first[person[ends]] = day[ends]
    return days, first


def ranked(
    found: Scored,
    standing: Standing,
    settings: CommunitySettings,
    allow: Sequence[str] = (),
) -> pl.DataFrame:
    """Return the ambassadors frame of a measured community, with ``code`` and ``raw``."""
    limits = replace(Thresholds(), **_typed(settings.gates))
    gate, reasons = held_back(found.seen, standing, limits, {*allow, *settings.allow})
    frame = with_evidence(_listed(found, gate), reasons, found.seen, found.loyalty is not None)
    return with_tiers(frame, settings.tiers).select(
        *AMBASSADOR_SCHEMA, pl.exclude(*AMBASSADOR_SCHEMA)
    )


def _listed(found: Scored, gate: pl.Series) -> pl.DataFrame:
    """Return everyone but the brand, ranked where nothing holds them back."""
    order = descending(found.raw)
    order = order[~np.isin(order, found.seen.brand)] if found.seen.brand else order
    free = gate.is_null().to_numpy()[order]
    order = np.concatenate([order[free], order[~free]])
    ranked = int(free.sum())
    best = float(found.raw[order[0]] if ranked else found.raw.max(initial=0.0)) or 1.0
    nothing = pl.lit(None, dtype=pl.Float64)
    frame = pl.DataFrame(
        {
            "code": order.astype(np.uint32),
            "person": found.seen.edges.people.gather(pl.Series(order)),
            "raw": found.raw[order],
            "activity": found.activity[order],
            "reach": found.reach[order],
        }
    )
    place = pl.int_range(1, pl.len() + 1, dtype=pl.Int64)
    return frame.with_columns(
        (nothing if found.loyalty is None else pl.lit(pl.Series(found.loyalty[order]))).alias(
            "loyalty"
        ),
        gate.gather(pl.Series(order)),
        pl.when(place <= ranked).then(place).alias("rank"),
        (pl.col("raw") * (100.0 / best)).alias("score"),
    )


def _typed(limits: Mapping[str, float]) -> dict[str, Any]:
    return {name: type(getattr(Thresholds(), name))(limit) for name, limit in limits.items()}
