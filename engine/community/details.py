"""What a card about a person shows beyond counts: trend, the top amplifier's part, sample posts."""

import numpy as np
import polars as pl

from .evidence import DETAILED
from .parts import MUTUAL, Floats, combined
from .scoring import Scored

SAMPLES = 3


def with_details(frame: pl.DataFrame, found: Scored) -> pl.DataFrame:
    """Return the frame with ``trend`` and ``score_without_top``.

    Parameters
    ----------
    frame
        An ambassadors frame with ``code``, the best first.
    found
        The community.

    Returns
    -------
    pl.DataFrame
        ``trend``: rising, steady or fading: acts within the last half-life against those of the
        one before; null where the data do not go back that far. ``score_without_top``: the score
        as if the account that counts most for reach did not act on theirs; of the first
        `evidence.DETAILED` people.
    """
    codes = frame["code"].to_numpy()
    trend = pl.Series("trend", _trends(found), dtype=pl.String).gather(codes)
    least = _reach_without_top(found, frame["code"].head(DETAILED))
    raw = combined(found.loyalty, found.activity, least)
    best = (
        frame.filter(pl.col("score") > 0).select((pl.col("raw") / pl.col("score")).first()).item()
    )
    shown = raw[codes] / best if best else np.zeros(len(codes))
    shown[DETAILED:] = np.nan
    return frame.with_columns(
        trend, pl.Series("score_without_top", shown, dtype=pl.Float64).fill_nan(None)
    )


def with_samples(frame: pl.DataFrame, interactions: pl.DataFrame, brand: list[str]) -> pl.DataFrame:
    """Return the frame with ``samples``: up to `SAMPLES` newest texts, on the brand where named."""
    said = interactions.lazy().filter(pl.col("text").is_not_null())
    if brand:
        said = said.filter(pl.col("to").is_in(brand))
    texts = (
        said.select("from", "at", "text")
        .join(frame.lazy().head(DETAILED).select(pl.col("person").alias("from")), on="from")
        .sort("at", descending=True, nulls_last=True)
        .group_by("from", maintain_order=True)
        .agg(pl.col("text").unique(maintain_order=True).head(SAMPLES).alias("samples"))
        .collect()
    )
    return frame.join(texts, left_on="person", right_on="from", how="left", maintain_order="left")


def _trends(found: Scored) -> list[str | None]:
    clock, acts = found.seen.clock, found.seen.edges.acts
    people = len(found.raw)
    if found.seen.span < 2 * clock.half_life:
        return [None] * people
    ages = clock.ages(acts["at"])
    by = acts["from"].to_numpy()
    new = np.bincount(by[ages < clock.half_life], minlength=people)
    before = (ages >= clock.half_life) & (ages < 2 * clock.half_life)
    old = np.bincount(by[before], minlength=people)
    words = np.where(
        new > 1.5 * old + 1, "rising", np.where(old > 1.5 * new + 1, "fading", "steady")
    )
    return [str(word) for word in words]


def _reach_without_top(found: Scored, first: pl.Series) -> Floats:
    """Return R less what the one account adds to it that adds most."""
    seen = found.seen
    some = seen.pairs.filter(pl.col("to").is_in(first.implode()))
    from_, to = some["from"].to_numpy(), some["to"].to_numpy()
    worth = seen.clock.decay(seen.clock.ages(some["last"]))
    worth[some["mutual"].to_numpy()] *= MUTUAL
    groups = pl.DataFrame({"to": to, "group": seen.groups.number[from_], "worth": worth})
    sums = groups.select(pl.col("worth").sum().over("to", "group")).to_series().to_numpy()
    part = np.sqrt(sums) - np.sqrt(np.maximum(sums - worth, 0))
    top = np.zeros(len(found.raw))
    np.maximum.at(top, to, part)
    return np.maximum(found.reach - top, 0.0)
