"""Who re-shares a public account in the next seven days: thirty accounts, a month each.

python -m benchmarks.community.reshares
"""

import numpy as np
import polars as pl

from sharewise.engine.community.baselines import love, loyal, recency
from sharewise.engine.community.cleaning import cleaned
from sharewise.engine.community.evaluation import ndcg
from sharewise.engine.community.reading import interactions_from_frame
from sharewise.engine.community.scoring import measured

from ..machine import machine
from .data import DAY, RESHARES

TOP, HORIZON, LEAST = 10, 7, 5
METHODS = {
    "score": lambda found: found.raw,
    "loyal": loyal,
    "decayed count": love,
    "recency": recency,
}


def main() -> None:
    """Print NDCG@10 of each method and the paired lead of the score over the accounts."""
    print(f"reshares · {machine()}")
    for half_life in (14.0, 7.0, 28.0):
        rows = [
            row for path in sorted(RESHARES.glob("*.parquet")) for row in cases(path, half_life)
        ]
        frame = pl.DataFrame(rows, orient="row", schema=["account", "at", *METHODS])
        by_account = frame.group_by("account").agg(pl.col(*METHODS).mean())
        print(f"  half-life {half_life:g} d: {frame.height} cases of {by_account.height} accounts")
        for name in METHODS:
            lead = (by_account["score"] - by_account[name]).to_numpy()
            drawn = np.random.default_rng(0).integers(0, len(lead), (4_000, len(lead)))
            low, high = np.quantile(lead[drawn].mean(axis=1), (0.025, 0.975))
            mean = float(by_account[name].to_numpy().mean())
            print(
                f"    {name:<14} {mean:.3f}   score's lead {lead.mean():+.4f} "
                f"[{low:+.4f}, {high:+.4f}], ahead for {(lead > 0).sum()} of {len(lead)}"
            )


def cases(path: object, half_life: float) -> list[tuple[object, ...]]:
    """Return a row a time T: NDCG of each method."""
    table = pl.read_parquet(path)  # type: ignore[arg-type]
    acts = table.filter((pl.col("is_retweet_of_account") == 1) & (pl.col("who") != 1))
    if acts.height < LEAST:
        return []
    frame = acts.select(
        pl.format("p{}", "who").alias("from"),
        pl.lit("brand").alias("to"),
        pl.lit("share").alias("kind"),
        pl.col("at"),
        pl.int_range(pl.len()).cast(pl.String).alias("post"),
    )
    edges = interactions_from_frame(frame).edges
    first, last = int(table["at"].min()) * 1_000_000, int(table["at"].max()) * 1_000_000  # type: ignore[arg-type]
    found = []
    for day in (10, 14, 18, 22):
        at = first + day * DAY
        if at + HORIZON * DAY > last + DAY:
            continue
        past = edges.before(at)
        after = edges.acts.filter(pl.col("at").is_between(at, at + HORIZON * DAY, closed="left"))
        among = past.acts["from"].unique().to_numpy()
        values = np.bincount(after["from"].to_numpy(), minlength=len(edges.people))[among]
        if len(among) < LEAST or not values.any():
            continue
        scored = measured(cleaned(past), ["brand"], at, half_life)
        ties = np.random.default_rng(day).random(len(among))
        gains = [
            ndcg(values.astype(float), method(scored)[among], TOP, ties)[0]
            for method in METHODS.values()
        ]
        found.append((str(path), at, *gains))
    return found


if __name__ == "__main__":
    main()
