"""What the rewarded did after, held against those who were held out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import polars as pl

from ...errors import RewardsError
from ..edges import Edges
from ..handles import handle_key
from ..schema import TIME
from .ledger import REWARD
from .permutation import Difference, Stratum, difference

OUTCOMES: Mapping[str, str] = {
    "brand": "acts on the brand",
    "acts": "acts in the community",
    "reached": "people who act on them",
}
"""What is counted of each person within the horizon; the first that can be is the one asked."""


@dataclass(frozen=True)
class Effect:
    """One outcome of the rewarded and of the held out, in counts a person."""

    outcome: str
    rewarded: float
    held_out: float
    difference: Difference


@dataclass(frozen=True)
class Measured:
    """What rounds of rewards did.

    Attributes
    ----------
    effects : an effect for each outcome, the one asked first
    rounds : their names
    rewarded, held_out : how many people
    days : the days that were watched after each round, at most the horizon
    notes : what limits the figures, in words
    """

    effects: tuple[Effect, ...]
    rounds: tuple[str, ...]
    rewarded: int
    held_out: int
    days: float
    notes: tuple[str, ...] = ()


def measure_rewards(
    interactions: pl.DataFrame,
    ledger: pl.DataFrame,
    *,
    brand: Sequence[str],
    horizon: timedelta,
    confidence: float = 0.95,
    seed: int = 0,
) -> Measured:
    """Return the effects of the rounds in ``ledger``, one of which each person counts for once.

    Everyone counts as drawn, whatever they did with the reward. Somebody of whom the
    interactions show nothing after their round did nothing: 0.

    Parameters
    ----------
    interactions : ``from``, ``to`` and ``at`` as in `INTERACTION_SCHEMA`, past the rounds
    ledger : as `LEDGER_SCHEMA`
    brand : the brand's handles; without any, acts on the brand are not counted
    horizon : what is counted lies after the round and not later than this; where the
        interactions end sooner, that is the end for everyone, and it is said

    Raises
    ------
    RewardsError
        The ledger has no stratum with both rewarded and held out, or no interaction is newer
        than its rounds.
    """
    paired, alone = _paired(ledger)
    newest = interactions["at"].max()
    oldest_end = paired["at"].max()
    if not isinstance(newest, datetime) or not isinstance(oldest_end, datetime):
        raise RewardsError("the interactions have no times: what came after can't be told")
    watched = min(horizon, newest - oldest_end)
    if watched <= timedelta():
        raise RewardsError(
            f"no interaction after {oldest_end:%Y-%m-%d %H:%M}, when the newest round was given; "
            "measure once there are newer ones"
        )
    counted = _counted(interactions, paired, brand, watched)
    names = [name for name in OUTCOMES if name != "brand" or brand]
    return Measured(
        effects=tuple(_effect(counted, name, confidence, seed) for name in names),
        rounds=tuple(paired["round"].unique().sort()),
        rewarded=counted.filter("rewarded").height,
        held_out=counted.filter(~pl.col("rewarded")).height,
        days=watched / timedelta(days=1),
        notes=tuple(_notes(alone, watched, horizon)),
    )


def named_acts(edges: Edges) -> pl.DataFrame:
    """Return ``from``, ``to``, ``at`` of an edge table with names in place of codes."""
    acts = edges.acts
    sides = [edges.people.gather(acts[side]).rename(side) for side in ("from", "to")]
    return pl.DataFrame([*sides, acts["at"].cast(TIME)])


def _paired(ledger: pl.DataFrame) -> tuple[pl.DataFrame, int]:
    """Return the entries of strata with both kinds of people, and how many others there are."""
    rewarded = pl.col("role") == REWARD
    stratum = ["round", "stratum"]
    both = (rewarded.any() & ~rewarded.all()).over(stratum) & pl.col("stratum").is_not_null()
    marked = ledger.with_columns(rewarded=rewarded, both=both, key=handle_key(pl.col("person")))
    paired = marked.filter("both")
    if paired.is_empty():
        raise RewardsError(
            "the ledger has nobody held out beside somebody rewarded, so the effect can't be "
            "told; assign with --holdout 0.2"
        )
    return paired, marked.height - paired.height


def _counted(
    interactions: pl.DataFrame, paired: pl.DataFrame, brand: Sequence[str], watched: timedelta
) -> pl.DataFrame:
    """Return the entries with a count for each outcome."""
    acts = interactions.lazy().select(
        handle_key(pl.col("from")).alias("from"), handle_key(pl.col("to")).alias("to"), "at"
    )
    own = pl.select(handle_key(pl.lit(pl.Series(list(brand), dtype=pl.String)))).to_series()
    people = paired.lazy().select("round", "key", start="at")
    after = (pl.col("at") > pl.col("start")) & (pl.col("at") <= pl.col("start") + watched)
    made = (
        acts.join(people, left_on="from", right_on="key")
        .filter(after, pl.col("to").is_null() | (pl.col("to") != pl.col("from")))
        .group_by("round", key="from")
        .agg(acts=pl.len(), brand=pl.col("to").is_in(own.to_list()).sum())
    )
    received = (
        acts.join(people, left_on="to", right_on="key")
        .filter(after, pl.col("to") != pl.col("from"))
        .group_by("round", key="to")
        .agg(reached=pl.col("from").n_unique())
    )
    counts = [pl.col(name).fill_null(0).cast(pl.Float64) for name in OUTCOMES]
    return (
        paired.lazy()
        .join(made, on=["round", "key"], how="left", maintain_order="left")
        .join(received, on=["round", "key"], how="left", maintain_order="left")
        .with_columns(counts)
        .collect()
    )


def _effect(counted: pl.DataFrame, name: str, confidence: float, seed: int) -> Effect:
    strata = [
        Stratum(
            rewarded=tuple(some.filter("rewarded")[name]),
            held_out=tuple(some.filter(~pl.col("rewarded"))[name]),
        )
        for _, some in counted.group_by("round", "stratum", maintain_order=True)
    ]
    whole = sum(one.size for one in strata)

    def mean(values: Sequence[tuple[float, ...]]) -> float:
        sizes = [one.size for one in strata]
        return sum(n * sum(v) / len(v) for n, v in zip(sizes, values, strict=True)) / whole

    return Effect(
        outcome=name,
        rewarded=mean([one.rewarded for one in strata]),
        held_out=mean([one.held_out for one in strata]),
        difference=difference(strata, confidence=confidence, seed=seed),
    )


def _notes(alone: int, watched: timedelta, horizon: timedelta) -> list[str]:
    notes = []
    if watched < horizon:
        notes.append(
            f"the interactions end {_days(watched)} after the newest round, before the "
            f"{_days(horizon)} of the horizon: counted is what came by then"
        )
    if alone:
        notes.append(f"{alone:,} people have nobody to be held against and are left out")
    return notes


def _days(length: timedelta) -> str:
    return f"{length / timedelta(days=1):.3g} days"
