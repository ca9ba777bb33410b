"""The evaluation of models and baselines, account by account, on a split by time."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from sklearn.base import clone

from .baselines import Longest, MeasuresRidge, OldestFirst, RandomOrder, TypeMean
from .bootstrap import Interval, mean_interval
from .parallel import in_parallel
from .ranker import Ranker
from .ranking_metrics import METRICS, measure_order
from .text_weights import Numbers
from .time_split import blocks, held_out_size, mature_before

RESULT_SCHEMA = pl.Schema(
    {
        "platform": pl.String(),
        "account": pl.String(),
        "model": pl.String(),
        "posts": pl.Int64(),
        "held_out": pl.Int64(),
        "block": pl.Int64(),
        **dict.fromkeys(METRICS, pl.Float64()),
    }
)
"""One row an account × model × held-out block."""


@dataclass(frozen=True)
class AccountPosts:
    """Posts of one account on one platform in order of time, as `Ranker.fit` takes them."""

    platform: str
    account: str
    features: pl.DataFrame
    targets: Numbers
    engagement: Numbers


def default_models(seed: int = 0) -> dict[str, Any]:
    """Return the models that are compared, by name; the last is the one in use."""
    return {
        "random": RandomOrder(seed),
        "oldest first": OldestFirst(),
        "length": Longest(),
        "type mean": TypeMean(),
        "measures": MeasuresRidge(),
        "fast": Ranker(letters=False),
        "default": Ranker(),
    }


def evaluate(
    accounts: Iterable[AccountPosts],
    models: Mapping[str, Any],
    *,
    refit: Iterable[str] = (),
    jobs: int = 1,
    held_out: Callable[[int], int] = held_out_size,
) -> pl.DataFrame:
    """Return `RESULT_SCHEMA`: the newest posts of each account, ranked by each model.

    Parameters
    ----------
    accounts
        At least two held-out posts each; others have no row.
    models
        Unfitted estimators by name.
    refit
        Names of the models that are also fitted anew before each block, on posts that are at
        least 48 hours old then; they come out as ``<name>, refit``.
    jobs
        How many processes share the accounts.
    held_out
        Posts of an account → how many of the newest are ranked; by default as many as its own
        model is tried on.
    """
    work = [(posts, dict(models), tuple(refit), held_out(posts.targets.size)) for posts in accounts]
    rows = [row for found in in_parallel(account_rows, work, jobs) for row in found]
    return pl.DataFrame(rows, schema=RESULT_SCHEMA, orient="row")


def account_rows(
    posts: AccountPosts, models: Mapping[str, Any], refit: tuple[str, ...], held_out: int
) -> list[tuple[Any, ...]]:
    """Return the rows of `RESULT_SCHEMA` of one account."""
    begin = posts.targets.size - held_out
    parts = blocks(begin, posts.targets.size)
    if begin < 2 or not parts:
        return []
    start = (posts.platform, posts.account)
    size = (posts.targets.size, posts.targets.size - begin)
    scored = {name: _static(posts, model, begin) for name, model in models.items()}
    for name in refit:
        scored[f"{name}, refit"] = _refitted(posts, models[name], parts, begin)
    rows: list[tuple[Any, ...]] = []
    for name, scores in scored.items():
        metrics = _metrics(posts, parts, scores, begin)
        rows += [(*start, name, *size, block, *row) for block, row in enumerate(metrics)]
    return rows


def averages(results: pl.DataFrame, *, seed: int = 0) -> dict[str, dict[str, Interval]]:
    """Return the mean of each metric over the rows of a model with its interval, by model.

    Give a row an account for intervals over accounts.
    """
    return {
        str(model): {
            metric: mean_interval(rows[metric].to_numpy(), seed=seed) for metric in METRICS
        }
        for (model,), rows in results.group_by("model", maintain_order=True)
    }


def paired(
    results: pl.DataFrame, model: str, other: str, metric: str = "spearman", *, seed: int = 0
) -> Interval:
    """Return by how much ``model`` is ahead of ``other``, paired by account and block."""
    keys = [name for name in ("platform", "account", "block") if name in results.columns]
    ours, theirs = (results.filter(pl.col("model") == name) for name in (model, other))
    both = ours.join(theirs, on=keys, suffix="_other")
    difference = both[metric] - both[f"{metric}_other"]
    return mean_interval(difference.to_numpy(), seed=seed)


def _static(posts: AccountPosts, model: Any, begin: int) -> Numbers:
    fitted = clone(model).fit(posts.features[:begin], posts.targets[:begin])
    return np.asarray(fitted.predict(posts.features[begin:]))


def _refitted(posts: AccountPosts, model: Any, parts: list[Any], begin: int) -> Numbers:
    days = posts.features["day"].to_numpy()
    scores = np.zeros(posts.targets.size - begin)
    for part in parts:
        known = max(2, mature_before(days, part))
        fitted = clone(model).fit(posts.features[:known], posts.targets[:known])
        scores[part - begin] = fitted.predict(posts.features[part[0] : part[-1] + 1])
    return scores


def _metrics(
    posts: AccountPosts, parts: list[Any], scores: Numbers, begin: int
) -> list[list[float]]:
    return [
        measure_order(posts.targets[part], posts.engagement[part], scores[part - begin]).tolist()
        for part in parts
    ]
