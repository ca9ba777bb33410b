"""One sentence of proof: of those named one horizon ago, how many stayed among the most active."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from .baselines import degree, score
from .cleaning import Cleaned
from .edges import Edges
from .parts import DAY
from .scoring import measured

MOST = 2.5
_LEAST_PEOPLE = 30


def back_test(
    edges: Edges, brand: Sequence[str], half_life: float, top: int, seed: int = 0
) -> str | None:
    """Return the sentence; None where the data are too few or too short to say.

    People are ranked from all but the last 30 days (the last seventh where the data are shorter);
    active afterwards are those with the most acts, on the brand where one is named.
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
    if len(among) < max(_LEAST_PEOPLE, 2 * top):
        return None
    ties = np.random.default_rng(seed).random(len(among))
    later = after.filter(pl.col("to").is_in(codes)) if codes else after
    made = np.bincount(later["from"].to_numpy(), minlength=len(edges.people))[among]
    most = round(MOST * top)
    active = {int(one) for one in among[np.lexsort((ties, -made))[:most]] if made.any()}
    stayed = [
        sum(int(one) in active for one in among[np.lexsort((ties, -method(found)[among]))[:top]])
        for method in (score, degree)
    ]
    return (
        f"Checked on your own past: of the {top} named {_span(days)} ago, {stayed[0]} stayed among "
        f"the {most} most active (by degree alone: {stayed[1]})."
    )


def _span(days: float) -> str:
    return f"{days:.0f} days" if days >= 2 else f"{days * 24:.0f} hours"
