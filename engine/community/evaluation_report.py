"""Evaluations and attacks as lines for a reader and as data for machines."""

from collections.abc import Iterator
from typing import Any

import polars as pl

from .attacking import TOP
from .counted import plural
from .evaluation import Evaluation

FEW = 100
"""Under so many people in a window, what it shows is thin."""


def as_data(result: Evaluation) -> dict[str, Any]:
    """Return an evaluation as plain data."""
    return {
        "half_life_days": result.half_life,
        "horizon_days": result.horizon,
        "top": result.top,
        "asked_top": result.asked_top,
        "windows": result.windows["window"].n_unique(),
        "methods": result.methods.to_dicts(),
        "by_window": result.windows.with_columns(
            pl.from_epoch("at", time_unit="us").dt.strftime("%Y-%m-%dT%H:%M:%SZ")
        ).to_dicts(),
    }


def lines(result: Evaluation) -> Iterator[str]:
    """Yield the methods, the best first, and the verdict in words."""
    windows = result.windows["window"].n_unique()
    fewest, most = result.windows.select(
        low=pl.col("people").min(), high=pl.col("people").max()
    ).row(0)
    yield (
        f"{windows} windows, each foretelling {_span(result.horizon)} for "
        f"{fewest:,} to {most:,} people; half-life {_span(result.half_life)}"
    )
    if result.top < result.asked_top:
        yield (
            f"the best {result.top:,} count, not {result.asked_top:,}: a list as long as the crowd "
            "is right in any order"
        )
    if fewest < FEW:
        yield f"with fewer than {FEW} people a window, small differences show nothing"
    yield ""
    yield f"method          NDCG@{result.top:<5} precision  sharewise is ahead in"
    for row in result.methods.iter_rows(named=True):
        start = f"{row['method']:<15} {row['ndcg']:>8.3f}   {row['precision']:>8.3f}"
        if row["wins"] is None:
            yield start
            continue
        beyond = row["low"] > 0 or row["high"] < 0
        yield (
            f"{start}   {row['wins']} of {windows}, by {row['gain']:+.3f} "
            f"[{row['low']:+.3f}, {row['high']:+.3f}]{'' if beyond else ' (a tie)'}"
        )
    yield ""
    yield _verdict(result)


def _verdict(result: Evaluation) -> str:
    beaten = result.methods.filter(pl.col("high") < 0)["method"].to_list()
    if beaten:
        return (
            f"On your data {', '.join(beaten)} foretold better: rank by that, or try --half-life."
        )
    tied = result.methods.filter((pl.col("low") <= 0) & (pl.col("high") >= 0))["method"].to_list()
    if tied:
        return f"No evidence that the score is better than {', '.join(tied)} on your data."
    return "On your data the score foretold better than all others; windows may overlap."


def attack_data(attacks: pl.DataFrame, cost: pl.DataFrame, people: int) -> dict[str, Any]:
    """Return attacks as plain data; ``people`` is how many were looked at without them."""
    held = int(cost["people"].sum())
    return {
        "attacks": attacks.to_dicts(),
        "honest_held_back": {"of_the_best": people, "people": held, "gates": cost.to_dicts()},
    }


def attack_lines(attacks: pl.DataFrame, cost: pl.DataFrame, people: int) -> Iterator[str]:
    """Yield the rank that each attack reaches, and what the gates cost."""
    yield "attack                    rank reached     without gates   held back by"
    for row in attacks.iter_rows(named=True):
        rank = "none" if row["rank"] is None else f"{row['rank']:,}"
        gate = row["gate"] or "nothing: this attack gets through"
        yield f"{row['attack']:<25} {rank:>12} {row['rank_without_gates']:>17,}   {gate}"
    yield ""
    told = ", ".join(f"{row['people']} {row['gate']}" for row in cost.iter_rows(named=True))
    held = int(cost["people"].sum())
    among = f"{TOP:,} best by score" if people >= TOP else f"{plural(people, 'person', 'people')}"
    yield (
        f"With no attack, gates hold back {held:,} of the {among}"
        f"{f' ({told})' if told else ''}; sharewise ambassadors --gated shows them."
    )


def _span(days: float) -> str:
    return f"{days:.3g} days" if days >= 2 else f"{days * 24:.3g} hours"
