"""From a history to a model in one go, with what the manifest says of the data."""

import hashlib
from collections.abc import Callable
from typing import TYPE_CHECKING

import polars as pl

from .engagement import Weights
from .history import History, prepare_history
from .training import platform_posts, train

if TYPE_CHECKING:
    from ...models.stored_model import TrainedModel


def model_from_history(
    posts: pl.DataFrame,
    *,
    weights: Weights = "all",
    platform: str | None = None,
    fast: bool = False,
    jobs: int = 1,
    tell: Callable[[str], None] = lambda text: None,
) -> tuple["TrainedModel", History]:
    """Return the model of a history, and the history as it was learned from.

    Parameters
    ----------
    posts
        A posts frame with outcomes.
    weights
        What counts as engagement.
    platform
        Platform of posts that name none.
    fast
        Leave letters inside words out: twice as fast, a little less sure.
    jobs
        How many processes share the accounts.
    tell
        Called with what is being done.

    Raises
    ------
    HistoryError
        There is nothing to learn from.
    """
    history = prepare_history(posts, weights=weights, platform=platform)
    tell(f"measuring {history.frame.height:,} past posts …")
    found = platform_posts(posts, history)
    about = {
        "data": {
            "posts": history.frame.height,
            "left_out": history.reasons(),
            "first": str(history.frame["published_at"].min()),
            "last": str(history.frame["published_at"].max()),
            "weights": weights if isinstance(weights, str) else dict(weights),
            "digest": data_digest(posts, history),
        },
        "settings": {"platform": platform, "fast": fast},
    }
    return train(found, letters=not fast, about=about, jobs=jobs, tell=tell), history


def data_digest(posts: pl.DataFrame, history: History) -> str:
    """Return the SHA-256 of what is learned from: places, times, engagement and words."""
    words = posts.select("text", "title", "description", "type")
    kept = history.frame.drop("index").hstack(words[history.frame["index"].to_list()])
    return hashlib.sha256(kept.write_ndjson().encode()).hexdigest()
