"""Reach that looks made: accounts for one person only, or that nobody else knows.

Looking at who is behind an account's reach follows SybilRank (Cao et al., NSDI 2012) and TrueTop
(Zhang et al., arXiv:1504.04663, 2015): fakes are cheap to make, being acted on by others is not.
"""

import numpy as np
import polars as pl

from ...settings_gates import Thresholds
from ..arrays import Floats, Mask
from .amplifiers import Amplifiers, behind
from .unusual import keep_surprising, too_few, usual_part

_A_LITTLE_MORE = 1 + 1e-6


def single_sources(seen: Amplifiers, pairs: pl.DataFrame, limits: Thresholds) -> dict[int, str]:
    """Return whose reach looks made: accounts for this person only, or that nobody else knows."""
    judged = seen.count >= limits.source_accounts
    only = judged.copy()
    rows = np.flatnonzero(judged)
    only[rows] = seen.alone[rows] / np.maximum(seen.count[rows], 1) >= limits.source_share
    usual = usual_part(seen.alone, seen.count, only)
    keep_surprising(only, seen.alone, seen.count, usual, limits)
    # More than the busiest have is expected of nobody: the others need not be looked at.
    most = limits.alive_share * seen.usual.max() * _A_LITTLE_MORE
    hollow = judged
    hollow[rows] = seen.alive[rows] <= most * seen.count[rows]
    expected = _expected(seen, pairs, hollow)
    rows = np.flatnonzero(hollow)
    alive, usually, count = seen.alive[rows], expected[rows], seen.count[rows]
    hollow[rows] = (alive <= limits.alive_share * usually) & too_few(
        alive, usually, count, limits.surprise
    )
    told = {
        int(person): (
            f"{seen.alive[person]} of {seen.count[person]} accounts that act on theirs are acted "
            f"on by anyone else, {expected[person]:.0f} would be usual here"
        )
        for person in np.flatnonzero(hollow)
    }
    return told | {
        int(person): (
            f"{seen.alone[person]} of {seen.count[person]} accounts that act on theirs act on "
            f"nobody else ({usual:.0%} is usual here)"
        )
        for person in np.flatnonzero(only)
    }


def _expected(seen: Amplifiers, pairs: pl.DataFrame, asked: Mask) -> Floats:
    """Return how many amplifiers of those asked for would usually be alive; 0 for the others."""
    expected = np.zeros(len(asked))
    for from_, to in behind(pairs, asked):
        np.add.at(expected, to, seen.usual[seen.busy[from_]])
    return expected
