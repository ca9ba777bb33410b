"""Offer fixes: for each finding those that were tried and do what they promise."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from ..fix_names import FIX_NAMES
from ..recommending import Adviser
from .candidates import FactsSource, changes_of, parts_of
from .changes import as_shown, changes_as_text
from .platform_facts import Changes
from .registry import MACHINE_FIXES
from .threads import part_changes
from .trials import Trial, removes, try_out

OFFER_SCHEMA = pl.Schema(
    {
        "index": pl.UInt32(),
        "post": pl.String(),
        "platform": pl.String(),
        "rule": pl.String(),
        "fix": pl.String(),
        "safety": pl.String(),
        "field": pl.String(),
        "before": pl.String(),
        "after": pl.String(),
        "changes": pl.String(),
        "parts": pl.List(pl.String()),
    }
)
"""One row a finding × fix. ``field`` has the changed columns, joined by commas; ``before`` and
``after`` their values as shown, a line each. ``changes`` is JSON: column → new value; null for a
thread, whose texts are ``parts`` (null for any other fix), the first keeping media and links.
"""


@dataclass(frozen=True)
class _Edit:
    """What a fix makes of a post: changed columns, or the texts of a thread."""

    changes: Changes
    parts: tuple[str, ...] | None = None

    @property
    def key(self) -> str:
        return changes_as_text(self.changes) + "\0".join(self.parts or ())

    def pieces(self) -> list[Changes]:
        """Return the changes of each post that comes out."""
        return [self.changes] if self.parts is None else part_changes(self.parts)


def offer(
    posts: pl.DataFrame,
    findings: pl.DataFrame,
    adviser: Adviser,
    *,
    history_hashtags: Mapping[str, float] | None = None,
) -> pl.DataFrame:
    """Return the fixes that take a finding away and bring none as severe, or more.

    Parameters
    ----------
    posts
        The posts frame.
    findings
        What `Adviser.findings` says of it. Those set aside by the author get no offer.
    adviser
        The rules, platforms and brand; each changed post is tried on these rules.
    history_hashtags
        Hashtag in lower case → its mean outcome in the account's past posts.

    Returns
    -------
    pl.DataFrame
        `OFFER_SCHEMA`, in the order of the findings, then of their rule's fixes. A finding
        whose fixes need a person, or failed the trial, has no row.
    """
    source = FactsSource(adviser, history_hashtags or {})
    asked = list(_asked(posts, findings, source))
    verdicts = _verdicts(posts, asked, adviser)
    rows = [_row(one) for one in asked if verdicts[one.index, one.platform, one.rule, one.key]]
    return pl.DataFrame(rows, schema=OFFER_SCHEMA, orient="row")


@dataclass(frozen=True)
class _Asked:
    """A fix that a finding asks for, with what it would make of the post."""

    index: int
    name: str
    platform: str
    rule: str
    fix: str
    edit: _Edit
    post: Mapping[str, Any]
    key: str


def _asked(posts: pl.DataFrame, findings: pl.DataFrame, source: FactsSource) -> Iterator[_Asked]:
    """Yield what the findings in force ask for and a machine can make."""
    wanted = findings.filter(pl.col("suppressed").is_null(), pl.col("fix").is_not_null())
    columns = ("index", "post", "platform", "rule", "fix", "limit")
    rows: dict[int, dict[str, Any]] = {}
    for index, name, platform, rule, fixes, limit in wanted.select(columns).iter_rows():
        for fix in fixes.split(","):
            if fix not in MACHINE_FIXES:
                continue
            post = rows.setdefault(index, posts.row(index, named=True))
            facts = source.facts(post, platform, rule, limit)
            parts = parts_of(fix, post, facts)
            changes = changes_of(fix, post, facts)
            if parts is not None or changes is not None:
                edit = _Edit(changes or {}, parts)
                yield _Asked(index, name, platform, rule, fix, edit, post, edit.key)


def _verdicts(
    posts: pl.DataFrame, asked: list[_Asked], adviser: Adviser
) -> dict[tuple[int, str, str, str], bool]:
    """Return whether each edit takes its finding away, by index, platform, rule and edit.

    What is the same on several platforms is one copy of the post on all of them.
    """
    places: dict[int, dict[str, None]] = {}
    edits: dict[tuple[int, str], tuple[_Edit, dict[str, None]]] = {}
    for one in asked:
        places.setdefault(one.index, {})[one.platform] = None
        edits.setdefault((one.index, one.key), (one.edit, {}))[1][one.platform] = None
    trials = [Trial(index, {}, tuple(there)) for index, there in places.items()]
    for (index, _), (edit, there) in edits.items():
        trials += [Trial(index, piece, tuple(there)) for piece in edit.pieces()]
    fired = iter(try_out(posts, trials, adviser))
    before = {index: next(fired) for index in places}
    after = {key: [next(fired) for _ in edit.pieces()] for key, (edit, _) in edits.items()}

    def holds(one: _Asked) -> bool:
        was = {one.platform: before[one.index][one.platform]}
        pieces = after[one.index, one.key]
        return all(removes(one.rule, was, {one.platform: piece[one.platform]}) for piece in pieces)

    return {(one.index, one.platform, one.rule, one.key): holds(one) for one in asked}


def _row(one: _Asked) -> tuple[Any, ...]:
    safety = FIX_NAMES[one.fix][0]
    start = (one.index, one.name, one.platform, one.rule, one.fix, safety)
    if one.edit.parts is not None:
        parts = list(one.edit.parts)
        return (*start, "text", one.post["text"], "\n\n".join(parts), None, parts)
    changes = one.edit.changes
    before = [as_shown(one.post[name]) for name in changes]
    after = [as_shown(value) for value in changes.values()]
    lines = ("\n".join(value or "" for value in values) for values in (before, after))
    return (*start, ",".join(changes), *lines, changes_as_text(changes), None)
