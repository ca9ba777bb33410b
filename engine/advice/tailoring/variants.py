"""One ready variant of a post for each platform, what was changed, what is left for a person."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from ...content.changed_posts import as_frame
from ...content.platform import Platform
from ...content.schema import POST_SCHEMA
from ..fix_names import FIX_NAMES
from ..fixes.applying import apply_fixes
from ..fixes.candidates import FixContexts, changes_of
from ..fixes.trials import Trial, found_alone, try_out
from ..recommending import Adviser
from ..rule import SEVERITIES
from .composing import Post, drafts, finished, first_fitting
from .counterfactual import Solution, closest_solutions, said
from .moved_links import moved_links
from .moved_links import told as told_links
from .preview import Preview, preview
from .visible_text import field_text

LEFT = ("rule", "severity", "message", "fix")


@dataclass(frozen=True)
class Change:
    """One thing that was changed: by which fix for which rules, or what and why in words.

    ``safety`` is safe or unsafe; ``before`` and ``after`` are the field as a person reads it.
    """

    what: str
    safety: str
    field: str
    before: str
    after: str
    rules: tuple[str, ...] = ()


@dataclass(frozen=True)
class Variant:
    """A post made ready for one platform.

    Attributes
    ----------
    index, post : row and name of the source post
    platform : the platform's id
    posts : the posts to publish, as rows of a posts frame: one, or the parts of a thread; the
        text of each is whole, with the links and hashtags that belong in it
    changes : what was changed, in order
    left : what is left for a person: a finding each, with the keys of `LEFT`
    preview : how the first post looks in a feed
    notes : what could not be done, and which links belong where
    moved : places in words, each with the links that a person puts there
    """

    index: int
    post: str
    platform: str
    posts: tuple[Post, ...]
    changes: tuple[Change, ...]
    left: tuple[Mapping[str, Any], ...]
    preview: Preview
    notes: tuple[str, ...] = ()
    moved: tuple[tuple[str, tuple[str, ...]], ...] = ()


def tailor(
    posts: pl.DataFrame,
    adviser: Adviser,
    platforms: Sequence[str] | None = None,
    level: str = "error",
    *,
    history_hashtags: Mapping[str, float] | None = None,
) -> list[Variant]:
    """Return a variant of each post for each platform, post by post.

    Each is put together as the platform takes it, own links get that platform's UTM
    parameters, all safe fixes that hold are applied, then the smallest set of fixes, unsafe
    ones among them, that leaves no finding of ``level`` or worse, or as few as can be.

    Parameters
    ----------
    posts : a posts frame
    platforms : platform ids; None: those the adviser was asked for, else each post's own, else
        all
    level : the least severity that may not be left: error, warning or suggestion
    history_hashtags : hashtag in lower case → its mean outcome in the account's past posts
    """
    asked = tuple(platforms or adviser.chosen or ())
    using = adviser if adviser.chosen is None else _for_any(adviser)
    wanted = [
        (index, using.platforms[name])
        for index, own in enumerate(posts["platforms"])
        for name in using.platforms
        if name in (asked or (using.platforms if own is None or own.is_empty() else own))
    ]
    if not wanted:
        return []
    sources = {index: posts.row(index, named=True) for index, _ in wanted}
    made, changes = _drafted([(sources[at], platform) for at, platform in wanted], using)
    fixed = apply_fixes(as_frame(made), using, history_hashtags=history_hashtags)
    for at, edit in _edits(fixed.edits):
        changes[at].append(edit)
    there = [platform.id for _, platform in wanted]
    solved = [*_solved(fixed.posts, there, using, level, history_hashtags)]
    return [
        Variant(
            index,
            sources[index].get("id") or "{file}:{row}".format(**sources[index]),
            platform.id,
            ready,
            (*told, *_steps(fixed.posts.row(at, named=True), solution)),
            left,
            preview(ready[0], platform, _limits(ready[0], platform, using)),
            (*(told_links(*one) for one in moved), *notes),
            moved,
        )
        for at, ((index, platform), told, (solution, notes), (ready, left)) in enumerate(
            zip(wanted, changes, solved, _finished(wanted, solved, using), strict=True)
        )
        for moved in [_moved(fixed.posts.row(at, named=True), solution)]
    ]


def _for_any(adviser: Adviser) -> Adviser:
    """Return the same adviser for each post's own platforms."""
    return Adviser(adviser.settings, None, adviser.extra_packs)


def _drafted(
    wanted: Sequence[tuple[Post, Platform]], adviser: Adviser
) -> tuple[list[Post], list[list[Change]]]:
    """Return each post put together for its platform, own links tagged, and what changed."""
    choices = [list(drafts(source, platform)) for source, platform in wanted]
    places = first_fitting([[draft.post for draft in found] for found in choices], adviser)
    chosen = [found[place] for found, place in zip(choices, places, strict=True)]
    made = [
        _with_own_account(draft.post, platform, adviser)
        for draft, (_, platform) in zip(chosen, wanted, strict=True)
    ]
    changes: list[list[Change]] = []
    for draft, (source, _) in zip(chosen, wanted, strict=True):
        before, after = (field_text("text", one.get("text")) for one in (source, draft.post))
        what = draft.what
        changes.append([Change(what, draft.safety, "text", before, after)] if what else [])
    for at, tagged in _tagged(made, [platform.id for _, platform in wanted], adviser).items():
        for field, value in tagged.items():
            before, after = field_text(field, made[at][field]), field_text(field, value)
            changes[at].append(Change("add_utm", FIX_NAMES["add_utm"][0], field, before, after))
        made[at] = {**made[at], **tagged}
    return made, changes


def _with_own_account(post: Post, platform: Platform, adviser: Adviser) -> Post:
    """Return the post without its account where that is another platform's."""
    account = adviser.settings.accounts.get(post.get("account") or "")
    other = account is not None and account.platform != platform.id
    return {**post, "account": None} if other else post


def _tagged(
    made: Sequence[Post], platforms: Sequence[str], adviser: Adviser
) -> dict[int, Mapping[str, Any]]:
    """Return what tagging own links changes, by place, where it does no harm."""
    contexts = FixContexts(adviser, {})
    changes: dict[int, Mapping[str, Any]] = {}
    for at, (post, platform) in enumerate(zip(made, platforms, strict=True)):
        tagged = changes_of("add_utm", post, contexts.of(post, platform))
        if tagged:
            changes[at] = tagged
    trials = [Trial(at, edit, (platforms[at],)) for at in changes for edit in ({}, changes[at])]
    fired = iter(try_out(as_frame(made), trials, adviser)) if trials else iter(())
    grave = SEVERITIES.index("warning")
    harmless = {}
    for at, tagged in changes.items():
        before, after = next(fired)[platforms[at]], next(fired)[platforms[at]]
        if not any(fire.severity <= grave and rule not in before for rule, fire in after.items()):
            harmless[at] = tagged
    return harmless


def _edits(edits: pl.DataFrame) -> Iterator[tuple[int, Change]]:
    """Yield the edits of applied fixes, each with the row of its post."""
    columns = ("index", "fix", "safety", "field", "before", "after", "rule")
    for index, fix, safety, field, before, after, rule in edits.select(columns).iter_rows():
        yield index, Change(fix, safety, field, before or "", after or "", tuple(rule.split(",")))


def _solved(
    posts: pl.DataFrame,
    platforms: Sequence[str],
    adviser: Adviser,
    level: str,
    history_hashtags: Mapping[str, float] | None,
) -> Iterator[tuple[Solution, tuple[str, ...]]]:
    """Yield the fewest fixes that leave nothing of ``level``, post by post, and why none."""
    rows = posts.rows(named=True)
    solutions = closest_solutions(
        rows, platforms, adviser, level, history_hashtags=history_hashtags
    )
    for found in solutions:
        told = said(found)
        yield found, () if told is None else (told,)


def _finished(
    wanted: Sequence[tuple[int, Platform]],
    solved: Sequence[tuple[Solution, tuple[str, ...]]],
    adviser: Adviser,
) -> Iterator[tuple[tuple[Post, ...], tuple[Mapping[str, Any], ...]]]:
    """Yield the posts of each variant as they are published, and what is left about them."""
    pieces = [
        finished(piece, platform)
        for (_, platform), (solution, _) in zip(wanted, solved, strict=True)
        for piece in solution.posts
    ]
    places = first_fitting(pieces, adviser)
    ready = [ways[place] for ways, place in zip(pieces, places, strict=True)]
    found: dict[int, list[dict[str, Any]]] = {}
    for row in found_alone(as_frame(ready), adviser).iter_rows(named=True):
        found.setdefault(row["index"], []).append({name: row[name] for name in LEFT})
    done = 0
    for solution, _ in solved:
        mine = range(done, done + len(solution.posts))
        left = [row for at in mine for row in found.get(at, ())]
        once = {tuple(row.values()): row for row in left}
        yield tuple(ready[at] for at in mine), tuple(once.values())
        done = mine.stop


def _limits(post: Post, platform: Platform, adviser: Adviser) -> Mapping[str, float]:
    return FixContexts(adviser, {}).of(post, platform.id).limits


def _moved(post: Post, solution: Solution) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return which links a person has to put where, so that none is lost."""
    changes = list(_steps(post, solution))
    found = (
        moved_links(fix, [(one.field, one.before, one.after) for one in changes if one.what == fix])
        for fix in dict.fromkeys(one.what for one in changes)
    )
    return tuple(one for one in found if one is not None)


def _steps(post: Post, solution: Solution) -> Iterator[Change]:
    """Yield what the smallest set of fixes changed."""
    current = dict(post)
    for step in solution.steps:
        if step.parts is not None:
            before = field_text("text", current["text"])
            after = "\n\n".join(step.parts)
            yield Change(step.fix, step.safety, "text", before, after, step.rules)
        for field in (name for name in POST_SCHEMA if name in step.changes):
            before, after = (field_text(field, one.get(field)) for one in (current, step.changes))
            yield Change(step.fix, step.safety, field, before, after, step.rules)
        current |= step.changes
