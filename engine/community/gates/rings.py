"""Reach that is praise returned among few."""

import numpy as np
import polars as pl

from ...settings_gates import Thresholds
from ..arrays import Floats, Mask
from .amplifiers import Amplifiers, behind
from .closed_circles import people_behind
from .unusual import keep_surprising, usual_part

MOST_PAIRS = 12_000_000


def rings(seen: Amplifiers, pairs: pl.DataFrame, limits: Thresholds) -> dict[int, str]:
    """Return who is in a ring: nearly all reach is mutual, and so is that of the others.

    That has to be unusual here, or so few people are behind their reach in the end as is unusual.
    The latter is looked at in up to `MOST_PAIRS` pairs of people.
    """
    found = seen.mutual >= limits.ring_members
    rows = np.flatnonzero(found)
    found[rows] = seen.mutual[rows] / np.maximum(seen.count[rows], 1) >= limits.ring_share
    found[found] = _mutual_around(seen, pairs, found)[found] >= limits.ring_share
    closed = _closed(seen, pairs, found, limits)
    usual = usual_part(seen.mutual, seen.count, found)
    keep_surprising(found, seen.mutual, seen.count, usual, limits)
    return closed | {
        int(person): (
            f"{seen.mutual[person]} of {seen.count[person]} people who act on theirs are acted on "
            f"in turn, and so it is around them ({usual:.0%} is usual here)"
        )
        for person in np.flatnonzero(found)
    }


def _closed(
    seen: Amplifiers, pairs: pl.DataFrame, suspects: Mask, limits: Thresholds
) -> dict[int, str]:
    """Return the suspects behind whose reach there are few people, however far one follows.

    Few is both beside their own amplifiers and beside what is usual; most have no such end where a
    community is large.
    """
    if not suspects.any() or pairs.height > MOST_PAIRS:
        return {}
    found = people_behind(pairs, len(seen.count))
    sizes = np.where(found.closed, found.people, np.inf)
    usual = float(np.median(sizes[seen.count >= limits.ring_members]))
    most = np.minimum((seen.count + 1) / limits.closed_share, limits.closed_share * usual)
    here = f"{usual:,.0f} is usual here" if usual < np.inf else "most here have no such end"
    return {
        int(person): (
            f"{seen.mutual[person]} of {seen.count[person]} people who act on theirs are acted on "
            f"in turn, and about {sizes[person]:,.0f} people are behind their reach however far "
            f"one follows ({here})"
        )
        for person in np.flatnonzero(suspects & (sizes <= most))
    }


def _mutual_around(seen: Amplifiers, pairs: pl.DataFrame, asked: Mask) -> Floats:
    """Return the mean part of mutual amplifiers that the amplifiers of those asked for have."""
    around = np.zeros(len(asked))
    for from_, to in behind(pairs, asked):
        np.add.at(around, to, seen.mutual[from_] / np.maximum(seen.count[from_], 1))
    around /= np.maximum(seen.count, 1)
    return around
