"""From interactions to people worth rewarding, in one call."""

from collections.abc import Sequence
from datetime import datetime

import polars as pl

from ..settings_community import HALF_LIFE, CommunitySettings
from .cleaning import cleaned
from .edges import Edges, edges_of
from .gates.standing import Standing
from .listing import listing_of
from .scoring import measured


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
    listing = listing_of(measured(clean, brand, end, half_life), standing, chosen, allow)
    del clean  # Rows need the memory that the acts took, where nobody else holds them.
    return listing.rows().drop("code", "raw", "place")
