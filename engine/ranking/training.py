"""Train a model on a history: an own ranker an account, a prior a platform, each with evidence."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from ..content.schema import OUTCOMES
from ..errors import HistoryError
from .drift import feature_shapes, metrics_of, plain
from .features import feature_frame
from .history import History

if TYPE_CHECKING:
    from ...models.evidence import Evidence
    from ...models.stored_model import AccountModel, PlatformPrior, TrainedModel
    from ...models.text_counts import TextCounts

PRIOR_FOLDS = 4
EXCERPT = 60
LEAKING = 0.98
"""Rank correlation from which on an outcome is taken for a measure of the post itself."""

_Tell = Callable[[str], None]


@dataclass(frozen=True)
class PlatformPosts:
    """The history on one platform: ``rows`` of `History.frame`, what they are called, their
    features and outcomes, all in the same order.
    """

    platform: str
    rows: pl.DataFrame
    features: pl.DataFrame
    names: pl.Series
    outcomes: pl.DataFrame

    def accounts(self) -> Iterator[tuple[str, np.ndarray[Any, Any]]]:
        """Yield each account with the places of its posts, in order of time."""
        placed = self.rows.with_row_index("place")
        for (account,), own in placed.group_by("account", maintain_order=True):
            yield str(account), own["place"].to_numpy()


def platform_posts(posts: pl.DataFrame, history: History) -> list[PlatformPosts]:
    """Return the posts to learn from with their features, platform by platform.

    Raises
    ------
    HistoryError
        No post is left to learn from, or the outcomes are a measure of the posts.
    """
    if history.frame.height == 0:
        reasons = "; ".join(f"{count} {reason}" for reason, count in history.reasons().items())
        raise HistoryError(f"no past post to learn from in {history.rows}: {reasons}")
    found = []
    for (platform,), rows in history.frame.group_by("platform", maintain_order=True):
        chosen = posts[rows["index"].to_list()]
        name = pl.coalesce("id", pl.format("{}:{}", "file", "row"), pl.lit("?"))
        names = chosen.select(name.alias("name"))["name"]
        features = feature_frame(chosen, str(platform))
        _refuse_leaks(features, rows["engagement"], str(platform))
        outcomes = chosen.select(OUTCOMES)
        found.append(PlatformPosts(str(platform), rows, features, names, outcomes))
    return found


def train(
    platforms: list[PlatformPosts],
    *,
    letters: bool = True,
    pooled: bool = True,
    about: Mapping[str, Any] | None = None,
    jobs: int = 1,
    tell: _Tell = lambda text: None,
) -> "TrainedModel":
    """Return the model of a history.

    Parameters
    ----------
    platforms
        What `platform_posts` returned.
    letters
        Whether the rankers look at letters inside words: better, and half as fast.
    pooled
        Whether accounts of one platform learn from each other.
    about
        What the manifest says of it.
    jobs
        How many processes share the accounts.
    tell
        Called with what is being done.
    """
    from ...models.parallel import in_parallel
    from ...models.stored_model import TrainedModel

    accounts: list[AccountModel] = []
    priors: list[PlatformPrior] = []
    for posts in platforms:
        pool = _Pool(posts) if pooled and posts.rows["account"].n_unique() > 1 else None
        first = len(priors)
        if pool is not None:
            tell(f"{posts.platform}: learning what its accounts have in common …")
            priors += pool.priors()
        tell(f"{posts.platform}: learning from {posts.rows.height:,} past posts …")
        work = [(posts, account, places, pool, letters) for account, places in posts.accounts()]
        for model in in_parallel(_account_model, work, jobs):
            own = None if model.prior is None else first + model.prior
            accounts.append(replace(model, prior=own))
    return TrainedModel(tuple(accounts), tuple(priors), dict(about or {}))


class _Pool:
    """The posts of a platform's accounts, counted once; priors are fitted on parts of them."""

    def __init__(self, posts: PlatformPosts) -> None:
        from ...models.feature_frame import measure_names, measures_of
        from ...models.text_counts import count_texts

        self._posts = posts
        names = sorted(set(posts.rows["account"].to_list()))
        self.folds = {name: at % min(PRIOR_FOLDS, len(names)) for at, name in enumerate(names)}
        self._fold = np.array([self.folds[name] for name in posts.rows["account"].to_list()])
        self._days = posts.features["day"].to_numpy()
        self._targets = posts.rows["target"].to_numpy()
        self._names = measure_names(posts.features)
        self._measures = measures_of(posts.features, self._names)
        self._whole: dict[int | None, Any] = {}
        self._counts: TextCounts = count_texts(posts.features["text"], letters=False)

    def scores(self, without: int | None) -> Any:
        """Return the prior of all accounts but those of one fold; None: of all. Fitted once."""
        if without not in self._whole:
            self._whole[without] = self.scores_before(np.inf, without)
        return self._whole[without]

    def scores_before(self, before: float, without: int | None) -> Any:
        """Return the prior that could be known on a day; None when there were no posts."""
        from ...models.pooled_ranker import PooledRanker

        pooled = PooledRanker()
        fits = (self._fold != without) & (self._days < before)
        places = np.flatnonzero(fits)
        places = places[np.argsort(self._days[places], kind="stable")][-pooled.window :]
        if places.size < 2:
            return None
        pooled.fit_counts(
            self._counts.rows(places), self._measures[places], self._names, self._targets[places]
        )
        return pooled.scores_

    def priors(self) -> "list[PlatformPrior]":
        """Return a prior a fold, learned from the other folds, then that of all accounts."""
        from ...models.stored_model import PlatformPrior

        made = []
        for fold in [*range(len(set(self.folds.values()))), None]:
            names = tuple(name for name, own in self.folds.items() if own != fold)
            size = (
                int(np.count_nonzero(self._fold != fold)) if fold is not None else len(self._fold)
            )
            scores = self.scores(fold)
            made.append(PlatformPrior(self._posts.platform, names, size, scores))
        return made

    def score(self, scores: Any, places: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        """Return what a prior says of some posts."""
        return np.asarray(scores.score(self._counts.rows(places), self._measures[places]))


def _account_model(
    posts: PlatformPosts,
    account: str,
    places: np.ndarray[Any, Any],
    pool: _Pool | None,
    letters: bool,
) -> "AccountModel":
    from ...models.baselines import TypeMean
    from ...models.ranker import Ranker
    from ...models.stored_model import AccountModel

    features = posts.features[places.tolist()]
    targets = posts.rows["target"].to_numpy()[places]
    tried = _Trial(posts, account, places, pool, letters=letters)
    prior = pool.folds[account] if pool is not None and tried.uses_prior else None
    kinds = TypeMean().fit(features, targets)
    ranker = None
    if np.ptp(targets) > 0:
        if prior is not None and pool is not None:
            scores = pool.scores(prior)
            features = features.with_columns(prior=pool.score(scores, places))
        ranker = Ranker(letters=letters).fit(features, targets)
    return AccountModel(
        platform=posts.platform,
        account=account,
        evidence=tried.evidence,
        margins=tried.margins,
        scores=None if ranker is None else ranker.scores_,
        letters=letters,
        prior=None if ranker is None else prior,
        prior_slope=0.0 if ranker is None else ranker.prior_slope_,
        type_names=kinds.names_,
        type_effects=kinds.effects_,
        past=_past(posts, places, ranker),
        training=training_shape(posts, places),
    )


class _Trial:
    """What a ranker of this account shows on its newest posts, with and without the prior."""

    def __init__(
        self,
        posts: PlatformPosts,
        account: str,
        places: np.ndarray[Any, Any],
        pool: _Pool | None,
        *,
        letters: bool,
    ) -> None:
        from ...models.conformal import margins
        from ...models.ranking_metrics import spearman
        from ...models.time_split import held_out_size

        size = places.size
        self._begin = begin = size - held_out_size(size)
        self._features = posts.features[places.tolist()]
        self._targets = targets = posts.rows["target"].to_numpy()[places]
        self._engagement = posts.rows["engagement"].to_numpy()[places]
        self._letters = letters
        self.uses_prior = False
        self.margins = None
        if begin < 2 or np.ptp(targets) == 0:
            self.evidence = _nothing(size, constant=begin >= 2)
            return
        scores = self._scores(self._features)
        if pool is not None:
            before = float(self._features["day"][begin])
            prior = pool.scores_before(before, pool.folds[account])
            if prior is not None:
                with_prior = self._features.with_columns(prior=pool.score(prior, places))
                other = self._scores(with_prior)
                held = targets[begin:]
                few = size < 80
                self.uses_prior = few or spearman(held, other) >= spearman(held, scores)
                scores = other if self.uses_prior else scores
        self.evidence = self._gathered(scores)
        self.margins = margins(targets[begin:], scores)

    def _scores(self, features: pl.DataFrame) -> np.ndarray[Any, Any]:
        from ...models.ranker import Ranker

        ranker = Ranker(letters=self._letters)
        ranker.fit(features[: self._begin], self._targets[: self._begin])
        return np.asarray(ranker.predict(features[self._begin :]))

    def _gathered(self, scores: np.ndarray[Any, Any]) -> "Evidence":
        from ...models.baselines import TypeMean
        from ...models.evidence import gather

        begin = self._begin
        kinds = TypeMean().fit(self._features[:begin], self._targets[:begin])
        return gather(
            self._targets.size,
            self._targets[begin:],
            self._engagement[begin:],
            scores,
            kinds.predict(self._features[begin:]),
        )


def _nothing(size: int, *, constant: bool) -> "Evidence":
    from ...models.evidence import gather

    none = np.zeros(0)
    evidence = gather(size, none, none, none, none)
    if constant:
        reason = "all past posts did the same: there is nothing to learn"
        return replace(evidence, refusal=reason)
    return evidence


def _past(posts: PlatformPosts, places: np.ndarray[Any, Any], ranker: Any) -> Any:
    from ...models.stored_model import PastPosts

    if ranker is None:
        return PastPosts.none()
    kept = places[-ranker.past_.size :].tolist()
    words = posts.features["text"].gather(kept).fill_null("").str.replace_all(r"\s+", " ")
    return PastPosts(
        tuple(posts.names.gather(kept).to_list()),
        tuple(words.str.slice(0, EXCERPT).to_list()),
        np.exp(posts.rows["target"].to_numpy()[kept]),
        ranker.past_terms_,
        ranker.past_,
    )


def shape_columns(posts: PlatformPosts, places: list[int]) -> pl.DataFrame:
    """Return the measures and targets of some posts: what drift looks at."""
    measures = posts.features[places].drop("text", "day", "prior", strict=False)
    return measures.with_columns(posts.rows["target"][places])


def training_shape(posts: PlatformPosts, places: np.ndarray[Any, Any]) -> dict[str, Any]:
    """Return what the posts of an account are like, and the time of the newest."""
    kept = places.tolist()
    shapes = feature_shapes(shape_columns(posts, kept))
    newest = posts.rows["published_at"][kept].max()
    assert isinstance(newest, datetime)  # noqa: S101
    return {**plain(shapes, metrics_of(posts.outcomes[kept])), "newest": newest.isoformat()}


def _refuse_leaks(features: pl.DataFrame, engagement: pl.Series, platform: str) -> None:
    if features.height < 20:
        return
    ranks = engagement.rank()
    for name in features.columns:
        if name in ("text", "day"):
            continue
        found = features.select(pl.corr(pl.col(name).cast(pl.Float64).rank(), ranks)).item()
        if found is not None and abs(found) >= LEAKING:
            raise HistoryError(
                f"the outcomes on {platform} follow {name} exactly (Spearman {found:.2f}): "
                "a column that describes the posts is taken for an outcome"
            )
