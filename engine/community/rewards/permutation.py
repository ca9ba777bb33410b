"""The difference a reward made, and its interval, by re-drawing who was held out."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from random import Random

EXACT = 20_000
"""Up to so many ways to draw, each is looked at."""

DRAWS = 9_999
_CHOICES = 2_000


@dataclass(frozen=True)
class Stratum:
    """What the people of one stratum did: the outcomes of the ``rewarded`` and the ``held_out``."""

    rewarded: tuple[float, ...]
    held_out: tuple[float, ...]

    @property
    def size(self) -> int:
        """How many people it has."""
        return len(self.rewarded) + len(self.held_out)


@dataclass(frozen=True)
class Difference:
    """Rewarded less held out.

    Attributes
    ----------
    estimate : the mean difference within strata, each weighing as many as it has people
    low, high : the ends of the interval; infinite where the draws are too few for its confidence
    p : the two-sided p value of no difference at all
    exact : whether every way to draw was looked at
    """

    estimate: float
    low: float
    high: float
    p: float
    exact: bool

    @property
    def evidence(self) -> bool:
        """Whether the interval leaves out 0."""
        return self.low > 0 or self.high < 0


def difference(strata: Sequence[Stratum], *, confidence: float = 0.95, seed: int = 0) -> Difference:
    """Return the difference with an interval that rests on the drawing alone.

    The held out were drawn at random within strata, so under "the reward adds d to everyone"
    every other draw was as likely. The interval holds every d that this test does not reject on
    either side at (1 - ``confidence``) / 2. With one stratum and one held out, its ends are
    differences between single people.

    Parameters
    ----------
    strata : at least one, each with somebody rewarded and somebody held out
    seed : for the draws, where there are too many to look at all

    References
    ----------
    Fisher: The Design of Experiments (1935). Garthwaite: Confidence intervals from
    randomization tests, Biometrics 52 (1996). Imbens, Rubin: Causal Inference (2015), ch. 5, 9.
    """
    draws = Random(seed)  # noqa: S311 - not for secrets
    whole = sum(one.size for one in strata)
    tables = [_table(one, one.size / whole, draws) for one in strata]
    estimate = math.fsum(table[0][0] for table in tables)
    exact = math.prod(map(len, tables)) <= EXACT and all(
        len(table) == math.comb(one.size, len(one.held_out))
        for table, one in zip(tables, strata, strict=True)
    )
    others: list[float] = []
    same = 0
    for shift, weight in _draws(tables, draws, exact=exact):
        if 1 - weight < 1e-9:
            same += 1
        else:
            others.append((estimate - shift) / (1 - weight))
    if not exact:
        same += 1
    return _interval(estimate, sorted(others), same, (1 - confidence) / 2, exact=exact)


def _interval(
    estimate: float, others: list[float], same: int, tail: float, *, exact: bool
) -> Difference:
    """Each of ``others`` is the d from which on (up to which) its draw counts against d."""
    total = same + len(others)
    spared = math.floor(tail * total + 1e-9) - same
    bounded = 0 <= spared < len(others)
    at_least = sum(other <= 0 for other in others) + same
    at_most = sum(other >= 0 for other in others) + same
    return Difference(
        estimate=estimate,
        low=others[spared] if bounded else -math.inf,
        high=others[-1 - spared] if bounded else math.inf,
        p=min(1.0, 2 * min(at_least, at_most) / total),
        exact=exact,
    )


def _draws(
    tables: Sequence[Sequence[tuple[float, float]]], draws: Random, *, exact: bool
) -> Iterator[tuple[float, float]]:
    """Yield, for each draw, the difference it shows and how many of the rewarded it keeps."""
    if exact:
        for row in product(*tables):
            yield sum(shift for shift, _ in row), sum(weight for _, weight in row)
        return
    for _ in range(DRAWS):
        shift = weight = 0.0
        for table in tables:
            one = table[int(draws.random() * len(table))]
            shift, weight = shift + one[0], weight + one[1]
        yield shift, weight


def _table(stratum: Stratum, share: float, draws: Random) -> list[tuple[float, float]]:
    """Return, for each way to draw the held out, the difference of outcomes and of rewards.

    The draw that took place comes first.
    """
    outcomes = (*stratum.held_out, *stratum.rewarded)
    rewards = (0.0,) * len(stratum.held_out) + (1.0,) * len(stratum.rewarded)
    size, out = len(outcomes), len(stratum.held_out)
    if math.comb(size, out) <= _CHOICES:
        ways = list(combinations(range(size), out))
    else:
        ways = [tuple(range(out))]
        ways += [tuple(draws.sample(range(size), out)) for _ in range(_CHOICES - 1)]
    return [(share * _gap(outcomes, drawn), share * _gap(rewards, drawn)) for drawn in ways]


def _gap(values: Sequence[float], drawn: Sequence[int]) -> float:
    out = math.fsum(values[at] for at in drawn)
    rest = math.fsum(values) - out
    return rest / (len(values) - len(drawn)) - out / len(drawn)
