"""Edits of posts that findings ask for, and whether each does what it promises."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import polars as pl

from ...content.platforms import Platform
from ..condition_nodes import Name
from ..evidence import evidence_of
from ..recommending import Adviser
from ..rule import Rulebook
from .changes import changes_as_text, really_changed
from .fix_context import Changes, FixContext, Post
from .registry import FIXES, SPLITS
from .threads import part_changes
from .trials import Fired, Trial, removes, try_out


@dataclass(frozen=True)
class FixContexts:
    """Makes the `FixContext` of a post: the adviser's platforms and brand, the history."""

    adviser: Adviser
    history_hashtags: Mapping[str, float]

    def of(
        self, post: Post, platform: str, rule: str | None = None, limit: float | None = None
    ) -> FixContext:
        """Return what a fix is given for a post on a platform, and a finding of ``rule`` there."""
        one = self.adviser.platforms[platform]
        return FixContext(
            platform=one,
            limits=self._limits(one, post.get("account")),
            brand=self.adviser.context,
            brand_name=self.adviser.settings.brand.name,
            history_hashtags=self.history_hashtags,
            measured=_compared(self.adviser.rulebook).get(rule) if rule else None,
            target=limit,
            lists=self.adviser.rulebook.lists,
        )

    def _limits(self, platform: Platform, account: str | None) -> Mapping[str, float]:
        accounts = self.adviser.context.accounts
        there = [name for name, one in accounts.items() if one.platform == platform.id]
        if account is None and len(there) == 1:
            account = there[0]
        limits = {name: float(limit.value) for name, limit in platform.limits.items()}
        own = accounts.get(account) if account is not None else None
        return {**limits, **own.limits} if own and own.platform in (None, platform.id) else limits


@dataclass(frozen=True)
class Edit:
    """What a fix makes of a post: the changed columns of each post that comes out."""

    pieces: tuple[Changes, ...]

    @property
    def parts(self) -> tuple[str, ...] | None:
        """The texts where there are several, a thread; else None."""
        return tuple(one["text"] for one in self.pieces) if len(self.pieces) > 1 else None

    @cached_property
    def key(self) -> str:
        """The same text for the same edit."""
        return "\0".join(map(changes_as_text, self.pieces))


@dataclass(frozen=True)
class Candidate:
    """An edit of the post at ``index`` that ``rules`` ask for on ``platforms``; not yet tried."""

    index: int
    fix: str
    rules: tuple[str, ...]
    edit: Edit
    platforms: tuple[str, ...]


def edit_of(fix: str, post: Post, context: FixContext) -> Edit | None:
    """Return what the fix makes of the post; None where it changes nothing."""
    if fix in SPLITS:
        parts = SPLITS[fix](post, context)
        return None if parts is None else Edit(tuple(part_changes(parts)))
    changes = changes_of(fix, post, context)
    return None if changes is None else Edit((changes,))


def changes_of(fix: str, post: Post, context: FixContext) -> Changes | None:
    """Return the columns that the fix really changes; None where it changes none or splits."""
    function = FIXES.get(fix)
    return None if function is None else really_changed(post, function(post, context))


def verdicts(
    posts: pl.DataFrame,
    candidates: Sequence[Candidate],
    before: Mapping[int, Mapping[str, Fired]],
    adviser: Adviser,
) -> Iterator[tuple[Candidate, tuple[str, ...]]]:
    """Yield each candidate with those of its rules that it takes away without bringing worse.

    Parameters
    ----------
    posts
        The posts frame.
    before
        What fires for each post, by its index, on the platforms of its candidates at least.
    adviser
        The rules; what is the same on several platforms is tried once on all of them.
    """
    edits: dict[tuple[int, str], tuple[Edit, dict[str, None]]] = {}
    for one in candidates:
        there = edits.setdefault((one.index, one.edit.key), (one.edit, {}))[1]
        there |= dict.fromkeys(one.platforms)
    trials = [
        Trial(index, piece, tuple(there))
        for (index, _), (edit, there) in edits.items()
        for piece in edit.pieces
    ]
    fired = iter(try_out(posts, trials, adviser))
    after = {key: [next(fired) for _ in edit.pieces] for key, (edit, _) in edits.items()}
    for one in candidates:
        was = {name: before[one.index][name] for name in one.platforms}
        pieces = [
            {name: piece[name] for name in one.platforms}
            for piece in after[one.index, one.edit.key]
        ]
        gone = [rule for rule in one.rules if all(removes(rule, was, now) for now in pieces)]
        yield one, tuple(gone)


@lru_cache(maxsize=8)
def _compared(rulebook: Rulebook) -> Mapping[str, str]:
    """Return rule id → the measure that its finding compares with a number."""
    sides = {rule.id: evidence_of(rule, rulebook)[0] for rule in rulebook.rules}
    return {rule: side.name for rule, side in sides.items() if isinstance(side, Name)}
