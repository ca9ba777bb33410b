"""What would change the rank: each fix that is offered, tried, and the post scored again."""

from dataclasses import dataclass

import polars as pl

from ..advice.fixes.changes import changes_from_text
from ..advice.fixes.offering import offer
from ..advice.recommending import Adviser
from ..content.changed_posts import with_changes
from .scoring import Scorer


@dataclass(frozen=True)
class FixedScore:
    """The score of a post before and after a fix; ``after`` is None for a thread: several posts."""

    rule: str
    fix: str
    safety: str
    before: float
    after: float | None
    change: str

    @property
    def gain(self) -> float | None:
        """Return by how much the score rises."""
        return None if self.after is None else self.after - self.before


def fixed_scores(
    posts: pl.DataFrame, at: int, platform: str, scorer: Scorer, adviser: Adviser
) -> list[FixedScore]:
    """Return what each fix offered for one post on one platform does to its score.

    Parameters
    ----------
    posts
        The posts frame; calendar rules see all of it.
    at
        The post's row.
    platform
        A platform id among the adviser's.
    scorer, adviser
        The model and the rules.

    Returns
    -------
    list[FixedScore]
        The largest gain first. Scores are those of the whole changed post, scored again.
    """
    found = adviser.findings(posts)
    asked = found.filter(pl.col("index") == at, pl.col("platform") == platform)
    offers = offer(posts, asked, adviser).filter(pl.col("platform") == platform)
    single = offers.filter(pl.col("changes").is_not_null())
    changes = [changes_from_text(text) for text in single["changes"]]
    copies = pl.concat([posts[at]] * (len(changes) + 1))
    changed = with_changes(copies, {row + 1: change for row, change in enumerate(changes)})
    scores = scorer.order(changed, [platform])["order"].to_list()
    before, after = scores[0], iter(scores[1:])
    rows = []
    for rule, fix, safety, old, new, told in offers.select(
        "rule", "fix", "safety", "before", "after", "changes"
    ).iter_rows():
        score = None if told is None else next(after)
        rows.append(FixedScore(rule, fix, safety, before, score, f"{old or ''} → {new or ''}"))
    return sorted(rows, key=lambda one: (-(one.gain or 0.0), one.rule, one.fix))
