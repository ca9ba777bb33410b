"""Rounds of rewards that were never given: how often `rewards measure` is wrong about them.

People are ranked from what came before a time, a round is drawn by many seeds, and what they did
after is measured. Nobody got anything, so evidence is false; at 95 % it may come up in one of 20
rounds for each outcome. Then acts are added to the rewarded, to see what effect would be found.
``SHAREWISE_INTERACTIONS`` names the file; else ``../shared/data/higgs`` is taken.
"""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl

from sharewise.engine.community.cleaning import cleaned
from sharewise.engine.community.reading import read_interactions
from sharewise.engine.community.rewards.assigning import assign
from sharewise.engine.community.rewards.ledger import REWARD, empty_ledger
from sharewise.engine.community.rewards.measuring import measure_rewards, named_acts
from sharewise.engine.community.score_people import score_people
from sharewise.engine.settings_rewards import Rewards

from ..machine import machine

HIGGS = Path("../shared/data/higgs/higgs-activity_time.txt.gz")
AT, HORIZON, BUDGET = datetime(2012, 7, 5, tzinfo=UTC), timedelta(hours=36), 80
ROUNDS, FEWER = 400, 50
NO_GROUPS = pl.DataFrame(schema={"person": pl.String, "group": pl.Int64, "label": pl.String})


def main() -> None:
    """Print how often evidence is false, and how often a planted effect is found."""
    file = Path(os.environ.get("SHAREWISE_INTERACTIONS", HIGGS))
    if not file.exists():
        print(f"rewards · {file} is not there: skipped")
        return
    files = read_interactions([file])
    edges = cleaned(files.edges, int((AT + HORIZON).timestamp() * 1e6)).edges
    people = score_people(edges, as_of=AT, half_life=1.0)
    people = people.filter(pl.col("rank") <= BUDGET * 2)
    near = [pl.col(side).is_in(people["person"].implode()) for side in ("from", "to")]
    acts = named_acts(edges).filter(pl.col("at") > AT, near[0] | near[1])
    print(f"rewards · {file.name}, {BUDGET} rewards, {ROUNDS} rounds · {machine()}")
    for added, rounds in ((0, ROUNDS), (1, FEWER), (3, FEWER), (10, FEWER)):
        found = _rounds(people, acts, added, rounds)
        told = ", ".join(f"{name} {share:.1%}" for name, share in found.items())
        print(f"  {added} acts added to each of the rewarded: evidence in {told}")


def _rounds(people: pl.DataFrame, acts: pl.DataFrame, added: int, rounds: int) -> dict[str, float]:
    """Return outcome → the share of rounds with evidence."""
    evident: dict[str, int] = {}
    for seed in range(rounds):
        made = assign(
            people, NO_GROUPS, empty_ledger(), Rewards(quota=1.0),
            budget=BUDGET, holdout=0.2, seed=seed, at=AT, brand="the brand",
        )  # fmt: skip
        given = made.entries.filter(role=REWARD)["person"]
        more = pl.DataFrame({"from": given, "to": "somebody", "at": AT + HORIZON / 2})
        extended = pl.concat([acts, *[more.cast(acts.schema)] * added])
        found = measure_rewards(extended, made.entries, brand=[], horizon=HORIZON, seed=seed)
        for effect in found.effects:
            count = evident.get(effect.outcome, 0)
            evident[effect.outcome] = count + effect.difference.evidence
    return {name: count / rounds for name, count in evident.items()}


if __name__ == "__main__":
    main()
