"""Why a post stands where it does: what adds to its score, and the past posts it is like."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from ..content.measures.catalogue import MEASURES
from .features import count_names, feature_frame
from .scoring import Scorer

if TYPE_CHECKING:
    from ...models.contributions import Likeness, Part
    from ...models.stored_model import AccountModel


@dataclass(frozen=True)
class Reason:
    """A part of a score in words: ``what`` it is, its ``value`` there, what it ``adds``."""

    kind: str
    what: str
    value: float | None
    adds: float


@dataclass(frozen=True)
class Explanation:
    """Why a post has its score on one platform; ``reasons`` add up to it, the largest first.

    ``alike`` are the past posts most like it, with what they reached as times the usual.
    """

    post: str
    platform: str
    score: float
    reasons: tuple[Reason, ...]
    alike: "tuple[Likeness, ...]"


def explain(posts: pl.DataFrame, scorer: Scorer, platform: str) -> list[Explanation | None]:
    """Return why each post has its score on ``platform``; None where no model gives it one."""
    from ...models.contributions import likenesses
    from ...models.text_counts import count_texts

    features = feature_frame(posts, platform)
    found: list[Explanation | None] = []
    names = posts.select(post=pl.coalesce("id", pl.format("{}:{}", "file", "row")))["post"]
    for at, account in enumerate(posts["account"]):
        model = scorer.account_for(platform, account)
        if model is None or model.scores is None:
            found.append(None)
            continue
        row = features[at]
        parts = _parts(row, model, scorer)
        counts = count_texts(row["text"], letters=False)
        alike = likenesses(model.past, model.scores.terms, counts)[0]
        total = math.fsum(part.value for part in parts)
        reasons = tuple(_reason(part, row) for part in parts)
        found.append(Explanation(names[at], platform, total, reasons, tuple(alike)))
    return found


def because(explanation: Explanation | None, most: int = 3) -> list[str]:
    """Return the strongest reasons for a post in words, without those that add under a hundredth.

    What is told to add ±0.00 is no reason.
    """
    if explanation is None:
        return []
    told = []
    if explanation.alike:
        count = len(explanation.alike)
        times = math.exp(np.mean([math.log(one.times) for one in explanation.alike]))
        posts = "1 past post" if count == 1 else f"{count} past posts"
        told.append(f"like {posts} that did {times:.1f}×")
    sign = 1 if explanation.score >= 0 else -1
    strong = [
        one for one in explanation.reasons if one.kind != "usual" and round(one.adds * sign, 2) > 0
    ]
    return told + [told_reason(one) for one in strong[: most - len(told)]]


def told_reason(reason: Reason) -> str:
    """Return a reason in words, with the value there and what it adds."""
    quoted = reason.kind in ("word", "words")
    what = f"“{reason.what}”" if quoted else reason.what
    value = "" if reason.value is None or reason.kind == "type" else f" {reason.value:g}"
    return f"{what}{value} ({reason.adds:+.2f})"


def _parts(row: pl.DataFrame, model: "AccountModel", scorer: Scorer) -> "list[Part]":
    from ...models.contributions import merged, parts_of
    from ...models.feature_frame import measures_of

    assert model.scores is not None  # noqa: S101
    sources = [(model.scores, 1.0)]
    if model.prior is not None:
        sources.append((scorer.model.priors[model.prior].scores, model.prior_slope))
    parts = []
    for scores, slope in sources:
        measures = measures_of(row, scores.measures.names)
        parts += parts_of(scores, row["text"][0] or "", measures, slope)
    return merged(parts)


def _reason(part: "Part", row: pl.DataFrame) -> Reason:
    if part.kind == "usual":
        return Reason("usual", "every post here", None, part.value)
    if part.kind != "measure":
        return Reason(part.kind, part.name, None, part.value)
    value = row[part.name][0] if part.name in row.columns else None
    if part.name.startswith("type."):
        kind = part.name.removeprefix("type.")
        return Reason("type", kind if value else f"no {kind}", value, part.value)
    if value is not None and part.name in count_names():
        value = round(math.expm1(value), 6)
    what = MEASURES[part.name].what if part.name in MEASURES else part.name
    return Reason("measure", what, value, part.value)


def strongest(reasons: Sequence[Reason], most: int) -> tuple[list[Reason], float, int]:
    """Return the ``most`` largest reasons, what the others add together, and how many these are."""
    shown, rest = list(reasons[:most]), reasons[most:]
    return shown, math.fsum(one.adds for one in rest), len(rest)
