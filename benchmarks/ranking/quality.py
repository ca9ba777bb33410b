"""Held-out figures on real accounts against what is to be reached; split by time, in blocks."""

import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import polars as pl

from sharewise.engine.ranking.evaluating import account_means
from sharewise.models.baselines import MeasuresRidge
from sharewise.models.bootstrap import mean_interval
from sharewise.models.evaluation import AccountPosts, averages, default_models, evaluate, paired
from sharewise.models.pooled_ranker import PooledRanker
from sharewise.models.ranker import Ranker
from sharewise.models.ranking_metrics import METRICS, measure_order, spearman
from sharewise.models.time_split import blocks, train_size

from ..machine import machine
from .accounts import TEN_PAGES, accounts_of, brand_posts, news_posts, x_posts

OWN = 30


def newest_fifth(posts: int) -> int:
    """Return how many posts are held out here, as in the figures to be reached."""
    return posts - train_size(posts)


def show(title: str, results: pl.DataFrame) -> None:
    """Print the mean of every metric with its interval, by model."""
    means = account_means(results)
    alone = means.select("platform", "account").unique().height == 1
    shown = averages(results if alone else means)
    over = "blocks" if alone else "accounts"
    print(f"\n{title} (95 % intervals over {over})")
    for model, metrics in shown.items():
        cells = []
        for metric in METRICS:
            mean, low, high = metrics[metric]
            sure = "" if low is None or high is None else f" [{low:.2f}, {high:.2f}]"
            cells.append(f"{metric} {mean:.3f}{sure}")
        print(f"  {model:<16} " + "  ".join(cells))


def ahead(results: pl.DataFrame, model: str, other: str, *, by_block: bool = False) -> None:
    """Print a paired difference in Spearman and NDCG@10."""
    compared = results if by_block else account_means(results).drop("blocks")
    for metric in ("spearman", "ndcg_at_10"):
        mean, low, high = paired(compared, model, other, metric)
        print(f"  {model} ahead of {other}: {metric} {mean:+.3f} [{low:+.3f}, {high:+.3f}]")


def ahead_over_posts(posts: AccountPosts, model: Any, other: Any, draws: int = 1000) -> None:
    """Print the paired difference of one account's models, drawn over its held-out posts."""
    begin = train_size(posts.targets.size)
    both = [
        one.fit(posts.features[:begin], posts.targets[:begin]).predict(posts.features[begin:])
        for one in (model, other)
    ]
    rng = np.random.default_rng(0)
    found = []
    for _ in range(draws):
        drawn = [rng.choice(part, part.size) for part in blocks(begin, posts.targets.size)]
        gains = [
            spearman(posts.targets[part], both[0][part - begin])
            - spearman(posts.targets[part], both[1][part - begin])
            for part in drawn
        ]
        found.append(float(np.mean(gains)))
    low, high = np.quantile(found, [0.025, 0.975])
    print(
        f"  default ahead of measures, over posts: {np.mean(found):+.3f} [{low:+.3f}, {high:+.3f}]"
    )


def news() -> None:
    """Ten news pages, fitted once and before each block."""
    accounts = accounts_of(news_posts(TEN_PAGES), "facebook")
    results = evaluate(accounts, default_models(), refit=["default"], held_out=newest_fifth)
    show("ten news pages: reach .295 .545 lift 1.70 pairs .60; refit .34", results)
    ahead(results, "default", "measures")
    ahead(results, "default, refit", "default")


def brands() -> None:
    """Four insurers."""
    results = evaluate(
        accounts_of(brand_posts(), "facebook"),
        default_models(),
        refit=["default"],
        held_out=newest_fifth,
    )
    show("insurers: reach .16 .53", results)
    ahead(results, "default", "measures", by_block=True)


def x() -> None:
    """One non-profit on X."""
    accounts = accounts_of(x_posts(), "x", weights="applause")
    results = evaluate(accounts, default_models(), refit=["default"], held_out=newest_fifth)
    show("X Analytics without replies, likes + reposts: reach .42", results)
    ahead_over_posts(accounts[0], Ranker(), MeasuresRidge())


def cold_start() -> None:
    """30 posts of an account after 2017-01-01's cut-off, with the prior of other accounts."""
    accounts = accounts_of(news_posts(), "facebook")
    targets = [one for one in accounts if one.account in TEN_PAGES]
    sources = [one for one in accounts if one.account not in TEN_PAGES]
    cut = 17_167.0  # 2017-01-01 in days since 1970
    prior = _pooled(sources, cut)
    rows: dict[str, list[float]] = {"prior alone": [], f"{OWN} own": [], f"{OWN} own + prior": []}
    for posts in targets:
        days = posts.features["day"].to_numpy()
        begin = int(np.searchsorted(days, cut))
        own = slice(begin - OWN, begin)
        scores = prior.predict(posts.features)
        with_prior = posts.features.with_columns(prior=scores)
        alone = Ranker().fit(posts.features[own], posts.targets[own])
        helped = Ranker().fit(with_prior[own], posts.targets[own])
        found = (
            scores[begin:],
            alone.predict(posts.features[begin:]),
            helped.predict(with_prior[begin:]),
        )
        for name, predicted in zip(rows, found, strict=True):
            rows[name].append(_spearman(posts, predicted, begin))
    print(f"\n{OWN} own posts + prior of {len(sources)} other news pages: reach .27")
    for name, values in rows.items():
        mean, low, high = mean_interval(np.array(values))
        print(f"  {name:<16} Spearman {mean:.3f} [{low:.3f}, {high:.3f}]")


def _pooled(sources: list[AccountPosts], cut: float) -> PooledRanker:
    features = pl.concat([one.features for one in sources])
    targets = np.concatenate([one.targets for one in sources])
    order = np.argsort(features["day"].to_numpy(), kind="stable")
    order = order[features["day"].to_numpy()[order] < cut]
    return PooledRanker().fit(features[order.tolist()], targets[order])


def _spearman(
    posts: AccountPosts, scores: np.ndarray[tuple[int], np.dtype[np.float64]], begin: int
) -> float:
    found = [
        measure_order(posts.targets[part], posts.engagement[part], scores[part - begin])[0]
        for part in blocks(begin, posts.targets.size)
    ]
    return float(np.mean(found))


PARTS: dict[str, Callable[[], None]] = {
    "news": news,
    "brands": brands,
    "x": x,
    "cold_start": cold_start,
}


def main() -> None:
    """Print the parts named on the command line, or all."""
    print(f"ranking quality · {machine()}")
    for name in sys.argv[1:] or PARTS:
        PARTS[name]()


if __name__ == "__main__":
    main()
