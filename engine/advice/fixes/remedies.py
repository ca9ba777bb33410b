"""Who can fix a finding: ``sharewise fix``, only ``sharewise tailor``, or only a person."""

import json
from collections.abc import Collection, Mapping

import polars as pl

from ..fix_names import PERSON, SAFE, UNSAFE
from ..recommending import Adviser
from .applying import Fixed, apply_both_ways
from .fix_context import Changes
from .offering import offer
from .threads import part_changes
from .trials import Trial, try_out

TAILOR = "tailor"
REMEDY_SCHEMA = pl.Schema(
    {
        "index": pl.UInt32(),
        "platform": pl.String(),
        "rule": pl.String(),
        "fix": pl.String(),
        "fix_safety": pl.String(),
    }
)
"""One row a finding whose rule names fixes. ``fix`` has the names that help, joined by commas."""

_ASKED = ("index", "platform", "rule", "fix")
Place = tuple[int, str, str]
"""Where a finding is: the post's row, the platform, the rule."""


def remedies(
    posts: pl.DataFrame,
    findings: pl.DataFrame,
    adviser: Adviser,
    *,
    history_hashtags: Mapping[str, float] | None = None,
    fixed: tuple[Fixed, Fixed] | None = None,
    splittable: Collection[int] = (),
) -> pl.DataFrame:
    """Return, for each finding in force whose rule names fixes, who can fix it, and how.

    ``safe``: `apply_fixes` takes it away with safe fixes alone; ``unsafe``: with all of them;
    ``tailor``: a fix holds on that platform, but not on all that the post is meant for, or it
    makes several posts of one that is not ``splittable``; ``person``: none of these. All is tried
    on the posts themselves.

    Parameters
    ----------
    posts
        The posts frame.
    findings
        What `Adviser.findings` says of it.
    adviser
        The rules, platforms and brand.
    history_hashtags
        Hashtag in lower case → its mean outcome in the account's past posts.
    fixed
        What `apply_both_ways` makes of the posts; None: it is done here.
    splittable
        As in `apply_both_ways`, where it is done here.

    Returns
    -------
    pl.DataFrame
        `REMEDY_SCHEMA`, in the order of the findings.
    """
    asking = findings.filter(pl.col("suppressed").is_null(), pl.col("fix").is_not_null())
    fixed = fixed or apply_both_ways(
        posts, adviser, history_hashtags=history_hashtags, splittable=splittable
    )
    by_fixing = _by_fixing(posts, asking, fixed, adviser)
    left = asking.filter(
        [place not in by_fixing for place in asking.select("index", "platform", "rule").iter_rows()]
    )
    helping: dict[Place, list[str]] = {}
    offers = offer(posts, left, adviser, history_hashtags=history_hashtags)
    for index, platform, rule, fix in offers.select(_ASKED).iter_rows():
        helping.setdefault((index, platform, rule), []).append(fix)
    helping |= _alongside(posts, left, offers, adviser, helping)
    by_tailoring = {place: (",".join(fixes), TAILOR) for place, fixes in helping.items()}
    known = by_fixing | by_tailoring
    told = [
        (*place, *known.get(tuple(place), (fixes, PERSON)))
        for *place, fixes in asking.select(_ASKED).iter_rows()
    ]
    return pl.DataFrame(told, schema=REMEDY_SCHEMA, orient="row")


def _by_fixing(
    posts: pl.DataFrame, asking: pl.DataFrame, fixed: tuple[Fixed, Fixed], adviser: Adviser
) -> dict[Place, tuple[str, str]]:
    """Return the findings that are gone after fixes their rules name: by which, how safe."""
    before = _fired(posts, asking, adviser)
    found: dict[Place, tuple[str, str]] = {}
    for safety, one in zip((SAFE, UNSAFE), fixed, strict=True):
        made = set(one.edits.select("index", "fix").iter_rows())
        after = _fired(one.posts, asking, adviser)
        for index, platform, rule, fixes in asking.select(_ASKED).iter_rows():
            place = (index, platform, rule)
            names = [name for name in fixes.split(",") if (index, name) in made]
            if names and place in before and place not in after:
                found.setdefault(place, (",".join(names), safety))
    return found


def _alongside(
    posts: pl.DataFrame,
    left: pl.DataFrame,
    offers: pl.DataFrame,
    adviser: Adviser,
    helping: Collection[Place],
) -> dict[Place, list[str]]:
    """Return the findings that go with another's, by a fix offered for that and named by both."""
    made: dict[tuple[int, str, str], list[Changes]] = {}
    columns = ("index", "platform", "fix", "changes", "parts")
    for index, platform, fix, changes, parts in offers.select(columns).iter_rows():
        pieces = part_changes(parts) if parts else [json.loads(changes)]
        made.setdefault((index, platform, fix), pieces)
    asked = [
        ((index, platform, rule), fix, made[index, platform, fix])
        for index, platform, rule, fixes in left.select(_ASKED).iter_rows()
        for fix in fixes.split(",")
        if (index, platform, rule) not in helping and (index, platform, fix) in made
    ]
    trials = [Trial(place[0], one, (place[1],)) for place, _, pieces in asked for one in pieces]
    fired = iter(try_out(posts, trials, adviser) if trials else ())
    found: dict[Place, list[str]] = {}
    for place, fix, pieces in asked:
        after = [next(fired)[place[1]] for _ in pieces]
        if not any(place[2] in rules for rules in after):
            found.setdefault(place, []).append(fix)
    return found


def _fired(posts: pl.DataFrame, asking: pl.DataFrame, adviser: Adviser) -> set[Place]:
    """Return what fires for the posts with findings, each looked at alone."""
    there = asking.group_by("index", maintain_order=True).agg(pl.col("platform").unique())
    trials = [Trial(index, {}, tuple(platforms)) for index, platforms in there.iter_rows()]
    return {
        (trial.index, platform, rule)
        for trial, fired in zip(trials, try_out(posts, trials, adviser), strict=True)
        for platform, rules in fired.items()
        for rule in rules
    }
