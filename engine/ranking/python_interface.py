"""What Python code asks for: a backlog in order, by a history or a stored model."""

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from ..advice.python_interface import read_posts
from ..advice.recommending import Posts
from ..content.platforms import platform_named
from ..errors import ModelError
from ..settings import Settings
from .engagement import Weights
from .from_history import model_from_history
from .ranking import Ranking, rank_posts
from .scoring import Scorer, load_scorer


def rank(
    backlog: Posts,
    history: Posts | None = None,
    *,
    model: str | Path | None = None,
    platforms: Sequence[str] | None = None,
    account: str | None = None,
    weights: Weights | None = None,
    fast: bool = False,
    settings: Settings | None = None,
) -> Ranking:
    """Return the order of a backlog on each platform, with the evidence for it.

    Parameters
    ----------
    backlog
        A Polars frame, a file, a folder of Markdown files, or several of these paths.
    history
        Published posts with outcomes, in the same forms.
    model
        A file that ``sharewise model train`` wrote, instead of ``history``.
    platforms
        Platform names; None: the settings', else each post's own, else the model's. Where it is
        one, past posts that name none are taken to be there.
    account
        The account of posts in the backlog that name none.
    weights
        What counts as engagement: a name (``all``, ``sharing`` …) or weights by kind; None: as
        the settings say.
    fast
        Learn from words and measures only.
    settings
        The brand's settings; None: none.

    Returns
    -------
    Ranking
        ``frame``: post, platform, score, rank, band …; ``verdicts``: the evidence or refusal.

    Raises
    ------
    HistoryError, ModelError
        There is nothing to learn from; the model file is none of ours.

    Examples
    --------
    >>> import polars as pl
    >>> from sharewise import rank
    >>> ideas = pl.DataFrame({"id": ["a"], "text": ["New beans"], "platform": ["x"]})
    >>> past = pl.DataFrame({"text": ["Old beans"] * 9, "platform": ["x"] * 9, "likes": range(9),
    ...     "published_at": [f"2026-01-0{day} 09:00" for day in range(1, 10)]})
    >>> found = rank(ideas, past)
    >>> found.frame.select("post", "score", "rank").row(0), found.verdicts[0].refusal
    (('a', None, 1), '1 past posts are too few to learn from; 40 are the least')
    """
    settings = settings or Settings()
    if (history is None) == (model is None):
        raise ModelError("give either a history or a model")
    asked = tuple(dict.fromkeys(map(platform_named, platforms or settings.platforms)))
    posts = read_posts(backlog, timezone=settings.timezone).posts
    if account is not None:
        posts = posts.with_columns(pl.col("account").fill_null(account))
    if model is not None:
        scorer = load_scorer(model)
    else:
        assert history is not None  # noqa: S101
        past = read_posts(history, timezone=settings.timezone).posts
        where = asked[0] if len(asked) == 1 else None
        counted = weights or settings.engagement
        learned, _ = model_from_history(past, weights=counted, platform=where, fast=fast)
        scorer = Scorer(learned, "")
    return rank_posts(posts, scorer, asked or scorer.platforms(posts), chosen=bool(asked))
