"""The parts of everyone's score, measured from the acts that count."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass

import numpy as np
import polars as pl

from ..errors import CommunityError
from ..memory import give_back
from ..settings_community import HALF_LIFE
from .arrays import Counts, Floats
from .cleaning import Cleaned
from .gates.amplifiers import amplifiers_of
from .gates.seen import Seen
from .pairs import PART_ROWS, pairs_of
from .parts import Clock, Days, activity, clock_of, combined, daily, groups_of, loyalty, reach


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
            give_back()
        pairs = pairs_of(acts)
        behind = beside.submit(amplifiers_of, pairs, people)
        if large:
            wait([behind])
        groups = groups_of(pairs, people)
        moved = reach(pairs, people, clock, groups)
        (active, busy, days, first), amplifiers = dated.result(), behind.result()
    if large:
        give_back()
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
