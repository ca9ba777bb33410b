"""Fake accounts at 96 hours among the 204 thousand who acted, three seeds each.

python -m benchmarks.community.attacks
"""

from sharewise.engine.community.attacking import attack_community
from sharewise.engine.community.reading import read_interactions

from ..machine import machine
from .data import HIGGS, HOUR


def main() -> None:
    """Print the rank that each attack reaches, and how many honest people the gates hold back."""
    edges = read_interactions([HIGGS], edges_only=True).edges
    start = int(edges.acts["at"].min())  # type: ignore[arg-type]
    at = start + 96 * HOUR
    past = edges.before(at)
    print(f"attacks · {machine()}")
    print(f"  {past.acts['from'].n_unique():,} people acted before")
    for half_life in (1.5, 14.0):
        for seed in range(3):
            attacks, cost, _ = attack_community(past, as_of=at, half_life=half_life, seed=seed)
            told = "; ".join(
                f"{row['attack']}: {row['rank'] or row['gate']} ({row['rank_without_gates']})"
                for row in attacks.iter_rows(named=True)
            )
            held = int(cost["people"].sum())
            print(f"  half-life {half_life:g} d, seed {seed}: {told}; honest held: {held}")


if __name__ == "__main__":
    main()
