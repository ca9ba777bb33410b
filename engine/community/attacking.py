"""What attacks by fake accounts would reach in one's own community."""

from collections.abc import Sequence

import polars as pl

from ..settings_community import HALF_LIFE, CommunitySettings
from .attacks import ATTACKS, Attack, attacked
from .cleaning import cleaned
from .edges import Edges
from .gates.standing import Standing
from .listing import listing_of
from .scoring import measured

TOP = 1_000
ATTACK_SCHEMA: dict[str, pl.DataType] = {
    "attack": pl.String(),
    "rank": pl.Int64(),
    "gate": pl.String(),
    "rank_without_gates": pl.Int64(),
    "evidence": pl.String(),
}
"""One row an attack: the rank the attacker reaches, null where a gate holds them back, and the
rank they had if no gate were there."""


def attack_community(
    edges: Edges,
    *,
    brand: Sequence[str] = (),
    as_of: int | None = None,
    half_life: float = HALF_LIFE,
    settings: CommunitySettings | None = None,
    attacks: Sequence[Attack] = ATTACKS,
    seed: int = 0,
) -> tuple[pl.DataFrame, pl.DataFrame, int]:
    """Return the ranks that attackers reach, and what the gates cost the honest.

    Returns
    -------
    attacks : pl.DataFrame
        A row an attack, columns of `ATTACK_SCHEMA`.
    cost : pl.DataFrame
        ``gate, people`` of those of the `TOP` best by score, no attack being there, whom a gate
        holds back.
    people : int
        How many these best are: `TOP`, or all where there are fewer.
    """
    chosen = settings or CommunitySettings()
    past = cleaned(edges, as_of).edges
    honest = _scored(past, brand, as_of, half_life, chosen)
    best = honest.sort("score", descending=True).head(TOP)
    cost = best.filter(pl.col("gate").is_not_null()).group_by("gate").agg(pl.len().alias("people"))
    rows = []
    for attack in attacks:
        whole, attacker = attacked(past, attack, seed)
        people = _scored(whole, brand, as_of, half_life, chosen)
        one = people.row(by_predicate=pl.col("person") == whole.people[attacker], named=True)
        ahead = int((people["score"] > one["score"]).sum())
        rows.append((attack.name, one["rank"], one["gate"], ahead + 1, one["evidence"]))
    attacks_made = pl.DataFrame(rows, schema=ATTACK_SCHEMA, orient="row")
    return attacks_made, cost.sort("gate"), best.height


def _scored(
    edges: Edges,
    brand: Sequence[str],
    as_of: int | None,
    half_life: float,
    settings: CommunitySettings,
) -> pl.DataFrame:
    found = measured(cleaned(edges, as_of), brand, as_of, half_life)
    return listing_of(found, Standing(opted_out=settings.opted_out), settings).rows()
