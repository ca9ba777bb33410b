"""Which wording of one post: learned from randomised tests, else, said plainly, from past posts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from ...models.held_out_pairs import Accuracy, HeldOutPairs
from ...models.ranker import Ranker
from ...models.time_split import train_size
from ...models.wording import SIGNIFICANT, Pairs, Wording, pairs_of
from ..content.schema import empty_posts
from ..errors import HistoryError
from .features import feature_frame
from .history import History, accounts
from .wording_tests import normal_texts, wording_tests

FEWEST_TESTS, FEWEST_POSTS = 40, 80
NEIGHBOURS = 5
"""How many following posts of the same account each held-out post is compared with."""
HEADLINES = "facebook"
"""The platform as whose posts headlines are measured where none is named."""
NO_EVIDENCE = "it does not do better than a coin on what it has not seen"
TOO_CLOSE = "too close to tell apart"

Numbers = NDArray[np.float64]
Scores = Callable[[pl.Series], Numbers]


@dataclass(frozen=True)
class Judge:
    """What tells wordings apart, and how often it was right on pairs that it had not seen.

    ``units`` counts the tests or posts learned from. ``score`` takes texts; the difference of two
    scores says which is better, where ``randomised`` in log odds.
    """

    randomised: bool
    units: int
    pairs: int
    score: Scores
    held_out: HeldOutPairs

    @property
    def accuracy(self) -> Accuracy:
        """The share of held-out pairs that it puts right."""
        return self.held_out.accuracy()

    @property
    def on_significant(self) -> Accuracy:
        """The same on pairs whose outcomes differ by more than chance (95 %)."""
        return self.held_out.accuracy(self.held_out.significant)


@dataclass(frozen=True)
class Ranked:
    """A wording: its number as given from 1, and its score less the mean of all."""

    number: int
    text: str
    score: float


@dataclass(frozen=True)
class Comparison:
    """The wordings, best first; ``reason`` says why none is named the better, "" where one is.

    ``as_close`` is how often held-out pairs about as far apart as the best two were right.
    """

    ranked: tuple[Ranked, ...]
    as_close: Accuracy
    reason: str


def compare(judge: Judge, texts: pl.Series) -> Comparison:
    """Return the wordings in the order of the judge.

    Raises
    ------
    HistoryError
        Fewer than two different wordings.
    """
    if texts.n_unique() < 2:
        raise HistoryError("two different wordings are needed to compare")
    scores = judge.score(texts)
    scores = scores - scores.mean()
    order = np.argsort(-scores, kind="stable")
    ranked = tuple(Ranked(int(at) + 1, texts[int(at)], float(scores[at])) for at in order)
    as_close = judge.held_out.as_far_apart(ranked[0].score - ranked[1].score)
    reason = ""
    if not judge.accuracy.better_than_chance:
        reason = NO_EVIDENCE
    elif not as_close.better_than_chance:
        reason = TOO_CLOSE
    return Comparison(ranked, as_close, reason)


def judge_from_tests(posts: pl.DataFrame, platform: str | None = None, **model: Any) -> Judge:
    """Return a judge that learned from randomised tests, tried on the newest fifth of them.

    Tests that share a wording with a held-out test are not learned from when it is tried. The
    judge itself learns from all.

    Parameters
    ----------
    posts
        As `wording_tests` takes them.
    platform
        The platform as whose posts the texts are measured.
    model
        Parameters of `Wording`.

    Raises
    ------
    HistoryError
        No tests, or fewer than `FEWEST_TESTS`.
    """
    tests = wording_tests(posts)
    count = tests["place"].n_unique()
    if count < FEWEST_TESTS:
        raise HistoryError(f"{count} tests of two wordings or more; {FEWEST_TESTS} are needed")
    where = platform or HEADLINES
    rows = _with_rates(tests)
    features = _features(rows["text"], where)
    held, pairs = held_out_rows(tests)
    later = rows.select(pl.col("place") >= held["place"].min()).to_series()
    shared = normal_texts(rows["text"]).is_in(normal_texts(held["text"]).implode())
    spoiled = rows["place"].is_in(rows["place"].filter(shared).unique().implode())
    fit = ~later & ~spoiled
    tried = _fitted(rows.filter(fit), features.filter(fit), model)
    scores = tried.decision_function(features.filter(later))
    held_out = HeldOutPairs(
        gap=scores[pairs.first] - scores[pairs.second],
        better=pairs.z,
        cluster=held["place"].to_numpy()[pairs.first].astype(np.int64),
        significant=np.abs(pairs.z) > SIGNIFICANT,
    )
    final = _fitted(rows, features, model)
    return Judge(
        *(True, count, final.pairs_),
        lambda texts: final.decision_function(_features(texts, where)),
        held_out,
    )


def held_out_rows(tests: pl.DataFrame) -> tuple[pl.DataFrame, Pairs]:
    """Return the rows of the newest fifth of the tests (`TESTS_SCHEMA`), and their pairs."""
    places = tests["place"].unique().sort()
    held = _with_rates(tests).filter(pl.col("place") >= places[train_size(places.len())])
    return held, _pairs(held)


def judge_from_history(history: History, posts: pl.DataFrame, platform: str | None) -> Judge:
    """Return a judge that learned from the words of an account's past posts.

    Other things differed between these posts than their words: it is no randomised test. The
    newest fifth is held out; each of its posts is compared with the next `NEIGHBOURS`.

    Parameters
    ----------
    posts
        The posts frame that ``history`` was prepared from.
    platform
        The platform to learn from; None: the one with most posts.

    Raises
    ------
    HistoryError
        Fewer than `FEWEST_POSTS` posts of one account there.
    """
    there = [one for one in accounts(history) if platform in (None, one[0])]
    where, account, count = max(there, key=lambda one: one[2], default=("", "", 0))
    if count < FEWEST_POSTS:
        raise HistoryError(f"{count} posts to learn from; {FEWEST_POSTS} of one account are needed")
    own = history.frame.filter((pl.col("platform") == where) & (pl.col("account") == account)).sort(
        "published_at", "index"
    )
    texts = posts[own["index"]]["text"].fill_null("")
    features = _features(texts, where).with_columns(day=own["published_at"].dt.epoch("d"))
    target = own["target"].to_numpy()
    begin = train_size(count)
    tried = Ranker().fit(features[:begin], target[:begin])
    scores = np.asarray(tried.predict(features[begin:]))
    first, second = _neighbours(count - begin)
    better = target[begin:][first] - target[begin:][second]
    held_out = HeldOutPairs(
        gap=scores[first] - scores[second],
        better=better,
        cluster=own["published_at"].dt.epoch("d").to_numpy()[begin:][first].astype(np.int64),
        significant=np.zeros(len(better), dtype=bool),
    )
    final = Ranker().fit(features, target)

    def score(given: pl.Series) -> Numbers:
        return np.asarray(final.predict(_features(given, where)), dtype=np.float64)

    return Judge(False, count, len(better), score, held_out)


def _with_rates(tests: pl.DataFrame) -> pl.DataFrame:
    """Return the tests with click rates and their standard errors (Agresti & Coull 1998)."""
    shown = pl.col("impressions") + 4
    rate = (pl.col("clicks") + 2) / shown
    return tests.with_columns(
        rate=pl.col("clicks") / pl.col("impressions"), error=(rate * (1 - rate) / shown).sqrt()
    )


def _pairs(rows: pl.DataFrame) -> Pairs:
    groups = rows.select(pl.struct("test", "group").rank("dense")).to_series()
    return pairs_of(
        rows["rate"].to_numpy(), rows["error"].to_numpy(), groups.to_numpy(), rows["text"]
    )


def _fitted(rows: pl.DataFrame, features: pl.DataFrame, model: dict[str, Any]) -> Wording:
    groups = rows.select(pl.struct("test", "group").rank("dense")).to_series().to_numpy()
    try:
        return Wording(**model).fit(features, rows["rate"], groups, rows["error"])
    except ValueError as error:
        raise HistoryError(f"nothing to learn from the tests: {error}") from None


def _features(texts: pl.Series, platform: str) -> pl.DataFrame:
    posts = empty_posts().clear(texts.len()).with_columns(texts.alias("text"))
    return feature_frame(posts, platform).drop("day")


def _neighbours(count: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    first = np.repeat(np.arange(count), NEIGHBOURS)
    second = first + np.tile(np.arange(1, NEIGHBOURS + 1), count)
    inside = second < count
    return first[inside], second[inside]
