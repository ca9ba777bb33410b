"""Evaluate models on a history, and tell the figures by account and on average."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from ...models.ranking_metrics import METRICS
from ..advice.reports.plain_text import pad, printable
from ..advice.reports.style import Style
from ..errors import HistoryError
from .engagement import Weights
from .history import prepare_history
from .training import platform_posts

if TYPE_CHECKING:
    from ...models.bootstrap import Interval

HEADINGS = ("Spearman", "NDCG@10", "best 10 %", "lift", "pairs")


@dataclass(frozen=True)
class Evaluation:
    """``results``: a row an account × model, with metrics; ``averages`` by model and metric.

    ``ahead`` is by how much the default model is ahead of each other one in Spearman, paired.
    ``over`` says what intervals are over: ``accounts`` or ``blocks``.
    """

    results: pl.DataFrame
    averages: "dict[str, dict[str, Interval]]"
    ahead: "dict[str, Interval]"
    over: str


def evaluate_history(
    posts: pl.DataFrame,
    *,
    weights: Weights = "all",
    platform: str | None = None,
    refit: bool = False,
    jobs: int = 1,
    tell: Callable[[str], None] = lambda text: None,
) -> Evaluation:
    """Return how well each model and baseline orders the newest fifth of each account.

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
    alone = len(accounts) == 1
    results = account_means(by_block)
    compared = by_block if alone else results
    names = [name for name in dict.fromkeys(results["model"]) if name != "default"]
    ahead = {name: paired(compared, "default", name) for name in names}
    return Evaluation(results, averages(compared), ahead, "blocks" if alone else "accounts")


def account_means(by_block: pl.DataFrame) -> pl.DataFrame:
    """Return the means over the blocks of each account and model."""
    keys = ("platform", "account", "model", "posts", "held_out")
    grouped = by_block.group_by(keys, maintain_order=True)
    return grouped.agg(pl.len().cast(pl.Int64).alias("blocks"), pl.col(*METRICS).mean())


def evaluation_document(found: Evaluation) -> dict[str, Any]:
    """Return the figures as JSON knows them."""
    return {
        "intervals_over": found.over,
        "models": {
            model: {metric: interval._asdict() for metric, interval in metrics.items()}
            for model, metrics in found.averages.items()
        },
        "default_ahead_of": {model: one._asdict() for model, one in found.ahead.items()},
        "accounts": found.results.to_dicts(),
    }


def evaluation_lines(found: Evaluation, style: Style) -> Iterator[str]:
    """Yield the averages as a table, then how far ahead the default model is, then accounts."""
    accounts = found.results.select("platform", "account").unique().height
    held = found.results.group_by("platform", "account").agg(pl.col("held_out").first())
    yield (
        f"{accounts} account{'s' if accounts > 1 else ''}, {held['held_out'].sum():,} held-out "
        f"posts; 95 % intervals over {found.over}"
    )
    names = max(map(len, found.averages)) + 2
    yield style.paint(f"{'model':<{names}}" + "".join(f"{name:>20}" for name in HEADINGS), "bold")
    for model, metrics in found.averages.items():
        cells = "".join(f"{_cell(metrics[metric]):>20}" for metric in METRICS)
        yield f"{model:<{names}}{cells}"
    yield ""
    for model, interval in found.ahead.items():
        yield f"default ahead of {pad(model, names)} {_cell(interval, signed=True)} Spearman"
    if accounts > 1:
        yield ""
        yield from _accounts(found.results)


def _accounts(results: pl.DataFrame) -> Iterator[str]:
    for (platform, account), rows in results.group_by("platform", "account", maintain_order=True):
        figures = dict(rows.select("model", "spearman").iter_rows())
        told = "  ".join(
            f"{model} {value:.2f}" for model, value in figures.items() if model in _SHOWN
        )
        yield f"{printable(f'{platform} {account}'.strip())}  {told}"


_SHOWN = ("type mean", "measures", "default", "default, refit")


def _cell(interval: "Interval", *, signed: bool = False) -> str:
    form = "+.3f" if signed else ".3f"
    if interval.low is None or interval.high is None:
        return f"{interval.mean:{form}}"
    return f"{interval.mean:{form}} [{interval.low:{form[:-2]}2f}, {interval.high:{form[:-2]}2f}]"
