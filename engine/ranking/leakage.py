"""Columns that give the outcome away, or that are called an outcome and are none."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import polars as pl

from ..content.schema import OUTCOMES, POST_SCHEMA
from .engagement import KINDS

FOLLOWS = 0.95
"""The rank correlation from which a column is taken for another's copy."""
EXPLAINED = 0.9
"""The share of variance between groups from which a column is taken to hold the outcome."""
FEWEST = 20
_KNOWN_BEFORE = ("type", "campaign", "series", "location", "goal", "author", "language", "flair")
_QUOTED = 0.2


@dataclass(frozen=True)
class Suspect:
    """A column that may be mixed up, and what it shows."""

    column: str
    found: str


def leakage_suspects(posts: pl.DataFrame, engagement: pl.Series) -> tuple[Suspect, ...]:
    """Return the columns to look at again; none for fewer than `FEWEST` posts.

    Parameters
    ----------
    posts
        A posts frame with outcomes.
    engagement
        Float64, the engagement of each post, null where not known.
    """
    known = engagement.is_not_null()
    rows, target = posts.filter(known), engagement.filter(known).log1p()
    if rows.height < FEWEST:
        return ()
    return (
        *_no_outcomes(rows),
        *_copies(rows),
        *_telling_groups(rows, target),
        *_quoted(rows),
    )


def followers_of(posts: pl.DataFrame, engagement: pl.Series) -> tuple[str, ...]:
    """Return the columns beyond a post's own that rise and fall with the engagement.

    No model looks at them: they are outcomes under a name that is not known.
    """
    return tuple(
        name
        for name in posts.columns
        if name not in POST_SCHEMA
        and abs(rank_correlation(posts[name].cast(pl.Float64, strict=False), engagement)) >= FOLLOWS
    )


def rank_correlation(first: pl.Series, second: pl.Series) -> float:
    """Return Spearman's rank correlation where both are known; 0 where it is not defined."""
    both = pl.DataFrame({"a": first.cast(pl.Float64), "b": second.cast(pl.Float64)}).drop_nulls()
    if both.height < FEWEST or both["a"].n_unique() < 2 or both["b"].n_unique() < 2:
        return 0.0
    ranks = both.select(pl.all().rank()).to_numpy()
    return float(np.corrcoef(ranks[:, 0], ranks[:, 1])[0, 1])


def _no_outcomes(rows: pl.DataFrame) -> Iterator[Suspect]:
    """Yield outcome columns that follow what is known before a post goes out, or say nothing."""
    text = pl.col("text").fill_null("")
    before = rows.select(
        pl.col("published_at").dt.epoch("us").alias("the time of publishing"),
        text.str.len_chars().alias("the length of the text"),
        text.str.count_matches(r"\S+").alias("the number of words"),
        text.str.count_matches("#").alias("the number of hashtags"),
        pl.col("published_at").dt.hour().alias("the hour of publishing"),
    )
    for name in OUTCOMES:
        outcome = rows[name].drop_nulls()
        if outcome.len() < FEWEST:
            continue
        if outcome.n_unique() == 1:
            if outcome[0] != 0:
                yield Suspect(name, f"is {outcome[0]} for every post")
            continue
        for measure in before:
            if abs(rho := rank_correlation(rows[name], measure)) >= FOLLOWS:
                yield Suspect(name, f"follows {measure.name} (rank correlation {rho:.2f})")
                break


def _copies(rows: pl.DataFrame) -> Iterator[Suspect]:
    """Yield outcome columns that hold the same numbers as another kind of outcome."""
    kinds = {name: kind for kind, names in KINDS.items() for name in names}
    for first, second in combinations(kinds, 2):
        both = rows.select(first, second).drop_nulls()
        if both.height < FEWEST or kinds[first] == kinds[second] or both[first].n_unique() < 2:
            continue
        if (both[first] == both[second]).all():
            yield Suspect(second, f"holds the same numbers as {first} for all {both.height} posts")


def _telling_groups(rows: pl.DataFrame, target: pl.Series) -> Iterator[Suspect]:
    """Yield columns known before publishing whose values part the posts by their outcome."""
    whole = float(np.var(target.to_numpy()))
    if whole == 0:
        return
    for name in _KNOWN_BEFORE:
        groups = pl.DataFrame({"group": rows[name], "target": target}).drop_nulls()
        count = groups["group"].n_unique()
        if groups.height < FEWEST or not 2 <= count <= groups.height / 5:
            continue
        means = groups.select(pl.col("target").mean().over("group"))["target"]
        share = float(np.var(means.to_numpy())) / float(np.var(groups["target"].to_numpy()) or 1)
        if share >= EXPLAINED:
            yield Suspect(name, f"explains {share:.0%} of the engagement: was it filled in later?")


def _quoted(rows: pl.DataFrame) -> Iterator[Suspect]:
    """Yield the text where it tells the post's own counts, of three digits or more."""
    large = rows.select("text", *OUTCOMES).filter(pl.col("text").is_not_null())
    tells = pl.any_horizontal(
        (pl.col(name) >= 100)
        & pl.col("text")
        .str.replace_all(",", "")
        .str.contains(pl.col(name).cast(pl.String), literal=True)
        for name in OUTCOMES
    ).fill_null(False)
    count = int(large.select(tells.sum()).item())
    if count >= max(10, _QUOTED * large.height):
        yield Suspect("text", f"holds the post's own count in {count} posts")
