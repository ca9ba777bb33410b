"""One sentence of proof: of those named one horizon ago, how many stayed among the most active.

Both lists are shorter than the crowd they are taken from, so the sentence can come out badly; what
a draw at random would give is told beside it.
"""

from collections.abc import Sequence

import numpy as np
import polars as pl

from .baselines import degree, score
from .cleaning import Cleaned
from .counted import plural
from .edges import Edges
from .parts import DAY
from .scoring import measured

MOST = 2.5
NAMED_PART, ACTIVE_PART = 5, 2
"""At most a fifth of the people are named, and at most half are counted as the most active."""
_LEAST_PEOPLE, _LEAST_ACTIVE, _FEW_PEOPLE = 30, 5, 100


def back_test(
    edges: Edges, brand: Sequence[str], half_life: float, top: int, seed: int = 0
) -> str | None:
    """Return the sentence, or why there is none; None without times.

    People are ranked from all but the last 30 days (the last seventh where the data are shorter);
    active afterwards are those with the most acts, on the brand where one is named, and at least
    one.
    """
    times = edges.acts["at"].drop_nulls()
    if times.is_empty():
        return None
    oldest, newest = int(times.to_numpy().min()), int(times.to_numpy().max())
    span = (newest - oldest) / DAY
    days = min(30.0, span / 7)
    at = newest - int(days * DAY)
    past, after = edges.before(at), edges.acts.filter(pl.col("at") >= at)
    if days <= 0 or not past.acts.height or not after.height:
        return None
    found = measured(Cleaned(past, pl.Series([True])), brand, at, half_life)
    codes = list(found.seen.brand)
    here = past.acts.filter(pl.col("to").is_in(codes)) if codes else past.acts
    among = np.setdiff1d(here["from"].unique().to_numpy(), codes)
    people, on_you = len(among), " on you" if codes else ""
    if people < _LEAST_PEOPLE:
        told = plural(people, "person", "people")
        return f"Not checked on your own past: {told} acted{on_you} before, which is too few."
    named = max(1, min(top, people // NAMED_PART))
    ties = np.random.default_rng(seed).random(len(among))
    later = after.filter(pl.col("to").is_in(codes)) if codes else after
    made = np.bincount(later["from"].to_numpy(), minlength=len(edges.people))[among]
    most = min(round(MOST * named), people // ACTIVE_PART)
    order = np.lexsort((ties, -made))[:most]
    active = among[order[made[order] > 0]]
    if len(active) < _LEAST_ACTIVE:
        few = plural(len(active), "person", "people")
        return (
            f"Not checked on your own past: {few} of {people:,} acted{on_you} in the last "
            f"{_span(days)}, which is too few."
        )
    by_score, by_degree = (
        np.isin(among[np.lexsort((ties, -method(found)[among]))[:named]], active).sum()
        for method in (score, degree)
    )
    again = "few people: one or two more or less show nothing" if people < _FEW_PEOPLE else ""
    return (
        f"Checked on your own past: of the best {named:,} of {people:,} people {_span(days)} ago, "
        f"{by_score:,} are among the {len(active):,} most active{on_you} since (drawn at random: "
        f"{named * len(active) / people:.1f}; by how many people act on theirs: {by_degree:,})"
        f"{'; ' + again if again else ''}."
    )


def _span(days: float) -> str:
    return f"{days:.0f} days" if days >= 2 else f"{days * 24:.0f} hours"
