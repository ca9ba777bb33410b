"""What the best times promise and keep, and how often shuffled outcomes seem to have some.

``python -m benchmarks.ranking.best_time``; takes the news pages of ``../shared/data``.
"""

from pathlib import Path

import numpy as np
import polars as pl

from sharewise.engine.content.reading import read_posts
from sharewise.engine.ranking.best_time import WINDOW
from sharewise.engine.ranking.history import prepare_history
from sharewise.models.best_time import best_slots, gain_of, validated_lift

from ..machine import machine

REAL = Path(__file__).parents[3] / "shared/data/facebook_news.parquet"
SHUFFLES = 12


def main(path: Path = REAL) -> None:
    """Print the mean gain of the best fifth of times over accounts, promised and kept."""
    if not path.exists():
        print(f"{path} is not here: nothing measured")
        return
    history = prepare_history(read_posts([path]).posts, platform="facebook").frame
    rng = np.random.default_rng(0)
    lifts, placebos = [], []
    afterwards: dict[bool, list[float]] = {True: [], False: []}
    for _, posts in history.group_by("account", maintain_order=True):
        at = posts["published_at"]
        slots = np.column_stack([at.dt.hour().to_numpy(), at.dt.weekday().to_numpy()]).astype(float)
        days = at.dt.date().cast(pl.Int32).to_numpy().astype(np.int64)
        target = posts["target"].to_numpy()
        lifts.append(validated_lift(slots[-WINDOW:], target[-WINDOW:], days[-WINDOW:]))
        cut = len(target) * 3 // 4
        then = slice(max(0, cut - WINDOW), cut)
        earlier = validated_lift(slots[then], target[then], days[then])
        best, _ = best_slots(slots[then], target[then], slots[cut:])
        gain = gain_of(target[cut:], best)
        afterwards[earlier.proven] += [] if gain is None else [gain]
        for _ in range(SHUFFLES):
            shuffled = rng.permutation(target[-WINDOW:])
            placebos.append(validated_lift(slots[-WINDOW:], shuffled, days[-WINDOW:]))
    promised = [lift.promised for lift in lifts if lift.promised is not None]
    kept = [lift.kept for lift in lifts if lift.kept is not None]
    print(machine())
    print(f"{len(lifts)} accounts, {history.height:,} posts; times in UTC")
    print(f"promised {_told(promised)}; kept on later posts {_told(kept)}")
    print(f"proven for {sum(lift.proven for lift in lifts)} of {len(lifts)}")
    print(f"newest quarter, where the first three proved it: {_told(afterwards[True])}")
    print(f"newest quarter, where they did not: {_told(afterwards[False])}")
    print(f"shuffled outcomes: proven {sum(one.proven for one in placebos)} of {len(placebos)}")


def _told(gains: list[float]) -> str:
    return f"mean {np.mean(gains):+.1%}, median {np.median(gains):+.1%} ({len(gains)} accounts)"


if __name__ == "__main__":
    main()
