"""Other ways to rank people, each named with its source, to hold the score against.

All take a measured community and return a number a person, the higher the better.
"""

from collections.abc import Callable, Mapping

import numpy as np

from .arrays import Floats, summed
from .parts import DAY, Clock, activity, daily
from .scoring import Scored

_DAMPING = 0.85
_ROUNDS = 100


def score(found: Scored) -> Floats:
    """Return the score itself: loyalty × activity × trusted reach."""
    return found.raw


def reach(found: Scored) -> Floats:
    """Return R alone: best where only amplification is wanted.

    Influence as the distinct people who pass on what somebody made follows Cha et al. (ICWSM 2010)
    and Bakshy et al. (WSDM 2011); groups and mutual praise are discounted as in the score.
    """
    return found.reach


def loyal(found: Scored) -> Floats:
    """Return B with each day damped as in L; without a brand, L.

    Acts on an account that count less with age, day by day, are what RealGraph foresees later acts
    from (Kamath et al., "RealGraph: User Interaction Prediction at Twitter", 2014).
    """
    seen = found.seen
    if not seen.brand:
        return found.activity
    acts = seen.edges.acts
    on = acts.filter(acts["to"].is_in(list(seen.brand)))
    return activity(daily(on, seen.clock), len(seen.edges.people), seen.clock)


def degree(found: Scored) -> Floats:
    """Return how many distinct people act on somebody (in-degree)."""
    return found.seen.amplifiers.count.astype(np.float64)


def recent_degree(found: Scored) -> Floats:
    """Return in-degree with each by the age of the last time."""
    pairs, clock = found.seen.pairs, found.seen.clock
    worth = clock.decay(clock.ages(pairs["last"]))
    return summed(pairs["to"].to_numpy(), worth, len(found.raw))


def pagerank(found: Scored) -> Floats:
    """Return PageRank along who acts on whom, damping 0.85 (Page et al., 1999)."""
    pairs, people = found.seen.pairs, len(found.raw)
    from_, to = pairs["from"].to_numpy(), pairs["to"].to_numpy()
    targets = np.bincount(from_, minlength=people)
    share = 1.0 / np.maximum(targets, 1)
    rank = np.full(people, 1 / people)
    for _ in range(_ROUNDS):
        lost = rank[targets == 0].sum()
        flow = summed(to, (rank * share)[from_], people)
        after = (1 - _DAMPING + _DAMPING * lost) / people + _DAMPING * flow
        moved = np.abs(after - rank).sum()
        rank = after
        if moved < 1e-10:
            break
    return rank


def core(found: Scored) -> Floats:
    """Return core numbers of who is tied to whom, either way (Seidman, 1983)."""
    pairs, people = found.seen.pairs, len(found.raw)
    once = (pairs["from"] < pairs["to"]) | ~pairs["mutual"]
    one, other = pairs["from"].filter(once).to_numpy(), pairs["to"].filter(once).to_numpy()
    numbers = np.zeros(people)
    level = 0
    while len(one):
        ties = np.bincount(one, minlength=people) + np.bincount(other, minlength=people)
        held = ties > 0
        level = max(level, int(ties[held].min()))
        numbers[held] = level
        going = held & (ties <= level)
        stays = ~(going[one] | going[other])
        one, other = one[stays], other[stays]
    return numbers


def orbit(found: Scored) -> Floats:
    """Return love × ln(reach), after the Orbit model (orbit.love, 2020): decayed acts × reach."""
    return love(found) * np.log1p(found.seen.amplifiers.count)


def love(found: Scored) -> Floats:
    """Return all acts by age."""
    acts, clock = found.seen.edges.acts, found.seen.clock
    return summed(acts["from"].to_numpy(), clock.decay(clock.ages(acts["at"])), len(found.raw))


def rfm(found: Scored) -> Floats:
    """Return recency × frequency × value (Hughes, 1994), value being the people reached."""
    acts, people = found.seen.edges.acts, len(found.raw)
    clock = found.seen.clock
    return (
        clock.decay(_last_age(found, clock))
        * np.log1p(np.bincount(acts["from"].to_numpy(), minlength=people))
        * np.log1p(found.seen.amplifiers.count)
    )


def recency(found: Scored) -> Floats:
    """Return how recently somebody last acted."""
    return -_last_age(found, found.seen.clock)


def at_random(found: Scored) -> Floats:
    """Return the same for everyone: ties are broken at random."""
    return np.zeros(len(found.raw))


def _last_age(found: Scored, clock: Clock) -> Floats:
    acts = found.seen.edges.acts
    ages = np.full(len(found.raw), (clock.as_of - clock.oldest) / DAY + 1)
    np.minimum.at(ages, acts["from"].to_numpy(), clock.ages(acts["at"]))
    return ages


METHODS: Mapping[str, Callable[[Scored], Floats]] = {
    "sharewise": score,
    "rfm": rfm,
    "orbit": orbit,
    "core": core,
    "pagerank": pagerank,
    "recent degree": recent_degree,
    "degree": degree,
    "recency": recency,
    "random": at_random,
}
"""What the score is held against; `reach` and `loyal` are offered beside it."""
