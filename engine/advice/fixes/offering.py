"""Offer fixes: for each finding those that were tried and do what they promise."""

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from ..fix_names import FIX_NAMES
from ..recommending import Adviser
from .candidates import Candidate, FixContexts, edit_of, verdicts
from .changes import as_shown, changes_as_text, name_of
from .registry import MACHINE_FIXES
from .trials import Trial, try_out

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
    contexts = FixContexts(adviser, history_hashtags or {})
    asked = list(_asked(posts, findings, contexts))
    places: dict[int, dict[str, None]] = {}
    for one in asked:
        places.setdefault(one.index, {}).update(dict.fromkeys(one.platforms))
    alone = [Trial(index, {}, tuple(there)) for index, there in places.items()]
    before = dict(zip(places, try_out(posts, alone, adviser), strict=True))
    rows = [_row(posts, one) for one, gone in verdicts(posts, asked, before, adviser) if gone]
    return pl.DataFrame(rows, schema=OFFER_SCHEMA, orient="row")


def _asked(
    posts: pl.DataFrame, findings: pl.DataFrame, contexts: FixContexts
) -> Iterator[Candidate]:
    """Yield what the findings in force ask for and a machine can make."""
    wanted = findings.filter(pl.col("suppressed").is_null(), pl.col("fix").is_not_null())
    columns = ("index", "platform", "rule", "fix", "limit")
    rows: dict[int, dict[str, Any]] = {}
    for index, platform, rule, fixes, limit in wanted.select(columns).iter_rows():
        for fix in fixes.split(","):
            if fix not in MACHINE_FIXES:
                continue
            post = rows.setdefault(index, posts.row(index, named=True))
            edit = edit_of(fix, post, contexts.of(post, platform, rule, limit))
            if edit is not None:
                yield Candidate(index, fix, (rule,), edit, (platform,))


def _row(posts: pl.DataFrame, one: Candidate) -> tuple[Any, ...]:
    post = posts.row(one.index, named=True)
    safety = FIX_NAMES[one.fix][0]
    start = (one.index, name_of(post), *one.platforms, *one.rules, one.fix, safety)
    if one.edit.parts is not None:
        parts = list(one.edit.parts)
        return (*start, "text", post["text"], "\n\n".join(parts), None, parts)
    (changes,) = one.edit.pieces
    before = [as_shown(post[name]) for name in changes]
    after = [as_shown(value) for value in changes.values()]
    lines = ("\n".join(value or "" for value in values) for values in (before, after))
    return (*start, ",".join(changes), *lines, changes_as_text(changes), None)
