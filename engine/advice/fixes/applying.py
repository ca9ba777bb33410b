"""Apply fixes to posts: tried first, in a fixed order, until nothing more is to be done."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from ...content.changed_posts import with_changes
from ..fix_names import FIX_NAMES, SAFE
from ..recommending import Adviser
from .candidates import Candidate, Edit, FixContexts, edit_of, verdicts
from .changes import as_shown, name_of, really_changed
from .company import spoiling
from .fix_context import Post
from .registry import FIX_ORDER, MACHINE_FIXES, SPLITS
from .threads import thread_posts
from .trials import Fired, Trial, try_out

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
    """The posts after the fixes, and every edit that was made (`EDIT_SCHEMA`).

    ``added`` has, by the index of a post that became a thread, its later parts as rows of a
    posts frame; their edits bear the index of that post.
    """

    posts: pl.DataFrame
    edits: pl.DataFrame
    added: Mapping[int, tuple[Post, ...]] = field(default_factory=dict)


def apply_fixes(
    posts: pl.DataFrame,
    adviser: Adviser,
    unsafe: bool = False,
    rules: Collection[str] | None = None,
    *,
    history_hashtags: Mapping[str, float] | None = None,
    splittable: Collection[int] = (),
) -> Fixed:
    """Return ``posts`` with the fixes that hold on all the platforms each is meant for.

    A fix is applied when it changes the post in the same way for each of its platforms, takes
    its finding away wherever that stood and brings none as severe, or more, anywhere; one that
    is not safe only when its finding stands on all of them, so that no platform loses what
    another can't take. A post keeps its old words where the new ones would stand in the calendar
    twice, see `company.spoiling`. Applying twice equals applying once, since every edit lessens
    the findings and else a verdict depends on nothing but the post.

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
    splittable
        The posts, by index, that may become a thread where ``unsafe``: what they stand in takes
        new rows. One that was published stays one post.
    """
    contexts = FixContexts(adviser, history_hashtags or {})
    run = _Run(posts, contexts, _wanted_fixes(adviser, unsafe, rules), frozenset(splittable))
    while run.pending:
        run.step()
    return _in_company(posts, run.fixed(), adviser)


def apply_both_ways(
    posts: pl.DataFrame,
    adviser: Adviser,
    rules: Collection[str] | None = None,
    *,
    history_hashtags: Mapping[str, float] | None = None,
    splittable: Collection[int] = (),
) -> tuple[Fixed, Fixed]:
    """Return `apply_fixes` with the safe fixes alone, and with all of them.

    The safe ones come first in both, so the second goes on from the first.
    """
    worked = history_hashtags
    safe = apply_fixes(posts, adviser, False, rules, history_hashtags=worked)
    more = apply_fixes(
        safe.posts, adviser, True, rules, history_hashtags=worked, splittable=splittable
    )
    edits = pl.concat([safe.edits, more.edits]).sort("index", maintain_order=True)
    return safe, Fixed(more.posts, edits, more.added)


class _Run:
    """Posts being fixed: round by round, an edit a post and round.

    The later parts of threads stand below the posts given; ``owners`` has, for each row, the
    post given that it comes from.
    """

    def __init__(
        self,
        posts: pl.DataFrame,
        contexts: FixContexts,
        wanted: Mapping[str, Sequence[str]],
        splittable: frozenset[int],
    ) -> None:
        self.posts = posts
        self.given = posts.height
        self.contexts = contexts
        self.wanted = wanted
        self.splittable = splittable
        self.owners = list(range(posts.height))
        self.pending = list(self.owners)
        self.edits: list[tuple[Any, ...]] = []

    def step(self) -> None:
        """Make the first edit that holds of each post that is pending."""
        before = self._fired()
        candidates = [one for index, fired in before.items() for one in self._asked(index, fired)]
        chosen: dict[int, tuple[Candidate, str]] = {}
        for one, gone in verdicts(self.posts, candidates, before, self.contexts.adviser):
            if gone:
                chosen.setdefault(one.index, (one, gone[0]))
        changed = {index: one.edit.pieces[0] for index, (one, _) in chosen.items()}
        self.edits += [row for one, rule in chosen.values() for row in self._edit_rows(one, rule)]
        later = [(one.index, piece) for one, _ in chosen.values() for piece in one.edit.pieces[1:]]
        height = self.posts.height
        rows = self.posts[[*range(height), *(index for index, _ in later)]]
        changed |= {height + at: piece for at, (_, piece) in enumerate(later)}
        self.posts = with_changes(rows, changed)
        self.owners += [self.owners[index] for index, _ in later]
        self.pending = sorted(changed)

    def fixed(self) -> Fixed:
        """Return the posts as they are now."""
        made = pl.DataFrame(self.edits, schema=EDIT_SCHEMA, orient="row")
        added: dict[int, tuple[Post, ...]] = {}
        for index in range(self.given, self.posts.height):
            owner = self.owners[index]
            added[owner] = (*added.get(owner, ()), self.posts.row(index, named=True))
        return Fixed(self.posts[: self.given], made.sort("index", maintain_order=True), added)

    def _fired(self) -> dict[int, Mapping[str, Fired]]:
        """Return what fires about the posts that are pending, each on its platforms."""
        adviser = self.contexts.adviser
        placed = ((index, _platforms(self.posts, index, adviser)) for index in self.pending)
        trials = [Trial(index, {}, platforms) for index, platforms in placed if platforms]
        fired = try_out(self.posts, trials, adviser)
        return {trial.index: found for trial, found in zip(trials, fired, strict=True)}

    def _asked(self, index: int, fired: Mapping[str, Fired]) -> Iterator[Candidate]:
        """Yield the edits that findings ask for, in the order of trying."""
        asking: dict[str, dict[str, int]] = {}
        for there in fired.values():
            for rule, fire in there.items():
                for fix in self.wanted.get(rule, ()):
                    asking.setdefault(fix, {})[rule] = fire.severity
        if not asking:
            return
        post = self.posts.row(index, named=True)
        for fix in sorted(asking, key=FIX_ORDER.__getitem__):
            if fix in SPLITS and not self._may_split(index, post):
                continue
            ids = tuple(sorted(asking[fix], key=lambda rule: (asking[fix][rule], rule)))
            for edit in self._edits_by(fix, ids, post, fired):
                yield Candidate(index, fix, ids, edit, tuple(fired))

    def _may_split(self, index: int, post: Post) -> bool:
        return index in self.splittable and post["published_at"] is None

    def _edits_by(
        self, fix: str, rules: tuple[str, ...], post: Post, fired: Mapping[str, Fired]
    ) -> Iterator[Edit]:
        """Yield what the fix makes of the post, where it is the same for all the platforms.

        One that is not safe is made only for a rule that speaks on all of them. Of threads the
        one with the most parts is meant for all.
        """
        safe = FIX_NAMES[fix][0] == SAFE
        seen = set()
        for rule in rules:
            if not safe and not all(rule in there for there in fired.values()):
                continue
            limits = {name: there[rule].limit for name, there in fired.items() if rule in there}
            made = [
                edit_of(fix, post, self.contexts.of(post, platform, rule, limits.get(platform)))
                for platform in fired
            ]
            known = [edit for edit in made if edit is not None]
            if len(known) < len(made):
                continue
            edit = max(known, key=lambda one: len(one.pieces))
            if fix in SPLITS:
                edit = self._numbered(post, edit)
            elif any(other.key != edit.key for other in known):
                continue
            if edit.key not in seen:
                seen.add(edit.key)
                yield edit

    def _numbered(self, post: Post, edit: Edit) -> Edit:
        taken = set(self.posts["id"].drop_nulls())
        posts = thread_posts(post, edit.parts or (), taken)
        return Edit(tuple(really_changed(post, one) or {} for one in posts))

    def _edit_rows(self, one: Candidate, rule: str) -> Iterator[tuple[Any, ...]]:
        post = self.posts.row(one.index, named=True)
        start = (self.owners[one.index], name_of(post), rule, one.fix, FIX_NAMES[one.fix][0])
        for name, value in one.edit.pieces[0].items():
            yield (*start, name, as_shown(post[name]), as_shown(value))


def _in_company(given: pl.DataFrame, fixed: Fixed, adviser: Adviser) -> Fixed:
    """Return the fixed posts without the edits that look wrong beside the other posts."""
    while spoilt := spoiling(given, fixed.posts, fixed.edits, adviser):
        height = given.height
        rows = [at + height * (at in spoilt) for at in range(height)]
        fixed = Fixed(
            pl.concat([fixed.posts, given])[rows],
            fixed.edits.filter(~pl.col("index").is_in(list(spoilt))),
            {at: later for at, later in fixed.added.items() if at not in spoilt},
        )
    return fixed


def _wanted_fixes(
    adviser: Adviser, unsafe: bool, rules: Collection[str] | None
) -> dict[str, list[str]]:
    """Return rule id → the fixes of it that may be applied."""
    return {
        rule.id: [
            fix
            for fix in rule.fix
            if fix in MACHINE_FIXES and (unsafe or FIX_NAMES[fix][0] == SAFE)
        ]
        for rule in adviser.rulebook.rules
        if rules is None or rule.id in rules
    }


def _platforms(posts: pl.DataFrame, index: int, adviser: Adviser) -> tuple[str, ...]:
    """Return the platforms that the post is meant for, as `measure` sees it."""
    own = adviser.chosen or posts["platforms"][index]
    there = set(adviser.platforms if own is None or len(own) == 0 else own)
    return tuple(name for name in adviser.platforms if name in there)
