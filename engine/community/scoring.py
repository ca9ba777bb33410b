"""From interactions to people worth rewarding: the score, who is held back, and why."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from ..errors import CommunityError
from ..settings_community import HALF_LIFE, CommunitySettings
from ..settings_gates import GATES, Thresholds
from .cleaning import Cleaned, cleaned
from .edges import Edges, edges_of
from .evidence import DETAILED, told_of, with_evidence
from .gates.holding import Seen, held_back
from .gates.reach_sources import amplifiers_of
from .gates.standing import Standing
from .hash_codes import Places
from .ordering import descending
from .pairs import PART_ROWS, pairs_of
from .parts import (
    Clock,
    Counts,
    Days,
    Floats,
    Mask,
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
    end = None if as_of is None else int(as_of.timestamp() * 1_000_000)
    chosen = settings or CommunitySettings()
    standing = Standing(employees, competitors, chosen.opted_out, chosen.consent, rewarded)
    clean = cleaned(
        interactions if isinstance(interactions, Edges) else edges_of(interactions), end
    )
    del interactions
    found = [measured(clean, brand, end, half_life)]
    del clean
    # Taken out of the list, what was measured has no name here: it goes when `ranked` lets it go.
    return ranked(found.pop(), standing, chosen, allow).drop("code", "raw")


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
        dated = beside.submit(_dated, acts, people, clock)
        if large:  # One after another, so that memory stays bounded.
            wait([dated])
        pairs = pairs_of(acts)
        groups = groups_of(pairs, people)
        behind = beside.submit(amplifiers_of, pairs, people)
        if large:
            wait([behind])
        moved = reach(pairs, people, clock, groups)
        (active, busy, days, first), amplifiers = dated.result(), behind.result()
    seen = Seen(edges, codes, liked, clock, pairs, groups, amplifiers, busy, days, first)
    return Scored(seen, liked, active, moved, combined(liked, active, moved))


def _dated(acts: pl.DataFrame, people: int, clock: Clock) -> tuple[Floats, Days, Counts, Counts]:
    """Return L, the busy days, on how many days each person acted, and how long ago first.

    The last is in days, -1 where never.
    """
    active, busy = np.zeros(people), []
    days, first = np.zeros(people, dtype=np.int32), np.full(people, -1, dtype=np.int32)
    for by_day in daily(acts, clock):
        person, day, count = by_day
        ends = np.flatnonzero(np.append(person[1:] != person[:-1], True))
        days[person[ends]] = np.diff(ends, prepend=-1)
        first[person[ends]] = day[ends]
        several = count > 1
        busy.append((person[several], day[several], count[several]))
        active += activity([by_day], people, clock)
    person, day, count = (np.concatenate(some) for some in zip(*busy, strict=True))
    return active, (person, day, count), days, first


def ranked(
    found: Scored,
    standing: Standing,
    settings: CommunitySettings,
    allow: Sequence[str] = (),
) -> pl.DataFrame:
    """Return the ambassadors frame of a measured community, with ``code`` and ``raw``."""
    limits = replace(Thresholds(), **_typed(settings.gates))
    gates, reasons = held_back(found.seen, standing, limits, {*allow, *settings.allow})
    order, count = _order(found, gates == len(GATES))
    told = told_of(order[:DETAILED].astype(np.uint32), found.seen, found.loyalty is not None)
    people, liked = found.seen.edges.people, found.loyalty
    parts = {"raw": found.raw, "activity": found.activity, "reach": found.reach}
    del found  # The list needs the memory that the pairs took, where nobody else holds them.
    frame = _listed(parts, liked, people, gates, order, count)
    del parts, liked, gates, order, people
    frame = with_evidence(frame, told, reasons)
    del told, reasons
    return with_tiers(frame, settings.tiers).select(
        *AMBASSADOR_SCHEMA, pl.exclude(*AMBASSADOR_SCHEMA)
    )


def _order(found: Scored, free: Mask) -> tuple[Places, int]:
    """Return the codes of everyone but the brand, the ranked first, and how many are ranked."""
    order = descending(found.raw)
    order = order[~np.isin(order, found.seen.brand)] if found.seen.brand else order
    free = free[order]
    return np.concatenate([order[free], order[~free]]), int(free.sum())


def _listed(
    parts: Mapping[str, Floats],
    liked: Floats | None,
    people: pl.Series,
    gates: npt.NDArray[np.uint8],
    order: Places,
    ranked: int,
) -> pl.DataFrame:
    """Return a row a person in the order given, of which the first are ranked."""
    raw, places = parts["raw"], pl.Series(order)
    best = float(raw[order[0]] if ranked else raw.max(initial=0.0)) or 1.0
    frame = pl.DataFrame(
        {
            "code": order.astype(np.uint32),
            "person": people.gather(places),
            "gate": pl.Series([*GATES, None]).gather(pl.Series(gates[order])),
            **{name: values[order] for name, values in parts.items()},
        }
    )
    place = pl.int_range(1, pl.len() + 1, dtype=pl.Int64)
    return frame.with_columns(
        pl.lit(None if liked is None else pl.Series(liked[order]), pl.Float64).alias("loyalty"),
        pl.when(place <= ranked).then(place).alias("rank"),
        (pl.col("raw") * (100.0 / best)).alias("score"),
    )


def _typed(limits: Mapping[str, float]) -> dict[str, Any]:
    return {name: type(getattr(Thresholds(), name))(limit) for name, limit in limits.items()}
