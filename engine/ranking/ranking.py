"""Order a backlog, platform by platform and account by account, with the evidence for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from .scoring import Scorer

if TYPE_CHECKING:
    from ...models.stored_model import AccountModel

RANKING_SCHEMA = pl.Schema(
    {
        "index": pl.UInt32(),
        "post": pl.String(),
        "platform": pl.String(),
        "account": pl.String(),
        "score": pl.Float64(),
        "rank": pl.Int64(),
        "last": pl.Int64(),
        "band": pl.String(),
        "basis": pl.String(),
    }
)
"""One row a post × platform, in order. ``rank`` counts from 1 within platform and account; posts
too close to tell apart share it, ``last`` is the last place they could have. ``score`` and ``band``
(`conformal.BANDS`) are null where the model is refused; ``basis`` is what then orders."""


@dataclass(frozen=True)
class Verdict:
    """What stands behind the order of one account on one platform.

    ``refusal`` is None where the model orders, else why not; ``basis`` is what orders instead.
    """

    platform: str
    account: str | None
    refusal: str | None
    basis: str
    model: "AccountModel | None"

    def evidence(self) -> dict[str, Any] | None:
        """Return the held-out figures as JSON knows them; None where there are none."""
        if self.model is None:
            return {"posts": 0, "refusal": self.refusal, "ordered_by": self.basis}
        return {**self.model.evidence.plain(), "ordered_by": self.basis}


@dataclass(frozen=True)
class Ranking:
    """The order (`RANKING_SCHEMA`) and its verdicts, in the order of its platforms and accounts."""

    frame: pl.DataFrame
    verdicts: tuple[Verdict, ...]
    scorer: Scorer

    def verdict(self, platform: str, account: str | None) -> Verdict:
        """Return what stands behind one order."""
        keys = (platform, account)
        return next(one for one in self.verdicts if (one.platform, one.account) == keys)


def rank_posts(
    posts: pl.DataFrame, scorer: Scorer, platforms: Sequence[str], *, chosen: bool = False
) -> Ranking:
    """Return the order of ``posts`` on each platform.

    Parameters
    ----------
    posts
        A posts frame: the backlog.
    scorer
        The model.
    platforms
        Platform ids; a post is ordered on those of them that it names, or on all if it names
        none, or if ``chosen`` is True.
    """
    ordered = scorer.order(posts, platforms)
    if not chosen:
        ordered = ordered.filter(_meant(posts, ordered))
    name = pl.coalesce("id", pl.format("{}:{}", "file", "row"))
    names = posts.select(post=name).with_row_index("index")
    ordered = ordered.join(names, on="index", how="left", maintain_order="left")
    parts, verdicts = [pl.DataFrame(schema=RANKING_SCHEMA)], []
    groups = ordered.group_by("platform", "account", maintain_order=True)
    for (platform, account), rows in groups:
        verdict = _verdict(scorer, str(platform), account, rows["basis"][0])
        verdicts.append(verdict)
        parts.append(_ranked(rows, verdict))
    return Ranking(pl.concat(parts), tuple(verdicts), scorer)


def _meant(posts: pl.DataFrame, ordered: pl.DataFrame) -> pl.Series:
    own = posts["platforms"].gather(ordered["index"])
    both = pl.DataFrame({"own": own, "platform": ordered["platform"]})
    some = pl.col("own").list.len().fill_null(0) > 0
    return both.select(~some | pl.col("own").list.contains(pl.col("platform")))["own"]


def _verdict(scorer: Scorer, platform: str, account: str | None, basis: str) -> Verdict:
    model = scorer.accounts.get((platform, account)) if account is not None else None
    if model is None:
        return Verdict(platform, account, "no past posts there to learn from", basis, None)
    return Verdict(platform, account, model.evidence.refusal, basis, model)


def _ranked(rows: pl.DataFrame, verdict: Verdict) -> pl.DataFrame:
    from ...models.conformal import bands, tied_ranks

    rows = rows.sort("order", "index", descending=[True, False])
    order = rows["order"].to_numpy()
    margins = None if verdict.model is None else verdict.model.margins
    trusted = verdict.refusal is None and margins is not None
    if trusted and margins is not None:
        groups = tied_ranks(order, margins.tie)
        labels: list[str | None] = [*bands(order, margins)]
    else:
        groups = tied_ranks(order, 0.0)
        labels = [None] * rows.height
    starts = np.searchsorted(groups, groups, side="left") + 1
    ends = np.searchsorted(groups, groups, side="right")
    return rows.with_columns(
        rank=pl.Series(starts, dtype=pl.Int64),
        last=pl.Series(ends, dtype=pl.Int64),
        band=pl.Series(labels, dtype=pl.String),
    ).select(pl.col(name).cast(dtype) for name, dtype in RANKING_SCHEMA.items())
