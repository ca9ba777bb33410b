"""Published posts with outcomes, made ready to learn from: the target, and what was left out.

The target compares a post with its own account at its own time: growth of an account, or of a
platform, is no merit of a post.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import polars as pl

from ..content.schema import OUTCOMES
from ..errors import HistoryError
from .engagement import Weights, engagement, engagement_columns

MEDIAN_POSTS = 50
FIRST_POSTS = 5
CLIP = 2.0
OLDEST = datetime(2008, 1, 1, tzinfo=UTC)
ONE_ACCOUNT = ""
"""The account of posts that name none."""

HISTORY_SCHEMA = pl.Schema(
    {
        "index": pl.UInt32(),
        "account": pl.String(),
        "platform": pl.String(),
        "published_at": pl.Datetime("us", "UTC"),
        "engagement": pl.Float64(),
        "target": pl.Float64(),
    }
)
"""One row a post to learn from, by platform, account and time; ``index``: its row in the posts."""

LEFT_OUT_SCHEMA = pl.Schema({"index": pl.UInt32(), "reason": pl.String()})
"""One row a post that is not learned from; ``reason`` is one of `REASONS`."""

_CHECKS = (
    ("no_time", "no time of publishing"),
    ("no_platform", "names no platform"),
    ("platforms", "names several platforms: outcomes are of one"),
    ("no_outcome", "no outcome that counts"),
    ("negative", "a negative outcome"),
    ("old", "published before 2008: an invented date"),
    ("future", "published in the future"),
    ("duplicate", "a duplicate: same id, or same account, time and text"),
    ("immature", "published less than {hours:g} hours before the newest: outcomes still grow"),
    ("first", "among the first five of its account: nothing to compare with"),
)
REASONS = tuple(reason for _, reason in _CHECKS)


@dataclass(frozen=True)
class History:
    """Posts to learn from (`HISTORY_SCHEMA`) and those that are not (`LEFT_OUT_SCHEMA`).

    ``rows`` counts the posts given: those of ``frame`` and of ``left_out``.
    """

    frame: pl.DataFrame
    left_out: pl.DataFrame
    rows: int
    weights: Weights = "all"

    def reasons(self) -> dict[str, int]:
        """Return how many posts were left out for each reason, the most frequent first."""
        counted = self.left_out["reason"].value_counts().sort("count", "reason", descending=True)
        return dict(counted.iter_rows())


def prepare_history(
    posts: pl.DataFrame,
    *,
    weights: Weights = "all",
    min_age_hours: float = 48,
    platform: str | None = None,
    now: datetime | None = None,
) -> History:
    """Return the posts to learn from, each with its target.

    Parameters
    ----------
    posts
        A posts frame (`schema.POST_SCHEMA`) with ``published_at`` and outcomes.
    weights
        What counts as engagement, see `engagement.engagement`.
    min_age_hours
        How much older than the newest post of its account a post must be.
    platform
        Platform of posts that name none; None: these are left out.
    now
        The moment after which a date is an error; None: the clock's.

    Returns
    -------
    History
        ``target`` is log1p(engagement) less the median of it over the account's previous 50
        posts there, clipped to ±2. Sorted by platform, account, time, index.

    Raises
    ------
    HistoryError
        ``posts`` has no row, or no outcome at all that ``weights`` counts.
    """
    if posts.height == 0:
        raise HistoryError("the history has no posts")
    _require_outcomes(posts, weights)
    rows = _rows(posts, weights, platform)
    checked = rows.with_columns(_faults(now or datetime.now(UTC)))
    good = checked.filter(pl.col("fault").is_null())
    newest = pl.col("published_at").max().over("platform", "account")
    young = pl.col("published_at") > newest - timedelta(hours=min_age_hours)
    good = good.with_columns(fault=pl.when(young).then(pl.lit("immature")))
    mature = _with_target(good.filter(pl.col("fault").is_null()))
    left = [checked.filter(pl.col("fault").is_not_null()), good.filter(pl.col("fault") != "")]
    left.append(mature.filter(pl.col("target").is_null()).with_columns(fault=pl.lit("first")))
    told = {fault: reason.format(hours=min_age_hours) for fault, reason in _CHECKS}
    return History(
        frame=mature.filter(pl.col("target").is_not_null())
        .select(pl.col(name).cast(dtype) for name, dtype in HISTORY_SCHEMA.items())
        .sort("platform", "account", "published_at", "index"),
        left_out=pl.concat([part.select("index", reason="fault") for part in left])
        .with_columns(pl.col("reason").replace_strict(told, return_dtype=pl.String))
        .cast({"index": pl.UInt32})
        .sort("index"),
        rows=posts.height,
        weights=weights,
    )


def accounts(history: History) -> list[tuple[str, str, int]]:
    """Return platform, account and number of posts to learn from, in that order."""
    counted = history.frame.group_by("platform", "account", maintain_order=True).len()
    return list(counted.iter_rows())


def _require_outcomes(posts: pl.DataFrame, weights: Weights) -> None:
    wanted = engagement_columns(weights)
    have = [name for name in OUTCOMES if posts[name].null_count() < posts.height]
    if not set(wanted) & set(have):
        found = f"it has {', '.join(have)}" if have else "it has none at all"
        raise HistoryError(
            f"the history has no outcomes to learn from: {found}; needed: {', '.join(wanted)}"
        )


def _rows(posts: pl.DataFrame, weights: Weights, platform: str | None) -> pl.DataFrame:
    there = pl.col("platforms")
    named = pl.when(there.list.len().fill_null(0) > 0).then(there.list.first())
    return (
        posts.drop("index", strict=False)
        .with_row_index("index")
        .select(
            "index",
            "id",
            "published_at",
            *OUTCOMES,
            words=pl.concat_str("text", "title", "description", separator="\n", ignore_nulls=True),
            account=pl.col("account").fill_null(ONE_ACCOUNT),
            platform=pl.coalesce(named, pl.lit(platform, pl.String)),
            places=there.list.len().fill_null(0),
            engagement=engagement(weights),
        )
    )


def _faults(now: datetime) -> pl.Expr:
    """Return the first check that a row fails, null where it fails none."""
    key = ("platform", "account", "published_at", "words")
    again = pl.struct(key).is_first_distinct().not_()
    same_id = (
        pl.col("id").is_not_null()
        & pl.struct("platform", "account", "id").is_first_distinct().not_()
    )
    failed: Sequence[tuple[str, pl.Expr]] = (
        ("no_time", pl.col("published_at").is_null()),
        ("platforms", pl.col("places") > 1),
        ("no_platform", pl.col("platform").is_null()),
        ("negative", pl.any_horizontal(pl.col(name) < 0 for name in OUTCOMES).fill_null(False)),
        ("no_outcome", pl.col("engagement").is_null()),
        ("old", pl.col("published_at") < OLDEST),
        ("future", pl.col("published_at") > now),
        ("duplicate", again | same_id),
    )
    return pl.coalesce(pl.when(test).then(pl.lit(name)) for name, test in failed).alias("fault")


def _with_target(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with ``target``, null for the first posts of an account."""
    log = pl.col("engagement").log1p()
    usual = log.shift(1).rolling_median(MEDIAN_POSTS, min_samples=FIRST_POSTS)
    target = (log - usual.over("platform", "account")).clip(-CLIP, CLIP)
    return rows.sort("platform", "account", "published_at", "index").with_columns(target=target)
