"""Turn a ranking into rewards: who may be rewarded now, who is, and what the ledger says."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import polars as pl

from ...errors import RewardsError
from ...settings_rewards import Rewards
from ..handles import handle_key
from .choosing import Candidate, Choice, Chosen, Offer, choose
from .disclosure import duties_of, duty_line
from .ledger import HELD_OUT, LEDGER_SCHEMA, REWARD

LEAST_SCORE = 0.5
"""Of 100; less is shown as 0."""


@dataclass(frozen=True)
class Assignment:
    """One round of rewards.

    Attributes
    ----------
    entries : what the ledger gains, as `LEDGER_SCHEMA`, in the order of the ranks
    left : ``person``, ``rank``, ``why`` of everyone ranked who is neither rewarded nor held out
    gated : gate → how many people it holds back
    cost : what the rewards cost together
    budget : what they might have cost
    cap : the most rewards that one group can get, None without groups
    ended : why no more people were rewarded
    may_be_staff : the rewarded whose handle holds the brand's name
    """

    entries: pl.DataFrame
    left: pl.DataFrame
    gated: Mapping[str, int]
    cost: float
    budget: float
    cap: int | None
    ended: str
    may_be_staff: tuple[str, ...] = ()


def assign(
    ambassadors: pl.DataFrame,
    groups: pl.DataFrame,
    ledger: pl.DataFrame,
    rewards: Rewards,
    *,
    budget: float,
    holdout: float,
    seed: int,
    at: datetime,
    brand: str,
    parts: Mapping[str, float] | None = None,
) -> Assignment:
    """Return who gets what, and who is held out so that the effect can be measured.

    Parameters
    ----------
    ambassadors
        As `AMBASSADOR_SCHEMA`; those with a gate, without a rank or with a score that is shown
        as 0 get nothing. With ``may_be_staff``, the rewarded of whom it is true are named.
    groups
        ``person``, ``group`` (Int64), ``label`` (text for the ledger); who is in none is in no
        quota. See `choose` for the quota and the drawing.
    ledger
        The rewards so far. Nobody in it gets a reward within the cool-down, and nobody held out
        gets one while the round they were held out of is measured.
    budget
        In the currency of the costs.
    at
        The time of the round, aware; not the clock's but the newest interaction's.
    parts
        Tier → the best part of the ranked that reaches it: a reward of that name is for them.

    Raises
    ------
    RewardsError
        The budget is not above 0 or below the cheapest tier, or ``holdout`` is not 0 to 0.5.
    """
    _check(rewards, budget, holdout)
    ranked = ambassadors.filter(pl.col("rank").is_not_null(), pl.col("gate").is_null())
    ranked = ranked.sort("rank").join(groups, on="person", how="left", maintain_order="left")
    waits = _waits(ledger, rewards, at)
    keyed = ranked.with_columns(key=handle_key(pl.col("person")))
    keyed = keyed.join(waits, on="key", how="left", maintain_order="left")
    offer = Offer(rewards.tiers, _last_ranks(ranked.height, parts or {}))
    able = [
        one
        for row in keyed.filter(pl.col("why").is_null())
        .select("person", "rank", "score", "group")
        .iter_rows()
        if row[2] >= LEAST_SCORE and any(offer.open_to(one := Candidate(*row)))
    ]
    choice = choose(
        able,
        rewards.tiers,
        budget=budget,
        holdout=holdout,
        quota=rewards.quota,
        seed=seed,
        last_ranks=offer.last_ranks,
    )
    rows = {row["person"]: row for row in ranked.iter_rows(named=True)}
    name = _round(ledger, at)
    common = {"round": name, "at": at, "currency": rewards.currency, "seed": seed}
    entries = [
        {**common, **_entry(one, rows[one.candidate.person], rewards, brand)}
        for one in choice.chosen
    ]
    return Assignment(
        entries=pl.DataFrame(entries, schema=LEDGER_SCHEMA).sort("rank"),
        left=_left(keyed, choice, [one.person for one in able]),
        gated=dict(ambassadors["gate"].drop_nulls().value_counts(sort=True).iter_rows()),
        cost=budget - choice.left,
        budget=budget,
        cap=choice.cap,
        ended=choice.ended,
        may_be_staff=tuple(
            one.candidate.person
            for one in choice.chosen
            if one.tier is not None and rows[one.candidate.person].get("may_be_staff")
        ),
    )


def _check(rewards: Rewards, budget: float, holdout: float) -> None:
    if not math.isfinite(budget) or budget <= 0:
        raise RewardsError(f"budget {budget:g}: allowed: a number above 0")
    cheapest = min(tier.cost for tier in rewards.tiers)
    if budget < cheapest:
        raise RewardsError(
            f"budget {budget:g}: the cheapest reward costs {cheapest:g}; raise the budget, or add "
            "a tier to [rewards.tiers]"
        )
    if not 0 <= holdout <= 0.5:
        raise RewardsError(f"holdout {holdout:g}: allowed: a share from 0 to 0.5, such as 0.2")


def _last_ranks(ranked: int, parts: Mapping[str, float]) -> dict[str, int]:
    return {name: max(1, round(part * ranked)) for name, part in parts.items()}


def _waits(ledger: pl.DataFrame, rewards: Rewards, at: datetime) -> pl.DataFrame:
    """Return ``key`` and ``why`` of everyone who has to wait."""
    given = pl.col("role") == REWARD
    wait = pl.when(given).then(pl.lit(rewards.cool_down)).otherwise(pl.lit(rewards.horizon))
    until = (pl.col("at") + wait).dt.strftime("%Y-%m-%d")
    why = (
        pl.when(given)
        .then(pl.format("rewarded on {}: again from {}", _day(pl.col("at")), until))
        .otherwise(pl.format("held out on {}: until {}", _day(pl.col("at")), until))
    )
    return (
        ledger.filter((pl.lit(at) - pl.col("at")).abs() < wait)
        .select(key=handle_key(pl.col("person")), why=why, at="at")
        .sort("at")
        .unique("key", keep="last", maintain_order=True)
        .select("key", "why")
    )


def _day(time: pl.Expr) -> pl.Expr:
    return time.dt.strftime("%Y-%m-%d")


def _round(ledger: pl.DataFrame, at: datetime) -> str:
    day = f"{at:%Y-%m-%d}"
    before = ledger.filter(pl.col("round").str.starts_with(f"{day}/")).get_column("round")
    numbers = before.str.extract(r"/(\d{1,9})$").cast(pl.Int64)
    newest = numbers.max()
    return f"{day}/{(newest if isinstance(newest, int) else 0) + 1}"


def _entry(
    one: Chosen, row: Mapping[str, object], rewards: Rewards, brand: str
) -> dict[str, object]:
    evidence = row.get("evidence") or f"rank {row['rank']}, score {row['score']:.0f} of 100"
    entry = {
        "person": one.candidate.person,
        "role": HELD_OUT if one.tier is None else REWARD,
        "stratum": one.stratum,
        "rank": one.candidate.rank,
        "score": one.candidate.score,
        "group": row["label"],
        "reason": evidence,
    }
    if one.tier is not None:
        duties = duties_of(rewards.duties, brand=brand, gift=one.tier.gift)
        entry |= {"tier": one.tier.name, "gift": one.tier.gift, "cost": one.tier.cost}
        entry["disclosure"] = duty_line(duties)
    return entry


def _left(keyed: pl.DataFrame, choice: Choice, able: list[str]) -> pl.DataFrame:
    chosen = [one.candidate.person for one in choice.chosen]
    full = [group for group, given in choice.rewarded.items() if given == choice.cap]
    why = (
        pl.when(pl.col("why").is_not_null())
        .then(pl.col("why"))
        .when(pl.col("score") < LEAST_SCORE)
        .then(pl.lit("a score of 0"))
        .when(~pl.col("person").is_in(able))
        .then(pl.lit("reaches no tier that has a reward"))
        .when(pl.col("group").is_in(full))
        .then(pl.format("the quota of group {} is full", pl.col("label")))
        .otherwise(pl.lit(choice.ended))
    )
    rest = keyed.filter(~pl.col("person").is_in(chosen))
    return rest.select("person", "rank", why=why)
