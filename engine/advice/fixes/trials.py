"""Try changed posts on the rules: what is gone, what is new."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import polars as pl

from ...content.changed_posts import with_changes
from ...content.measures.measuring import measure
from ..findings import find, measures_needed
from ..recommending import Adviser
from ..rule import SEVERITIES
from .fix_context import Changes

ROWS_AT_ONCE = 20_000


class Fire(NamedTuple):
    """A finding of a trial: 0 an error, 1 a warning, 2 a suggestion; the number compared with."""

    severity: int
    limit: float | None


Fired = Mapping[str, Fire]
"""Rule id → its finding, for one post on one platform."""


@dataclass(frozen=True)
class Trial:
    """A changed copy of a post, looked at on some platforms; no changes: the post itself."""

    index: int
    changes: Changes
    platforms: tuple[str, ...]


def try_out(
    posts: pl.DataFrame, trials: Sequence[Trial], adviser: Adviser
) -> list[dict[str, dict[str, Fire]]]:
    """Return, for each trial, which rules fire on each of its platforms.

    Every copy is looked at as if it stood alone, so that a verdict depends on nothing but the
    post. Findings that the post's author set aside are left out.
    """
    fired: list[dict[str, dict[str, Fire]]] = []
    for first in range(0, len(trials), ROWS_AT_ONCE):
        fired += _fired(posts, trials[first : first + ROWS_AT_ONCE], adviser)
    return fired


def removes(rule: str, before: Mapping[str, Fired], after: Mapping[str, Fired]) -> bool:
    """Return whether ``rule`` is gone everywhere and nothing new is as severe as it, or more.

    ``before`` and ``after`` are what fires on each platform.
    """
    ranks = [fired[rule].severity for fired in before.values() if rule in fired]
    if not ranks or any(rule in fired for fired in after.values()):
        return False
    return not any(
        fire.severity <= ranks[0] and name not in before[platform]
        for platform, fired in after.items()
        for name, fire in fired.items()
    )


def _fired(
    posts: pl.DataFrame, trials: Sequence[Trial], adviser: Adviser
) -> list[dict[str, dict[str, Fire]]]:
    there = pl.Series("platforms", [list(trial.platforms) for trial in trials], pl.List(pl.String))
    copies = posts[[trial.index for trial in trials]].with_columns(there)
    changed = {row: trial.changes for row, trial in enumerate(trials) if trial.changes}
    fired: list[dict[str, dict[str, Fire]]] = [
        {platform: {} for platform in trial.platforms} for trial in trials
    ]
    found = found_alone(with_changes(copies, changed), adviser)
    columns = ("index", "platform", "rule", "severity", "limit")
    for row, platform, rule, severity, limit in found.select(columns).iter_rows():
        fired[row][platform][rule] = Fire(SEVERITIES.index(severity), limit)
    return fired


def found_alone(posts: pl.DataFrame, adviser: Adviser) -> pl.DataFrame:
    """Return the findings in force about posts, each alone on the platforms that it names.

    See `finding_schema.FINDING_SCHEMA`. What other posts decide, calendar and series, is not
    known here, so no rule about it fires.
    """
    names = measures_needed(adviser.rulebook)
    measured = measure(posts, adviser.platforms, None, adviser.context, names, company=False)
    found = find(measured, adviser.rulebook, adviser.platforms, posts, adviser.inference)
    return found.filter(pl.col("suppressed").is_null())
