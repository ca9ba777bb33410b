"""Evaluate models on a history, and tell the figures by account and on average."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from ...models.evidence import FEWEST
from ...models.ranking_metrics import METRICS
from ..errors import HistoryError
from .engagement import Weights
from .history import prepare_history
from .training import platform_posts

if TYPE_CHECKING:
    from ...models.bootstrap import Interval


@dataclass(frozen=True)
class Evaluation:
    """``results``: a row an account × model, with metrics; ``averages`` by model and metric.

    ``ahead`` is by how much the default model is ahead of each other one in Spearman, paired.
    ``over`` says what intervals are over: ``accounts`` or ``blocks``; they are null over fewer
    than five. Averages leave out accounts that are too small for a model of their own, unless all
    are; ``counted`` says of how many accounts they are.
    """

    results: pl.DataFrame
    averages: "dict[str, dict[str, Interval]]"
    ahead: "dict[str, Interval]"
    over: str
    counted: int


def evaluate_history(
    posts: pl.DataFrame,
    *,
    weights: Weights = "all",
    platform: str | None = None,
    refit: bool = False,
    jobs: int = 1,
    tell: Callable[[str], None] = lambda text: None,
) -> Evaluation:
    """Return how well each model and baseline orders the newest posts of each account.

    The split is that of training, so these are the posts that `rank` gives its evidence on.

    Raises
    ------
    HistoryError
        No account has ten posts to learn from.
    """
    from ...models.evaluation import AccountPosts, averages, default_models, evaluate, paired

    history = prepare_history(posts, weights=weights, platform=platform)
    tell(f"measuring {history.frame.height:,} past posts …")
    accounts = []
    for there in platform_posts(posts, history):
        for account, places in there.accounts():
            kept = places.tolist()
            if len(kept) < 10:
                continue
            rows = there.rows[kept]
            targets, counted = rows["target"].to_numpy(), rows["engagement"].to_numpy()
            features = there.features[kept]
            accounts.append(AccountPosts(there.platform, account, features, targets, counted))
    if not accounts:
        raise HistoryError("no account has ten posts to learn from")
    models = default_models()
    tell(f"evaluating {len(accounts)} accounts …")
    by_block = evaluate(accounts, models, refit=("default",) if refit else (), jobs=jobs)
    results = account_means(by_block)
    enough = results.filter(pl.col("posts") >= FEWEST)
    counted = enough if enough.height else results
    alone = counted.select("platform", "account").unique().height == 1
    keys = ["platform", "account"]
    compared = by_block.join(counted, on=keys, how="semi") if alone else counted
    names = [name for name in dict.fromkeys(results["model"]) if name != "default"]
    ahead = {name: paired(compared, "default", name) for name in names}
    number = counted.select(keys).unique().height
    return Evaluation(results, averages(compared), ahead, "blocks" if alone else "accounts", number)


def account_means(by_block: pl.DataFrame) -> pl.DataFrame:
    """Return the means over the blocks of each account and model."""
    keys = ("platform", "account", "model", "posts", "held_out")
    grouped = by_block.group_by(keys, maintain_order=True)
    return grouped.agg(pl.len().cast(pl.Int64).alias("blocks"), pl.col(*METRICS).mean())


def evaluation_document(found: Evaluation) -> dict[str, Any]:
    """Return the figures as JSON knows them."""
    return {
        "intervals_over": found.over,
        "accounts_averaged": found.counted,
        "models": {
            model: {metric: interval._asdict() for metric, interval in metrics.items()}
            for model, metrics in found.averages.items()
        },
        "default_ahead_of": {model: one._asdict() for model, one in found.ahead.items()},
        "accounts": found.results.to_dicts(),
    }
