"""Fake accounts: at 96 hours among the 204 thousand of Higgs who acted, and in made communities.

python -m benchmarks.community.attacks
"""

import polars as pl

from sharewise.engine.community.attacking import attack_community
from sharewise.engine.community.edges import Edges
from sharewise.engine.community.reading import interactions_from_frame, read_interactions

from ..machine import machine
from .data import HIGGS, HOUR
from .made_communities import communities


def main() -> None:
    """Print the rank that each attack reaches, and how many honest people the gates hold back."""
    edges = read_interactions([HIGGS], keep="edges").edges
    start = int(edges.acts["at"].min())  # type: ignore[arg-type]
    at = start + 96 * HOUR
    past = edges.before(at)
    print(f"attacks · {machine()}")
    print(f"  {past.acts['from'].n_unique():,} people acted before")
    for half_life in (1.5, 14.0):
        for seed in range(3):
            told = attacked(past, seed, half_life, at)
            print(f"  half-life {half_life:g} d, seed {seed}: {told}")
    for name, frame in communities():
        made = interactions_from_frame(frame).edges
        for seed in range(3):
            print(f"  {name}, seed {seed}: {attacked(made, seed)}")


def attacked(edges: Edges, seed: int, half_life: float = 14.0, at: int | None = None) -> str:
    """Return the rank or the gate of each attacker, and in brackets the rank without gates."""
    attacks, cost, people = attack_community(edges, as_of=at, half_life=half_life, seed=seed)
    told = "; ".join(
        f"{row['attack']}: {row['rank'] or row['gate']} ({row['rank_without_gates']})"
        for row in attacks.iter_rows(named=True)
    )
    held = int(cost.filter(pl.col("gate") != "below_threshold")["people"].sum())
    return f"{told}; honest held: {held} of {people}"


if __name__ == "__main__":
    main()
