"""Proof on one's own data: rank from the past, score against what followed.

At several times T people are ranked by each method from the acts before T. What they did in the
span after T is the truth: √(distinct people who acted on theirs × distinct people they acted on);
with a brand √(their acts on the brand × distinct people who acted on theirs). Only those who acted
before T are ranked; with a brand, on the brand. Gains are log₂(1 + value), ties are broken at
random, all methods see the same ties.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from ..errors import CommunityError
from .arrays import Floats
from .baselines import METHODS
from .cleaning import Cleaned
from .edges import Edges
from .parts import DAY
from .scoring import Scored, measured

Method = Callable[[Scored], Floats]
WINDOWS, TOP = 9, 100
CROWD_PART = 4
"""At most a quarter of the fewest people are the top: in a longer list every order is right."""
_SPANS = 7


@dataclass(frozen=True)
class Evaluation:
    """How well each method foretold.

    Attributes
    ----------
    windows : ``window, at, method, ndcg, precision, people``, a row a window and method
    methods : ``method, ndcg, precision, wins, gain, low, high``, the best first: means over the
        windows, in how many of them sharewise is ahead, by how much in NDCG, and the 95 % interval
        of that from resampling windows; null for sharewise itself
    horizon : days that are foretold
    half_life : days
    top : how many of a ranking count
    asked_top : how many were to count; more than ``top`` where there are too few people
    """

    windows: pl.DataFrame
    methods: pl.DataFrame
    horizon: float
    half_life: float
    top: int
    asked_top: int


def evaluate(
    edges: Edges,
    *,
    brand: Sequence[str] = (),
    half_life: float,
    horizon: float | None = None,
    windows: int = WINDOWS,
    top: int = TOP,
    seed: int = 0,
    times: Sequence[int] = (),
    methods: Mapping[str, Method] = METHODS,
) -> Evaluation:
    """Return how each method does on the community's own past.

    Parameters
    ----------
    edges
        A cleaned community with times.
    brand
        Handles of the brand; none: people are ranked as members of the whole community.
    half_life
        Days after which an act counts half.
    horizon
        Days that are foretold; None: the half-life, at most a seventh of the time there is.
    windows, top
        How many times T, from two sevenths of the time on; how many ranks count, at most a
        quarter of the fewest people of a window.
    seed
        Of ties and intervals.
    times
        The times T in microseconds, instead of ``windows`` of them.
    methods
        Method → what ranks people.

    Raises
    ------
    CommunityError
        No times, all at one moment, or nobody acted before or after.
    """
    known = edges.acts["at"].drop_nulls()
    if known.is_empty() or known.min() == known.max():
        raise CommunityError("no times, or all at one moment: nothing can be foretold and checked")
    oldest, newest = int(known.to_numpy().min()), int(known.to_numpy().max())
    span = (newest - oldest) / DAY
    ahead = min(half_life, span / _SPANS) if horizon is None else horizon
    if ahead > span / 2:
        raise CommunityError(
            f"a horizon of {ahead:g} days in {span:.1f} days of data leaves too little to learn "
            f"from; at most {span / 2:.1f}"
        )
    first, last = oldest + 2 * span * DAY / _SPANS, newest - ahead * DAY
    chosen = times or [round(at) for at in np.linspace(min(first, last), last, windows)]
    found = [
        window
        for number, at in enumerate(chosen)
        if (window := _window(edges, at, ahead, brand, half_life, (seed, number), methods))
    ]
    if not found:
        raise CommunityError(
            "nobody who acted before acts or is acted on after; a longer --horizon"
        )
    fewest = min(len(window.values) for window in found)
    counted = max(1, min(top, fewest // CROWD_PART))
    frame = pl.DataFrame([row for window in found for row in window.rows(counted)])
    return Evaluation(frame, compared(frame, seed), ahead, half_life, counted, top)


def compared(windows: pl.DataFrame, seed: int = 0) -> pl.DataFrame:
    """Return a row a method, the best first, and sharewise's paired lead over each."""
    first = "sharewise"
    means = windows.group_by("method").agg(pl.col("ndcg").mean(), pl.col("precision").mean())
    wide = windows.pivot("method", index="window", values="ndcg").sort("window")
    rng = np.random.default_rng(seed)
    draws = rng.integers(0, wide.height, (2_000, wide.height))
    leads: list[tuple[str, int | None, float | None, float | None, float | None]] = []
    for name in means["method"]:
        if name == first or first not in wide.columns:
            leads.append((name, None, None, None, None))
            continue
        lead = (wide[first] - wide[name]).to_numpy()
        low, high = np.quantile(lead[draws].mean(axis=1), (0.025, 0.975))
        leads.append((name, int((lead > 0).sum()), float(lead.mean()), float(low), float(high)))
    schema = {"method": pl.String, "wins": pl.Int64} | dict.fromkeys(
        ("gain", "low", "high"), pl.Float64
    )
    led = pl.DataFrame(leads, schema=schema, orient="row")
    return means.join(led, on="method").sort("ndcg", "method", descending=[True, False])


def ndcg(values: Floats, scores: Floats, top: int, ties: Floats) -> tuple[float, float]:
    """Return NDCG and precision at ``top``: of the best by score against the best by value."""
    gains = np.log2(1 + values)
    order = np.lexsort((ties, -scores))[:top]
    best = np.lexsort((ties, -gains))[:top]
    discount = 1 / np.log2(np.arange(2, len(order) + 2))
    ideal = float((gains[best] * discount).sum())
    if not ideal:
        return 0.0, 0.0
    worth = set(best[gains[best] > 0].tolist())
    hits = sum(int(one) in worth for one in order)
    return float((gains[order] * discount).sum()) / ideal, hits / max(1, len(worth))


@dataclass(frozen=True)
class _Window:
    """One time T: what each method says of the people, what they did then, and the ties."""

    number: int
    at: int
    values: Floats
    scores: Mapping[str, Floats]
    ties: Floats

    def rows(self, top: int) -> Iterator[dict[str, object]]:
        """Yield a row a method."""
        for name, scores in self.scores.items():
            gain, hit = ndcg(self.values, scores, top, self.ties)
            yield {
                "window": self.number,
                "at": self.at,
                "method": name,
                "ndcg": gain,
                "precision": hit,
                "people": len(self.values),
            }


def _window(
    edges: Edges,
    at: int,
    horizon: float,
    brand: Sequence[str],
    half_life: float,
    seed: tuple[int, int],
    methods: Mapping[str, Method],
) -> _Window | None:
    past = edges.before(at)
    after = edges.acts.filter(pl.col("at").is_between(at, at + int(horizon * DAY), closed="left"))
    if not past.acts.height or not after.height:
        return None
    found = measured(Cleaned(past, pl.Series([True])), brand, at, half_life)
    codes = found.seen.brand
    acted = past.acts.filter(pl.col("to").is_in(codes)) if codes else past.acts
    among = np.setdiff1d(acted["from"].unique().to_numpy(), np.array(codes, dtype=np.int64))
    values = _truth(after, len(edges.people), codes)[among]
    if not values.any():
        return None
    ties = np.random.default_rng(seed).random(len(among))
    scores = {name: method(found)[among] for name, method in methods.items()}
    return _Window(seed[1], at, values, scores, ties)


def _truth(after: pl.DataFrame, people: int, brand: Sequence[int]) -> Floats:
    """Return √(distinct amplifiers × distinct people acted on), or × acts on the brand."""
    pairs = after.select("from", "to").drop_nulls().unique()
    moved = np.bincount(pairs["to"].to_numpy(), minlength=people)
    if brand:
        on = after.filter(pl.col("to").is_in(list(brand)))
        made = np.bincount(on["from"].to_numpy(), minlength=people)
    else:
        made = np.bincount(pairs["from"].to_numpy(), minlength=people)
    return np.sqrt(moved.astype(np.float64) * made)
