"""Whether a model still fits today's posts: account by account, against those it learned from."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import polars as pl

from ..errors import ModelError
from .drift import (
    FEWEST,
    Drift,
    MetricChange,
    Verdict,
    feature_drift,
    from_plain,
    metric_changes,
    metrics_of,
    refit_verdict,
)
from .history import prepare_history
from .scoring import Scorer
from .training import PlatformPosts, platform_posts, shape_columns

if TYPE_CHECKING:
    from ...models.stored_model import AccountModel

SECONDS_A_DAY = 86_400


@dataclass(frozen=True)
class AccountCheck:
    """One account: how many ``new`` posts there are since training, of ``compared`` the drift.

    ``compared`` are the new posts; where these are fewer than `drift.FEWEST`, the newest of all.
    Without a new post nothing is compared: what a model learned from has not moved away from it.
    Nor is it where the model is not used; ``refusal`` says why.
    """

    platform: str
    account: str
    new: int
    compared: int
    drifts: tuple[Drift, ...]
    changes: tuple[MetricChange, ...]
    verdict: Verdict
    refusal: str | None


def check_model(scorer: Scorer, posts: pl.DataFrame, platform: str | None) -> list[AccountCheck]:
    """Return the check of every account of a model that the history has posts of.

    Raises
    ------
    HistoryError
        There is nothing to learn from in the history.
    ModelError
        The model has none of the history's accounts.
    """
    data, settings = (scorer.model.about.get(key, {}) for key in ("data", "settings"))
    where = platform or settings.get("platform")
    history = prepare_history(posts, weights=data.get("weights", "all"), platform=where)
    found = []
    for there in platform_posts(posts, history):
        for account, places in there.accounts():
            model = scorer.accounts.get((there.platform, account))
            if model is not None:
                found.append(_check(model, there, places.tolist()))
    if not found:
        learned = ", ".join(
            f"{one.platform} {one.account}".strip() for one in scorer.model.accounts
        )
        raise ModelError(f"the history has posts of no account of the model; these are: {learned}")
    return found


def _check(model: "AccountModel", posts: PlatformPosts, places: list[int]) -> AccountCheck:
    shapes, metrics = from_plain(model.training)
    trained_to = datetime.fromisoformat(model.training["newest"])
    times = posts.rows["published_at"][places]
    new = int((times > trained_to).sum())
    refusal = model.evidence.refusal
    compared = places[-max(new, FEWEST) :] if new and refusal is None else []
    drifts: tuple[Drift, ...] = ()
    changes: tuple[MetricChange, ...] = ()
    if compared:
        drifts = feature_drift(shapes, shape_columns(posts, compared))
        changes = metric_changes(metrics, metrics_of(posts.outcomes[compared]))
    newest: Any = times.max()
    days = max(0.0, (newest - trained_to).total_seconds() / SECONDS_A_DAY)
    verdict = refit_verdict(drifts, changes, days_since_training=days, new_posts=new)
    counts = (new, len(compared))
    return AccountCheck(model.platform, model.account, *counts, drifts, changes, verdict, refusal)
