"""A trained model as it is kept: a ranker an account, a prior a platform, and what they showed."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix

from .conformal import Margins
from .evidence import Evidence
from .linear_scores import LinearScores
from .text_counts import COLUMNS
from .text_weights import Numbers


@dataclass(frozen=True)
class PastPosts:
    """The posts a ranker learned from: ``names``, a few ``words`` of each, how many times the
    account's usual they reached (``times``), their weighted ``terms`` and what each adds.
    """

    names: tuple[str, ...]
    words: tuple[str, ...]
    times: Numbers
    terms: csr_matrix
    shares: Numbers

    @classmethod
    def none(cls) -> "PastPosts":
        """Return no posts."""
        empty = np.zeros(0)
        return cls((), (), empty, csr_matrix((0, COLUMNS)), empty)


@dataclass(frozen=True)
class AccountModel:
    """The ranker of one account on one platform.

    ``scores`` is None where there was nothing to learn; then ``type_effects`` order posts, the
    mean target of each type. ``prior`` is the place of the prior it adds to (in
    `TrainedModel.priors`), ``prior_slope`` how much of it. ``training`` says what the posts were
    like, as JSON values, to compare later ones with.
    """

    platform: str
    account: str
    evidence: Evidence
    margins: Margins | None
    scores: LinearScores | None
    letters: bool
    prior: int | None
    prior_slope: float
    type_names: tuple[str, ...]
    type_effects: Numbers
    past: PastPosts
    training: dict[str, Any]


@dataclass(frozen=True)
class PlatformPrior:
    """A prior learned from ``accounts`` on ``platform``, ``posts`` of them."""

    platform: str
    accounts: tuple[str, ...]
    posts: int
    scores: LinearScores


@dataclass(frozen=True)
class TrainedModel:
    """All that was trained on one history; ``about`` is what the manifest says of it."""

    accounts: tuple[AccountModel, ...]
    priors: tuple[PlatformPrior, ...]
    about: dict[str, Any] = field(default_factory=dict)
