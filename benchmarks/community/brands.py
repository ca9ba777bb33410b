"""Ranking for one brand: the forty accounts most acted on stand in for brands.

At several times T the people who acted on a brand are ranked for it; the truth is
√(acts on the brand × distinct amplifiers) in the 36 hours after T.

    python -m benchmarks.community.brands
"""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import polars as pl

from sharewise.engine.community.arrays import Floats, Ints
from sharewise.engine.community.baselines import METHODS, loyal, reach
from sharewise.engine.community.cleaning import cleaned
from sharewise.engine.community.evaluation import ndcg
from sharewise.engine.community.parts import combined, loyalty
from sharewise.engine.community.reading import read_interactions
from sharewise.engine.community.scoring import Scored, measured

from ..machine import machine
from .data import HIGGS, HOUR

TOP, HORIZON, RETURNING, HALF_LIFE = 25, 1.5, 20, 1.5
WITHOUT_BRAND = ("pagerank", "rfm", "orbit", "degree", "reach", "random")
METHODS_HERE: dict[str, Callable[[Scored], Floats]] = {
    **{name: METHODS[name] for name in ("sharewise", "pagerank", "rfm", "orbit", "degree")},
    **{"reach": reach, "loyal": loyal, "random": METHODS["random"]},
    "loyalty": lambda found: found.activity if found.loyalty is None else found.loyalty,
}


def main() -> None:
    """Print NDCG@25 of every method, with intervals from resampling brands."""
    edges = read_interactions([HIGGS], keep="edges").edges
    start = int(edges.acts["at"].min())  # type: ignore[arg-type]
    popular = edges.acts["to"].value_counts().sort("count", "to", descending=True)["to"].head(40)
    rows: list[dict[str, object]] = []
    for number, hours in enumerate((60, 72, 84, 96, 108, 120, 132)):
        at = start + hours * HOUR
        found = measured(cleaned(edges.before(at)), (), at, HALF_LIFE)
        after = edges.acts.filter(
            pl.col("at").is_between(at, at + int(HORIZON * 24 * HOUR), closed="left")
        )
        moved = after.select("from", "to").unique()["to"].to_numpy()
        amplifiers = np.bincount(moved, minlength=len(edges.people))
        same = {name: METHODS_HERE[name](found) for name in WITHOUT_BRAND}
        for brand in popular:
            if returning(edges.acts, brand, at) >= RETURNING:
                gains = case(for_brand(found, brand), same, after, amplifiers, number)
                rows.append({"brand": brand, "at": at, **gains})
    wide = pl.DataFrame(rows)
    print(f"brands · {machine()}")
    print(f"  {wide.height} cases of {wide['brand'].n_unique()} brands")
    for name in METHODS_HERE:
        low, high = interval(wide, name)
        mean = float(wide[name].to_numpy().mean())
        lead = float(wide["sharewise"].to_numpy().mean()) - mean
        print(f"  {name:<12} {mean:.3f}   lead {lead:+.3f} [{low:+.3f}, {high:+.3f}]")


def for_brand(found: Scored, brand: int) -> Scored:
    """Return the same community with one account as the brand."""
    liked = loyalty(found.seen.edges.acts, len(found.raw), [brand], found.seen.clock)
    seen = replace(found.seen, brand=[brand], liked=liked)
    raw = combined(liked, found.activity, found.reach)
    return replace(found, seen=seen, loyalty=liked, raw=raw)


def case(
    found: Scored, same: dict[str, Floats], after: pl.DataFrame, amplifiers: Ints, number: int
) -> dict[str, float]:
    """Return NDCG@25 of every method for one brand and time."""
    brand = found.seen.brand[0]
    acted = found.seen.edges.acts.filter(pl.col("to") == brand)["from"].unique()
    among = acted.filter(acted != brand).to_numpy()
    made = after.filter(pl.col("to") == brand)["from"].to_numpy()
    acts = np.bincount(made, minlength=len(found.raw))
    values = np.sqrt((acts * amplifiers)[among].astype(np.float64))
    ties = np.random.default_rng((number, brand)).random(len(among))
    return {
        name: ndcg(values, (same[name] if name in same else method(found))[among], TOP, ties)[0]
        for name, method in METHODS_HERE.items()
    }


def returning(acts: pl.DataFrame, brand: int, at: int) -> int:
    """Return how many people acted on the brand before and again in the time after."""
    on = acts.filter(pl.col("to") == brand)
    before = on.filter(pl.col("at") < at)["from"].unique()
    after = on.filter(pl.col("at").is_between(at, at + int(HORIZON * 24 * HOUR), closed="left"))
    return len(set(before) & set(after["from"]))


def interval(wide: pl.DataFrame, name: str, draws: int = 2_000) -> tuple[float, float]:
    """Return the 95 % interval of the mean lead, brands drawn with replacement."""
    leads = wide.group_by("brand").agg(
        (pl.col("sharewise") - pl.col(name)).sum().alias("sum"), pl.len().alias("count")
    )
    sums, counts = leads["sum"].to_numpy(), leads["count"].to_numpy()
    drawn = np.random.default_rng(0).integers(0, len(sums), (draws, len(sums)))
    means = sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1)
    low, high = np.quantile(means, (0.025, 0.975))
    return float(low), float(high)


if __name__ == "__main__":
    main()
