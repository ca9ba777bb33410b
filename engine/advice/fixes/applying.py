"""Apply fixes to posts: tried first, in a fixed order, until nothing more is to be done."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from ..fix_names import FIX_NAMES, SAFE
from ..recommending import Adviser
from .candidates import FactsSource, changes_of
from .changes import as_shown, changes_as_text, with_changes
from .platform_facts import Changes
from .registry import FIX_ORDER, FIXES
from .trials import Fired, Trial, removes, try_out

EDIT_SCHEMA = pl.Schema(
    {
        "index": pl.UInt32,
        "post": pl.String,
        "rule": pl.String,
        "fix": pl.String,
        "safety": pl.String,
        "field": pl.String,
        "before": pl.String,
        "after": pl.String,
    }
)
"""One row a changed column, in the order of the edits; lists as `changes.as_shown` shows them."""


@dataclass(frozen=True)
class Fixed:
    """The posts after the fixes, and every edit that was made (`EDIT_SCHEMA`)."""

    posts: pl.DataFrame
    edits: pl.DataFrame


def apply_fixes(
    posts: pl.DataFrame,
    adviser: Adviser,
    unsafe: bool = False,
    rules: Collection[str] | None = None,
    *,
    history_hashtags: Mapping[str, float] | None = None,
) -> Fixed:
    """Return ``posts`` with the fixes that hold on all the platforms each is meant for.

    A fix is applied when it changes the post in the same way for each of its platforms, takes
    its finding away wherever that stood and brings none as severe, or more, anywhere; one that
    is not safe only when its finding stands on all of them, so that no platform loses what
    another can't take. Threads are never applied: they are several posts. Applying twice equals
    applying once, since every edit lessens the findings and a verdict depends on nothing but
    the post.

    Parameters
    ----------
    posts
        The posts frame; it stays as it is.
    adviser
        The rules, platforms and brand.
    unsafe
        Apply the fixes too that change meaning or reach.
    rules
        The rule ids whose findings are to be fixed; None: all.
    history_hashtags
        Hashtag in lower case → its mean outcome in the account's past posts.
    """
    source = FactsSource(adviser, history_hashtags or {})
    edits: list[tuple[Any, ...]] = []
    pending = list(range(posts.height))
    while pending:
        tried = list(_candidates(posts, pending, source, unsafe, rules))
        chosen = _first_that_hold(posts, tried, adviser)
        edits += [row for one in chosen for row in _edit_rows(posts, one)]
        posts = with_changes(posts, {one.index: one.changes for one in chosen})
        pending = [one.index for one in chosen]
    made = pl.DataFrame(edits, schema=EDIT_SCHEMA, orient="row")
    return Fixed(posts, made.sort("index", maintain_order=True))


def apply_both_ways(
    posts: pl.DataFrame,
    adviser: Adviser,
    rules: Collection[str] | None = None,
    *,
    history_hashtags: Mapping[str, float] | None = None,
) -> tuple[Fixed, Fixed]:
    """Return `apply_fixes` with the safe fixes alone, and with all of them.

    The safe ones come first in both, so the second goes on from the first.
    """
    safe = apply_fixes(posts, adviser, False, rules, history_hashtags=history_hashtags)
    more = apply_fixes(safe.posts, adviser, True, rules, history_hashtags=history_hashtags)
    edits = pl.concat([safe.edits, more.edits]).sort("index", maintain_order=True)
    return safe, Fixed(more.posts, edits)


@dataclass(frozen=True)
class _Candidate:
    """An edit of a post that rules ask for, and what fires before it on each platform."""

    index: int
    fix: str
    rules: tuple[str, ...]
    changes: Changes
    before: Mapping[str, Fired]


@dataclass(frozen=True)
class _Chosen:
    """An edit that is made, and the rule it answers."""

    index: int
    fix: str
    rule: str
    changes: Changes


def _candidates(
    posts: pl.DataFrame,
    pending: list[int],
    source: FactsSource,
    unsafe: bool,
    rules: Collection[str] | None,
) -> Iterator[_Candidate]:
    """Yield the edits that findings ask for, a post at a time, in the order of trying."""
    wanted = _wanted_fixes(source.adviser, unsafe, rules)
    placed = ((index, _platforms(posts, index, source.adviser)) for index in pending)
    trials = [Trial(index, {}, platforms) for index, platforms in placed if platforms]
    for trial, fired in zip(trials, try_out(posts, trials, source.adviser), strict=True):
        asking: dict[str, dict[str, int]] = {}
        for there in fired.values():
            for rule, fire in there.items():
                for fix in wanted.get(rule, ()):
                    asking.setdefault(fix, {})[rule] = fire.severity
        if not asking:
            continue
        post = posts.row(trial.index, named=True)
        for fix in sorted(asking, key=FIX_ORDER.__getitem__):
            ids = tuple(sorted(asking[fix], key=lambda rule: (asking[fix][rule], rule)))
            for changes in _changes(fix, ids, post, fired, source):
                yield _Candidate(trial.index, fix, ids, changes, fired)


def _changes(
    fix: str,
    rules: tuple[str, ...],
    post: Mapping[str, Any],
    fired: Mapping[str, Fired],
    source: FactsSource,
) -> Iterator[Changes]:
    """Yield what the fix makes of the post, where it is the same for all the platforms.

    One that is not safe is made only for a rule that speaks on all of them.
    """
    safe = FIX_NAMES[fix][0] == SAFE
    seen = set()
    for rule in rules:
        if not safe and not all(rule in there for there in fired.values()):
            continue
        made = [
            changes_of(fix, post, source.facts(post, platform, rule, _limit(rule, there)))
            for platform, there in fired.items()
        ]
        first = made[0]
        if first is None or any(other != first for other in made[1:]):
            continue
        text = changes_as_text(first)
        if text not in seen:
            seen.add(text)
            yield first


def _limit(rule: str, fired: Fired) -> float | None:
    return fired[rule].limit if rule in fired else None


def _first_that_hold(
    posts: pl.DataFrame, candidates: Sequence[_Candidate], adviser: Adviser
) -> list[_Chosen]:
    """Return, for each post, the first of its candidates that stands the trial."""
    trials = [Trial(one.index, one.changes, tuple(one.before)) for one in candidates]
    chosen: dict[int, _Chosen] = {}
    for one, after in zip(candidates, try_out(posts, trials, adviser), strict=True):
        gone = [rule for rule in one.rules if removes(rule, one.before, after)]
        if gone and one.index not in chosen:
            chosen[one.index] = _Chosen(one.index, one.fix, gone[0], one.changes)
    return list(chosen.values())


def _edit_rows(posts: pl.DataFrame, one: _Chosen) -> Iterator[tuple[Any, ...]]:
    post = posts.row(one.index, named=True)
    name = post["id"] or f"{post['file']}:{post['row']}"
    for field, value in one.changes.items():
        yield (
            *(one.index, name, one.rule, one.fix, FIX_NAMES[one.fix][0]),
            *(field, as_shown(post[field]), as_shown(value)),
        )


def _wanted_fixes(
    adviser: Adviser, unsafe: bool, rules: Collection[str] | None
) -> dict[str, list[str]]:
    """Return rule id → the fixes of it that may be applied."""
    return {
        rule.id: [fix for fix in rule.fix if fix in FIXES and (unsafe or FIX_NAMES[fix][0] == SAFE)]
        for rule in adviser.rulebook.rules
        if rules is None or rule.id in rules
    }


def _platforms(posts: pl.DataFrame, index: int, adviser: Adviser) -> tuple[str, ...]:
    """Return the platforms that the post is meant for, as `measure` sees it."""
    own = adviser.chosen or posts["platforms"][index]
    there = set(adviser.platforms if own is None or len(own) == 0 else own)
    return tuple(name for name in adviser.platforms if name in there)
