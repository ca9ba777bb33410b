"""Fixed posts looked at among each other: no edit may make two posts of a calendar alike."""

from dataclasses import replace
from difflib import SequenceMatcher
from functools import lru_cache

import polars as pl

from ...content.measures.measuring import measure
from ..condition_nodes import measures_in
from ..findings import find, measures_needed
from ..inference import Inference
from ..recommending import Adviser
from ..rule import SEVERITIES, Rulebook

BATCH_MEASURES = ("calendar.", "series.")
"""Beginnings of the measures that look at a post's neighbours."""

_TIMES = ("scheduled_at", "published_at")
_Fire = tuple[int, str, str]


def spoiling(
    given: pl.DataFrame, fixed: pl.DataFrame, edits: pl.DataFrame, adviser: Adviser
) -> frozenset[int]:
    """Return the posts whose edits bring a finding about the calendar as severe as what they fix.

    Two posts that differed by a space only are one post twice once both are tidy. Where such a
    finding is about a post without edits, those of the post most like it are to blame.

    Parameters
    ----------
    given, fixed
        The posts before and after, in the same order.
    edits
        See `applying.EDIT_SCHEMA`.
    adviser
        The rules, platforms and brand.
    """
    has_time = pl.any_horizontal(pl.col(name).is_not_null() for name in _TIMES)
    if edits.is_empty() or given.select(has_time.sum()).item() < 2:
        return frozenset()
    rules = {rule.id: SEVERITIES.index(rule.severity) for rule in adviser.rulebook.rules}
    mildest: dict[int, int] = {}
    for index, rule in edits.select("index", "rule").unique().iter_rows():
        mildest[index] = max(mildest.get(index, 0), rules[rule])
    found: set[int] = set()
    for index, _, rule in _fired(fixed, adviser) - _fired(given, adviser):
        blamed = index if index in mildest else _most_alike(fixed, index, mildest)
        if rules[rule] <= mildest[blamed]:
            found.add(blamed)
    return frozenset(found)


def _most_alike(posts: pl.DataFrame, index: int, among: dict[int, int]) -> int:
    text = posts["text"][index] or ""
    likeness = {
        at: SequenceMatcher(None, posts["text"][at] or "", text, autojunk=False).quick_ratio()
        for at in sorted(among)
    }
    return max(likeness, key=likeness.__getitem__)


def _fired(posts: pl.DataFrame, adviser: Adviser) -> set[_Fire]:
    """Return index, platform and rule of the findings in force about the posts' calendar."""
    rulebook, inference = _about_company(adviser.rulebook)
    names = measures_needed(rulebook)
    measured = measure(posts, adviser.platforms, adviser.chosen, adviser.context, names)
    found = find(measured, rulebook, adviser.platforms, posts, inference)
    in_force = found.filter(pl.col("suppressed").is_null())
    return set(in_force.select("index", "platform", "rule").iter_rows())


@lru_cache(maxsize=8)
def _about_company(rulebook: Rulebook) -> tuple[Rulebook, Inference]:
    """Return the rules that read a post's neighbours, and their inference."""
    reading = {
        name
        for name, observation in rulebook.observations.items()
        if any(one.startswith(BATCH_MEASURES) for one in measures_in(observation.node))
    }
    rules = tuple(rule for rule in rulebook.rules if not reading.isdisjoint(rule.when))
    return replace(rulebook, rules=rules), Inference(rules)
