"""Scores and bands of the posts of a part, by a model that is loaded once a process."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from ..errors import BatchError
from ..ranking.features import needed_measures
from ..ranking.scoring import Scorer, load_scorer

SCHEMA = pl.Schema(
    {"index": pl.UInt32, "platform": pl.String, "score": pl.Float64, "band": pl.String}
)


@dataclass(frozen=True)
class PartScorer:
    """Scores posts as they stand in a part."""

    scorer: Scorer

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures that it reads."""
        return needed_measures()

    def scores(self, posts: pl.DataFrame, measured: pl.DataFrame) -> pl.DataFrame:
        """Return ``index``, ``platform``, ``score`` and ``band`` of the rows of ``measured``.

        Score and band are null where the model refuses. ``measured`` has `needed_measures`.
        """
        by_platform = {
            str(platform): rows
            for (platform,), rows in measured.partition_by(
                "platform", as_dict=True, maintain_order=True
            ).items()
        }
        everywhere = all(rows.height == posts.height for rows in by_platform.values())
        if everywhere:
            ordered = [self.scorer.order(posts, list(by_platform), by_platform)]
        else:
            ordered = [self._of_some(posts, name, rows) for name, rows in by_platform.items()]
        told = pl.concat(ordered)
        parts = [self._banded(rows) for rows in told.partition_by("platform", "account")]
        return pl.concat([SCHEMA.to_frame(), *parts])

    def _of_some(self, posts: pl.DataFrame, platform: str, rows: pl.DataFrame) -> pl.DataFrame:
        """Return the order of those posts that go to one platform."""
        there = self.scorer.order(posts[rows["index"]], [platform], {platform: rows})
        return there.with_columns(rows["index"].gather(there["index"]))

    def _banded(self, rows: pl.DataFrame) -> pl.DataFrame:
        from ...models.conformal import bands

        model = self.scorer.accounts.get((rows["platform"][0], rows["account"][0] or ""))
        scores = rows["score"]
        named: list[str | None] = [None] * rows.height
        if model is not None and model.margins is not None and not scores.null_count():
            named = [*bands(scores.to_numpy(), model.margins)]
        banded = rows.with_columns(pl.Series("band", named, dtype=pl.String))
        return banded.select(SCHEMA.names())


def part_scorer(model: Path, digest: str | None) -> PartScorer:
    """Return the scorer of a model file, which must have that digest.

    Raises
    ------
    BatchError
        It is another model than the run's.
    ModelError
        It can't be read.
    """
    scorer = load_scorer(model)
    if digest is not None and scorer.digest != digest:
        raise BatchError(
            f"{model}: the model on this worker is not that of the run: it must be the same file "
            "at the same path on every machine"
        )
    return PartScorer(scorer)
