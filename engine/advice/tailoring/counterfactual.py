"""The smallest set of fixes after which no finding of a severity is left.

All sets of the offered fixes are tried on the rules, smaller ones first, so what is found is the
smallest, whatever the fixes do to each other. Where that would take more than `MOST_RUNS` runs of
the rules, larger sets are put together a fix at a time, and the solution says so.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import comb
from typing import Any

import polars as pl

from ...content.changed_posts import as_frame
from ..fix_names import FIX_NAMES, SAFE
from ..fixes.candidates import FixContexts, edit_of
from ..fixes.offering import offer
from ..fixes.registry import FIX_ORDER, SPLITS
from ..fixes.trials import Fired, Trial, found_alone, try_out
from ..recommending import Adviser
from ..rule import SEVERITIES

MOST_RUNS = 4_096
"""The most sets tried for a post: all of 12 fixes, those of up to three of 28."""

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

    A rule is in ``left`` once for each of the posts that it finds fault with. ``tried`` is None
    where no other set leaves fewer, nor as few with fewer fixes; else all sets of up to that many
    fixes were tried, and larger ones in part only: there may be a better one.
    """

    steps: tuple[Step, ...]
    posts: tuple[Post, ...]
    left: tuple[str, ...] = ()
    tried: int | None = None


@dataclass(frozen=True)
class _Candidate:
    fix: str
    rules: tuple[str, ...]
    limit: float | None


_Set = tuple[_Candidate, ...]


def smallest_solution(
    post: Post, platform: str, adviser: Adviser, level: str = "error"
) -> Solution | None:
    """Return the smallest set of offered fixes after which ``post`` is fine on ``platform``.

    Of sets of one size that with the fewest unsafe fixes is taken, then the one whose fixes the
    rules name first. The post is looked at alone, as `trials.try_out` does: findings about other
    posts take no part.

    Parameters
    ----------
    post : columns of `schema.POST_SCHEMA`, missing ones null
    platform : the platform's id
    level : the least severity that may not be left: error, warning or suggestion

    Returns
    -------
    Solution | None
        None where no set of the offered fixes suffices, or none was found; see `Solution.tried`.
    """
    found = closest_solution(post, platform, adviser, level)
    return None if found.left else found


def closest_solution(post: Post, platform: str, adviser: Adviser, level: str = "error") -> Solution:
    """Return the set of offered fixes that leaves the fewest findings of ``level`` or worse.

    Of sets that leave as few, the smallest is taken; see `smallest_solution`.
    """
    return closest_solutions([post], [platform], adviser, level)[0]


def closest_solutions(
    posts: Sequence[Post],
    platforms: Sequence[str],
    adviser: Adviser,
    level: str = "error",
    *,
    history_hashtags: Mapping[str, float] | None = None,
) -> list[Solution]:
    """Return `closest_solution` of each post on the platform beside it.

    Many posts are tried in one run of the rules, so that this takes far less than one by one.
    ``history_hashtags``: hashtag in lower case → its mean outcome in the account's past posts.
    """
    contexts = FixContexts(adviser, history_hashtags or {})
    found: list[Solution] = []
    for first in range(0, len(posts), POSTS_AT_ONCE):
        chosen = slice(first, first + POSTS_AT_ONCE)
        found += _closest(posts[chosen], platforms[chosen], contexts, SEVERITIES.index(level))
    return found


def _closest(
    posts: Sequence[Post], platforms: Sequence[str], contexts: FixContexts, rank: int
) -> list[Solution]:
    where = [{**post, "platforms": [name]} for post, name in zip(posts, platforms, strict=True)]
    frame = as_frame(where)
    rows = [
        {**row, "platforms": post.get("platforms")}
        for row, post in zip(frame.iter_rows(named=True), posts, strict=True)
    ]
    search = _Search(rows, platforms, contexts, rank)
    unsolved = [at for at, one in enumerate(search.best) if one.left]
    search.run(_candidates(frame, unsolved, contexts))
    return search.best


class _Search:
    """The best solution so far of each of some posts, and the set of fixes that it is of."""

    def __init__(
        self,
        posts: Sequence[Post],
        platforms: Sequence[str],
        contexts: FixContexts,
        rank: int,
    ) -> None:
        self.posts = posts
        self.platforms = platforms
        self.contexts = contexts
        self.rank = rank
        untouched = [Solution((), (post,)) for post in posts]
        self.best = _judged(untouched, platforms, rank, contexts.adviser)
        self.chosen: list[_Set] = [()] * len(posts)

    def run(self, candidates: Mapping[int, Sequence[_Candidate]]) -> None:
        """Try the sets of each post's candidates, smaller ones first, in one go for all posts."""
        waiting, runs, size = dict(candidates), dict.fromkeys(candidates, 0), 0
        bounded: dict[int, int] = {}
        while waiting:
            size += 1
            runs = {at: runs[at] + comb(len(offered), size) for at, offered in waiting.items()}
            bounded |= {at: size - 1 for at, count in runs.items() if count > MOST_RUNS}
            waiting = {at: offered for at, offered in waiting.items() if at not in bounded}
            self._try([(at, one) for at, them in waiting.items() for one in _sets(them, size)])
            waiting = {
                at: offered
                for at, offered in waiting.items()
                if self.best[at].left and len(offered) > size
            }
        growing = set(bounded)
        while growing:
            longer = [
                (at, (*self.chosen[at], one))
                for at in sorted(growing)
                for one in candidates[at]
                if one not in self.chosen[at]
            ]
            growing = {at for at in self._try(longer) if self.best[at].left}
        for at, reached in bounded.items():
            self.best[at] = replace(self.best[at], tried=reached)

    def _try(self, sets: Sequence[tuple[int, _Set]]) -> set[int]:
        """Keep what leaves less than the best so far; return the posts it was found for."""
        made = [
            (at, chosen, solution)
            for at, chosen in sets
            for solution in [_applied(self.posts[at], chosen, self.platforms[at], self.contexts)]
            if len(solution.steps) == len(chosen)
        ]
        there = [self.platforms[at] for at, *_ in made]
        solutions = [solution for *_, solution in made]
        judged = _judged(solutions, there, self.rank, self.contexts.adviser)
        found = set()
        for (at, chosen, _), solution in zip(made, judged, strict=True):
            if len(solution.left) < len(self.best[at].left):
                self.best[at], self.chosen[at] = solution, chosen
                found.add(at)
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


def said(solution: Solution) -> str | None:
    """Return the sentence that tells where the search was cut short; None where it was not."""
    if solution.tried is None:
        return None
    return (
        f"all sets of up to {solution.tried} fixes were tried, larger ones in part: "
        "fewer may do as well; apply the safe ones first"
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


def _sets(candidates: Sequence[_Candidate], size: int) -> Iterator[_Set]:
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
