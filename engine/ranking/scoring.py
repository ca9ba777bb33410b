"""Score posts with a stored model: loaded once a process, by its path."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from .features import feature_frame
from .history import ONE_ACCOUNT
from .model_files import load_model

if TYPE_CHECKING:
    from ...models.stored_model import AccountModel, PlatformPrior, TrainedModel
    from ...models.text_counts import TextCounts

SCORE_SCHEMA = pl.Schema({"index": pl.UInt32(), "platform": pl.String(), "score": pl.Float64()})
"""One row a post × platform; ``index`` is the post's row, ``score`` null where refused."""

ORDER_SCHEMA = pl.Schema(
    {
        **SCORE_SCHEMA,
        "order": pl.Float64(),
        "basis": pl.String(),
        "account": pl.String(),
    }
)
"""``order`` is what posts are ordered by, descending: the score, or where refused that of the
``basis``: ``model``, ``prior``, ``type mean``, or ``none`` (all 0). ``account`` is the account
whose model it is, null where there is none."""


@dataclass(frozen=True)
class Scorer:
    """A model, ready to score; ``digest`` is the SHA-256 of what it learned.

    Equal models score equally, whatever else is in the frame.
    """

    model: "TrainedModel"
    digest: str

    def score(
        self,
        posts: pl.DataFrame,
        platforms: Sequence[str],
        measured: Mapping[str, pl.DataFrame] | None = None,
    ) -> pl.DataFrame:
        """Return `SCORE_SCHEMA`: every post on each platform named, platform by platform.

        Parameters
        ----------
        posts
            A posts frame.
        platforms
            Platform ids.
        measured
            By platform, measures of all ``posts`` that are known already, see `feature_frame`.
        """
        return self.order(posts, platforms, measured).select(*SCORE_SCHEMA)

    def order(
        self,
        posts: pl.DataFrame,
        platforms: Sequence[str],
        measured: Mapping[str, pl.DataFrame] | None = None,
    ) -> pl.DataFrame:
        """Return `ORDER_SCHEMA`: as `score`, with an order for the posts refused too."""
        from ...models.text_counts import count_texts

        frames = [pl.DataFrame(schema=ORDER_SCHEMA)]
        counts = None
        for platform in platforms:
            features = feature_frame(posts, platform, (measured or {}).get(platform))
            if counts is None:
                counts = count_texts(features["text"], letters=self._letters)
            frames.append(self._on(platform, posts, features, counts))
        return pl.concat(frames)

    @cached_property
    def _letters(self) -> bool:
        return any(one.letters for one in self.model.accounts)

    @cached_property
    def accounts(self) -> "dict[tuple[str, str], AccountModel]":
        """The accounts' models by platform and account."""
        return {(one.platform, one.account): one for one in self.model.accounts}

    def account_for(self, platform: str, account: str | None) -> "AccountModel | None":
        """Return the model for a post: its account's; where it names none, the only one there."""
        own = self.accounts.get((platform, account or ONE_ACCOUNT))
        if own is not None:
            return own
        there = [one for one in self.model.accounts if one.platform == platform]
        unnamed = account is None or (len(there) == 1 and there[0].account == ONE_ACCOUNT)
        return there[0] if len(there) == 1 and unnamed else None

    def platforms(self, posts: pl.DataFrame) -> tuple[str, ...]:
        """Return the platforms of the model, then the others that ``posts`` name."""
        learned = [one.platform for one in self.model.accounts]
        named = posts["platforms"].explode().drop_nulls().to_list()
        return tuple(dict.fromkeys([*learned, *named]))

    def prior_of(self, platform: str) -> "PlatformPrior | None":
        """Return the prior of all accounts of a platform."""
        there = [one for one in self.model.priors if one.platform == platform]
        return there[-1] if there else None

    def _on(
        self, platform: str, posts: pl.DataFrame, features: pl.DataFrame, counts: "TextCounts"
    ) -> pl.DataFrame:
        score = np.full(posts.height, np.nan)
        order = np.zeros(posts.height)
        basis = np.full(posts.height, "none", dtype=object)
        whose = np.full(posts.height, None, dtype=object)
        for account, places in _by_account(posts):
            model = self.account_for(platform, account)
            chosen = slice(None) if places.size == posts.height else places
            part = features if places.size == posts.height else features[places.tolist()]
            values, kind = self._values(model, platform, part, counts.rows(chosen))
            order[places], basis[places] = values, kind
            if model is not None:
                whose[places] = model.account
                if model.evidence.refusal is None:
                    score[places] = values
        columns = {
            "index": pl.int_range(posts.height, dtype=pl.UInt32, eager=True),
            "platform": pl.repeat(platform, posts.height, eager=True),
            "score": pl.Series(score, nan_to_null=True),
            "order": order,
            "basis": pl.Series(basis.tolist(), dtype=pl.String),
            "account": pl.Series(whose.tolist(), dtype=pl.String),
        }
        return pl.DataFrame(columns, schema=ORDER_SCHEMA)

    def _values(
        self,
        model: "AccountModel | None",
        platform: str,
        features: pl.DataFrame,
        counts: "TextCounts",
    ) -> tuple[Any, str]:
        """Return what orders the posts of one account, and what it is."""
        from ...models.feature_frame import measures_of
        from ...models.type_means import type_scores

        if model is None or (model.scores is None and model.prior is None):
            prior = self.prior_of(platform)
            if prior is not None:
                measures = measures_of(features, prior.scores.measures.names)
                return prior.scores.score(counts, measures), "prior"
        if model is None:
            return np.zeros(features.height), "none"
        refused = model.evidence.refusal is not None
        if model.scores is None or (refused and model.prior is None):
            return type_scores(features, model.type_names, model.type_effects), "type mean"
        values = model.scores.score(counts, measures_of(features, model.scores.measures.names))
        if model.prior is not None:
            prior_scores = self.model.priors[model.prior].scores
            measures = measures_of(features, prior_scores.measures.names)
            values = values + model.prior_slope * prior_scores.score(counts, measures)
        return values, "prior" if refused else "model"


def load_scorer(path: str | Path) -> Scorer:
    """Return the scorer of the model stored at ``path``.

    Raises
    ------
    ModelError
        It is no model file of this version, or was changed.
    """
    model, digest = load_model(Path(path))
    return Scorer(model, digest)


def _by_account(posts: pl.DataFrame) -> Iterator[tuple[str | None, np.ndarray[Any, Any]]]:
    accounts = posts.select("account").with_row_index("place")
    for (account,), rows in accounts.group_by("account", maintain_order=True):
        yield account, rows["place"].to_numpy()
