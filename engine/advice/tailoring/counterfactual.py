"""The smallest set of fixes after which no finding of a severity is left, found exactly."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import polars as pl

from ...content.changed_posts import as_frame
from ...errors import SharewiseError
from ..fix_names import FIX_NAMES, SAFE
from ..fixes.candidates import FixContexts, edit_of
from ..fixes.offering import offer
from ..fixes.registry import FIX_ORDER, SPLITS
from ..fixes.trials import Fired, Trial, found_alone, try_out
from ..recommending import Adviser
from ..rule import SEVERITIES

MOST_CANDIDATES = 12
POSTS_AT_ONCE = 64

Post = Mapping[str, Any]


@dataclass(frozen=True)
class Step:
    """One fix as it was applied: the rules that ask for it, and the columns it changed.

    ``parts`` are the texts where it made several posts of one, else None.
    """

    fix: str
    rules: tuple[str, ...]
    changes: Mapping[str, Any]
    parts: tuple[str, ...] | None = None

    @property
    def safety(self) -> str:
        """``safe`` or ``unsafe``."""
        return FIX_NAMES[self.fix][0]


@dataclass(frozen=True)
class Solution:
    """Fixes in the order applied, the post or thread that comes out, the rules left about it.

    A rule is in ``left`` once for each of the posts that it finds fault with.
    """

    steps: tuple[Step, ...]
    posts: tuple[Post, ...]
    left: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Candidate:
    fix: str
    rules: tuple[str, ...]
    limit: float | None


def smallest_solution(
    post: Post, platform: str, adviser: Adviser, level: str = "error"
) -> Solution | None:
    """Return the smallest set of offered fixes after which ``post`` is fine on ``platform``.

    All sets of the fixes that `offering.offer` offers are tried, smaller ones first, by running
    the rules on what they make; of sets of one size that with the fewest unsafe fixes is taken,
    then the one whose fixes the rules name first. The post is looked at alone, as
    `trials.try_out` does: findings about other posts take no part.

    Parameters
    ----------
    post : columns of `schema.POST_SCHEMA`, missing ones null
    platform : the platform's id
    level : the least severity that may not be left: error, warning or suggestion

    Returns
    -------
    Solution | None
        None where no set of the offered fixes suffices.

    Raises
    ------
    SharewiseError
        More than `MOST_CANDIDATES` fixes are offered: 2 to that number would have to be tried.
    """
    found = closest_solution(post, platform, adviser, level)
    return None if found.left else found


def closest_solution(post: Post, platform: str, adviser: Adviser, level: str = "error") -> Solution:
    """Return the set of offered fixes that leaves the fewest findings of ``level`` or worse.

    Of sets that leave as few, the smallest is taken; see `smallest_solution`.
    """
    (found,) = closest_solutions([post], [platform], adviser, level)
    if isinstance(found, SharewiseError):
        raise found
    return found


def closest_solutions(
    posts: Sequence[Post],
    platforms: Sequence[str],
    adviser: Adviser,
    level: str = "error",
    *,
    history_hashtags: Mapping[str, float] | None = None,
) -> list[Solution | SharewiseError]:
    """Return `closest_solution` of each post on the platform beside it, or why there is none.

    Many posts are tried in one run of the rules, so that this takes far less than one by one.
    ``history_hashtags``: hashtag in lower case → its mean outcome in the account's past posts.
    """
    contexts = FixContexts(adviser, history_hashtags or {})
    found: list[Solution | SharewiseError] = []
    for first in range(0, len(posts), POSTS_AT_ONCE):
        chosen = slice(first, first + POSTS_AT_ONCE)
        found += _closest(posts[chosen], platforms[chosen], contexts, SEVERITIES.index(level))
    return found


def _closest(
    posts: Sequence[Post], platforms: Sequence[str], contexts: FixContexts, rank: int
) -> list[Solution | SharewiseError]:
    adviser = contexts.adviser
    where = [{**post, "platforms": [name]} for post, name in zip(posts, platforms, strict=True)]
    frame = as_frame(where)
    rows = [
        {**row, "platforms": post.get("platforms")}
        for row, post in zip(frame.iter_rows(named=True), posts, strict=True)
    ]
    best = _judged([Solution((), (row,)) for row in rows], platforms, rank, adviser)
    found: list[Solution | SharewiseError] = list(best)
    candidates = _candidates(frame, [at for at, one in enumerate(best) if one.left], contexts)
    for at in [at for at, offered in candidates.items() if len(offered) > MOST_CANDIDATES]:
        found[at] = _too_many(rows[at], platforms[at], len(candidates.pop(at)))
    size = 0
    while candidates:
        size += 1
        tried = [
            (at, _applied(rows[at], chosen, platforms[at], contexts))
            for at, offered in candidates.items()
            for chosen in _sets(offered, size)
        ]
        made = [(at, solution) for at, solution in tried if len(solution.steps) == size]
        there = [platforms[at] for at, _ in made]
        judged = _judged([solution for _, solution in made], there, rank, adviser)
        for (at, _), solution in zip(made, judged, strict=True):
            if len(solution.left) < len(best[at].left):
                best[at] = found[at] = solution
        candidates = {
            at: offered
            for at, offered in candidates.items()
            if best[at].left and len(offered) > size
        }
    return found


def _judged(
    made: Sequence[Solution], platforms: Sequence[str], rank: int, adviser: Adviser
) -> list[Solution]:
    """Return the solutions with the number of findings that the rules have about their posts."""
    places = [name for one, name in zip(made, platforms, strict=True) for _ in one.posts]
    pieces = [piece for solution in made for piece in solution.posts]
    trials = [Trial(at, {}, (name,)) for at, name in enumerate(places)]
    fired = try_out(as_frame(pieces), trials, adviser) if pieces else []
    graves = iter([_grave(one[name], rank) for one, name in zip(fired, places, strict=True)])
    return [
        Solution(one.steps, one.posts, tuple(rule for _ in one.posts for rule in next(graves)))
        for one in made
    ]


def _too_many(post: Post, platform: str, count: int) -> SharewiseError:
    name = post.get("id") or f"{post.get('file')}:{post.get('row')}"
    return SharewiseError(
        f"{name}: {count} fixes are offered for {platform}; the smallest set is "
        f"found among at most {MOST_CANDIDATES}: apply the safe ones first"
    )


def _grave(fired: Fired, rank: int) -> list[str]:
    return [rule for rule, fire in fired.items() if fire.severity <= rank]


def _candidates(
    frame: pl.DataFrame, places: Sequence[int], contexts: FixContexts
) -> dict[int, list[_Candidate]]:
    """Return the fixes offered for some rows, those with the same outcome once; safe ones first."""
    if not places:
        return {}
    chosen = frame[list(places)]
    findings = found_alone(chosen, contexts.adviser)
    offers = offer(chosen, findings, contexts.adviser, history_hashtags=contexts.history_hashtags)
    limits = {row[:2]: row[2] for row in findings.select("index", "rule", "limit").iter_rows()}
    by_outcome: dict[tuple[Any, ...], list[str]] = {}
    columns = ("index", "fix", "rule", "changes", "parts")
    for at, fix, rule, changes, parts in offers.select(columns).rows():
        by_outcome.setdefault((at, fix, changes, tuple(parts or ())), []).append(rule)
    found: dict[int, list[_Candidate]] = {}
    for (at, fix, _, _), rules in by_outcome.items():
        one = _Candidate(fix, tuple(rules), limits[at, rules[0]])
        found.setdefault(places[at], []).append(one)
    return {at: sorted(offered, key=_is_unsafe) for at, offered in found.items()}


def _sets(candidates: Sequence[_Candidate], size: int) -> Iterator[tuple[_Candidate, ...]]:
    """Yield the sets of one size, those with the fewest unsafe fixes first."""
    places = combinations(range(len(candidates)), size)
    sets = [(tuple(candidates[at] for at in chosen), chosen) for chosen in places]
    for chosen, _ in sorted(sets, key=lambda one: (sum(map(_is_unsafe, one[0])), one[1])):
        yield chosen


def _is_unsafe(candidate: _Candidate) -> bool:
    return FIX_NAMES[candidate.fix][0] != SAFE


def _applied(
    post: Post, chosen: Sequence[_Candidate], platform: str, contexts: FixContexts
) -> Solution:
    """Return what the fixes make of the post, one after the other, a thread last."""
    current = dict(post)
    steps: list[Step] = []
    for one in sorted(chosen, key=lambda one: (one.fix in SPLITS, FIX_ORDER[one.fix])):
        context = contexts.of(current, platform, one.rules[0], one.limit)
        edit = edit_of(one.fix, current, context)
        if edit is None:
            continue
        if edit.parts is not None:
            steps.append(Step(one.fix, one.rules, {}, edit.parts))
            return Solution(tuple(steps), tuple({**current, **piece} for piece in edit.pieces))
        (changes,) = edit.pieces
        current |= changes
        steps.append(Step(one.fix, one.rules, changes))
    return Solution(tuple(steps), (current,))
