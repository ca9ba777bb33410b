"""Choose whom to reward: strata of near ranks, one of each held out at random, quota, budget."""

import math
from collections import Counter, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from random import Random

from ...settings_rewards import Tier

BUDGET, PEOPLE = "the budget or the places are used up", "no more people are eligible"
QUOTA = "whoever could still get one is in a group that has its share"


@dataclass(frozen=True)
class Candidate:
    """Somebody who may be rewarded; ``group`` None: in no group, which no quota bounds."""

    person: str
    rank: int
    score: float
    group: int | None = None


@dataclass(frozen=True)
class Offer:
    """The tiers, the dearest first, and the last rank that may get one, by its name."""

    tiers: tuple[Tier, ...]
    last_ranks: Mapping[str, int]

    def open_to(self, one: Candidate) -> Iterator[Tier]:
        """Yield the tiers that the rank and score of a candidate reach."""
        for tier in self.tiers:
            last = self.last_ranks.get(tier.name)
            if one.score >= tier.least_score and (last is None or one.rank <= last):
                yield tier


@dataclass(frozen=True)
class Chosen:
    """A candidate's lot: a tier, or None for the held out."""

    candidate: Candidate
    stratum: int
    tier: Tier | None


@dataclass
class Choice:
    """Who was chosen, how many of a group at most, and why no more were.

    ``left`` is what is left of the budget, ``used`` how many got each tier, ``rewarded`` how
    many of each group.
    """

    left: float
    cap: int | None = None
    ended: str = PEOPLE
    chosen: list[Chosen] = field(default_factory=list)
    used: Counter[str] = field(default_factory=Counter)
    rewarded: Counter[int] = field(default_factory=Counter)

    def add(self, lots: Sequence[Chosen]) -> None:
        """Keep the lots of one stratum."""
        self.chosen += lots
        for one in lots:
            if one.tier is not None:
                self.left -= one.tier.cost
                self.used[one.tier.name] += 1
                if one.candidate.group is not None:
                    self.rewarded[one.candidate.group] += 1


def choose(
    candidates: Sequence[Candidate],
    tiers: Sequence[Tier],
    *,
    budget: float,
    holdout: float,
    quota: float,
    seed: int,
    last_ranks: Mapping[str, int] | None = None,
) -> Choice:
    """Return whom to reward and whom to hold out.

    The candidates are taken in the order given, the best first, in strata of 1 / ``holdout``
    people. First one of each stratum is held out at random; the others get the dearest tier that
    has places left, that their score reaches, and that is within the budget. A stratum is only
    begun when the budget pays for it whoever is drawn, and the last is cut to what it pays: so
    the held out are people who would have been rewarded, and chance alone parts them.

    Parameters
    ----------
    tiers : the dearest first
    holdout : the share that is held out, 0 to 0.5; 0: nobody, and a stratum is one person
    quota : no group gets a larger share of the rewards, but at least one; where there are too
        few groups for that, each gets an equal part, rounded up. Where a group has too few
        people for its part, the others' is that of the rewards the budget pays without quota
    last_ranks : tier → the last rank that may get it; a tier that is not there is for all
    """
    offer = Offer(tuple(tiers), last_ranks or {})
    free = _strata(candidates, offer, budget, holdout, seed, None)
    groups = {one.group for one in candidates if one.group is not None}
    if not groups or quota >= 1:
        return free
    shares = (quota, len(groups))
    choice = _strata(candidates, offer, budget, holdout, seed, _cap(*shares, free))
    while choice.ended == QUOTA and choice.cap is not None:
        wider = _strata(candidates, offer, budget, holdout, seed, choice.cap + 1)
        if max(wider.rewarded.values(), default=0) > _cap(*shares, wider):
            break
        choice = wider
    return choice


def _cap(quota: float, groups: int, choice: Choice) -> int:
    """Return how many rewards one group may have of so many."""
    rewards = choice.used.total()
    if quota * groups < 1:
        return max(1, math.ceil(rewards / groups))
    return max(1, math.floor(quota * rewards + 1e-9))


def _strata(
    candidates: Sequence[Candidate],
    offer: Offer,
    budget: float,
    holdout: float,
    seed: int,
    cap: int | None,
) -> Choice:
    draws, choice, waiting = Random(seed), Choice(budget, cap), deque(candidates)  # noqa: S311
    for stratum in count(1):
        members = _next(waiting, _size(stratum, holdout), choice)
        least = 2 if holdout and len(members) > 1 else 1
        while len(members) >= least and not _affordable(members, offer, choice, least == 2):
            choice.ended = BUDGET
            members = members[:-1]
        if len(members) < least:
            break
        out = int(draws.random() * len(members)) if least == 2 else None
        choice.add(_lots(members, offer, choice, out, stratum) or ())
        if choice.ended == BUDGET:
            break
    return choice


def _size(stratum: int, holdout: float) -> int:
    """Return how many people a stratum has, so that 1 of 1 / ``holdout`` is held out overall."""
    if not holdout:
        return 1
    return math.floor(stratum / holdout + 0.5) - math.floor((stratum - 1) / holdout + 0.5)


def _next(waiting: deque[Candidate], size: int, choice: Choice) -> list[Candidate]:
    """Take the next people whose group has room, whoever of them is held out."""
    members: list[Candidate] = []
    later: list[Candidate] = []
    taken = Counter(choice.rewarded)
    while waiting and len(members) < size:
        one = waiting.popleft()
        if choice.cap is not None and one.group is not None:
            if choice.rewarded[one.group] >= choice.cap:
                choice.ended = QUOTA
                continue
            if taken[one.group] >= choice.cap:
                later.append(one)
                continue
            taken[one.group] += 1
        members.append(one)
    waiting.extendleft(reversed(later))
    return members


def _affordable(members: Sequence[Candidate], offer: Offer, choice: Choice, held_out: bool) -> bool:
    draws = range(len(members)) if held_out else (None,)
    return all(_lots(members, offer, choice, out, 0) is not None for out in draws)


def _lots(
    members: Sequence[Candidate],
    offer: Offer,
    choice: Choice,
    out: int | None,
    stratum: int,
) -> list[Chosen] | None:
    """Return everyone's lot, None where somebody can't be given anything any more."""
    left, used, lots = choice.left, Counter(choice.used), []
    for at, one in enumerate(members):
        if at == out:
            lots.append(Chosen(one, stratum, None))
            continue
        tier = next((tier for tier in offer.open_to(one) if _fits(tier, left, used)), None)
        if tier is None:
            return None
        used[tier.name] += 1
        left -= tier.cost
        lots.append(Chosen(one, stratum, tier))
    return lots


def _fits(tier: Tier, left: float, used: Counter[str]) -> bool:
    return tier.cost <= left + 1e-9 and (tier.places is None or used[tier.name] < tier.places)
