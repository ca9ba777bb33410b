"""A ranking as lines for a terminal, as documents for machines, as a table."""

import math
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import polars as pl

from ...models.evidence import OVERSTATED, SMALL_HISTORY
from ..advice.reports.plain_text import pad, printable, shorten, width, wrap
from ..advice.reports.style import Style
from .ranking import Ranking, Verdict
from .reasons import Explanation, because, explain, strongest, told_reason
from .what_if import FixedScore

if TYPE_CHECKING:
    from ...models.evidence import Evidence
    from ...models.stored_model import AccountModel

FIELDS = ("post", "platform", "score", "rank", "band")
ORDERED_BY = {
    "model": "the model",
    "prior": "what the accounts of the platform have in common",
    "type mean": "the mean of the post's type",
    "none": "the order of the file",
}
SHOWN_REASONS = 12


def documents(ranking: Ranking) -> list[dict[str, Any]]:
    """Return a document a post × platform, in order: `FIELDS` and ``evidence``."""
    evidence = {(one.platform, one.account): one.evidence() for one in ranking.verdicts}
    return [
        {
            **{name: row[name] for name in FIELDS},
            "evidence": evidence[row["platform"], row["account"]],
        }
        for row in ranking.frame.iter_rows(named=True)
    ]


def table(ranking: Ranking) -> pl.DataFrame:
    """Return `FIELDS` and ``evidence`` as a sentence, a row a post × platform, in order."""
    told = {(one.platform, one.account): evidence_line(one) for one in ranking.verdicts}
    keys = zip(ranking.frame["platform"], ranking.frame["account"], strict=True)
    sentences = [told[key] for key in keys]
    return ranking.frame.select(*FIELDS, evidence=pl.Series(sentences, dtype=pl.String))


def evidence_line(verdict: Verdict) -> str:
    """Return the held-out evidence of one order in a line, or why it is refused."""
    model = verdict.model
    if model is None:
        return f"{verdict.refusal}; ordered by {ORDERED_BY[verdict.basis]}"
    if verdict.refusal is not None:
        return f"{verdict.refusal}; ordered by {ORDERED_BY[verdict.basis]}"
    return model_line(model)


def model_line(model: "AccountModel") -> str:
    """Return the held-out evidence of one model in a line, or why it is refused."""
    shown = model.evidence
    if shown.refusal is not None:
        return f"refused: {shown.refusal}"
    less = ""
    if shown.posts <= SMALL_HISTORY:
        less = f", {OVERSTATED} taken off as up to {SMALL_HISTORY} posts overstate"
    return (
        f"{shown.posts:,} past posts, held out the newest {shown.held_out:,}: "
        f"Spearman {shown.spearman:.2f} [{shown.low:.2f}, {shown.high:.2f}]{less}; {_lift(shown)}"
    )


def _lift(shown: "Evidence") -> str:
    """Return what the best tenth got, and in words where another order did as well."""
    lift = shown.metrics["lift_at_10"]
    others = {"oldest first": shown.oldest_first, "type alone": shown.type_mean}
    told = ", ".join(f"{name} {value:.1f}×" for name, value in others.items())
    return f"best tenth got {lift:.1f}× the average ({told}{weak_lift(lift, others)})"


def weak_lift(lift: float, others: Mapping[str, float]) -> str:
    """Return `` : no better than type alone``, naming those that did as well; else nothing.

    Figures count as they are shown, to a tenth.
    """
    shown = round(lift, 1)
    as_good = [name for name, value in others.items() if round(value, 1) >= shown]
    if shown <= 1:
        as_good.insert(0, "the average")
    *first, last = as_good or [""]
    named = f"{', '.join(first)} and {last}" if first else last
    return f": no better than {named}" if named else ""


def lines(ranking: Ranking, posts: pl.DataFrame, style: Style, top: int | None) -> Iterator[str]:
    """Yield the order of each platform and account, ``top`` of each, with evidence and reasons."""
    several = len({one.account for one in ranking.verdicts}) > 1
    for place, verdict in enumerate(ranking.verdicts):
        if place:
            yield ""
        name = verdict.platform
        if several and verdict.account:
            name += f" {printable(verdict.account)}"
        yield style.paint(name, "bold")
        for line in wrap(printable(evidence_line(verdict)), style.width - 2):
            yield f"  {line}"
        yield from _order(ranking, verdict, posts, style, top)


def _order(
    ranking: Ranking, verdict: Verdict, posts: pl.DataFrame, style: Style, top: int | None
) -> Iterator[str]:
    rows = ranking.frame.filter(
        pl.col("platform") == verdict.platform, pl.col("account").eq_missing(verdict.account)
    )
    shown = rows if top is None else rows.head(top)
    chosen = posts[shown["index"].to_list()]
    reasons = explain(chosen, ranking.scorer, verdict.platform)
    posts_width = min(32, max([4, *(width(printable(name)) for name in shown["post"])]))
    yield f"  {'rank':>7}  {'band':<6}  {pad('post', posts_width)}  because"
    for row, reason in zip(shown.iter_rows(named=True), reasons, strict=True):
        span = f"{row['rank']}" if row["rank"] == row["last"] else f"{row['rank']}–{row['last']}"
        name = shorten(printable(row["post"]), posts_width)
        left = f"  {span:>7}  {row['band'] or '–':<6}  {pad(name, posts_width)}  "
        room = max(20, style.width - width(left))
        told = because(reason) if verdict.refusal is None else []
        yield (left + _fitting([printable(one) for one in told], room)).rstrip()
    if shown.height < rows.height:
        yield f"  … {rows.height - shown.height:,} more"


def _fitting(reasons: list[str], room: int) -> str:
    """Return as many whole reasons as there is room for; the first is cut where it must be."""
    told = ""
    for one in reasons:
        longer = f"{told}; {one}" if told else shorten(one, room)
        if width(longer) > room:
            break
        told = longer
    return told


def explanation_lines(
    explanation: Explanation, fixes: list[FixedScore] | None, style: Style
) -> Iterator[str]:
    """Yield why a post has its score: parts that add up to it, past posts, and fixes."""
    name = style.paint(printable(explanation.post), "bold")
    yield f"{name}  {explanation.platform}  score {explanation.score:+.3f}"
    times = math.exp(explanation.score)
    meant = (
        f"the score is the logarithm of times the account's usual, so {times:.1f}×; only the order "
        "it gives was tried, no number is promised"
    )
    yield from (f"  {line}" for line in wrap(meant, style.width - 2))
    shown, rest, others = strongest(explanation.reasons, SHOWN_REASONS)
    yield "  adds up from"
    for one in shown:
        told = told_reason(one).rpartition(" (")[0]
        yield f"    {one.adds:+.3f}  {printable(told)}"
    if others:
        yield f"    {rest:+.3f}  {others} smaller parts"
    if explanation.alike:
        told = "like these past posts; what they add is the score seen another way, not on top"
        yield from (f"  {line}" for line in wrap(told, style.width - 2))
        for past in explanation.alike:
            before = f"    {past.times:.1f}× the usual  {printable(past.name)}  “"
            after = f"”  (likeness {past.likeness:.2f}, adds {past.adds:+.3f})"
            room = max(8, style.width - width(before + after))
            yield before + shorten(printable(past.words), room) + after
    if fixes is not None:
        yield "  fixes, each scored again" if fixes else "  no fix is offered for it"
        for fix in fixes:
            yield f"    {_fix_line(fix)}"


def _fix_line(fix: FixedScore) -> str:
    if fix.after is None:
        return f"{fix.rule} {fix.fix} ({fix.safety})  not scored: it becomes several posts"
    return (
        f"{fix.rule} {fix.fix} ({fix.safety})  "
        f"{fix.before:+.3f} → {fix.after:+.3f}  ({fix.after - fix.before:+.3f})"
    )


def explanation_document(
    explanation: Explanation, fixes: list[FixedScore] | None
) -> dict[str, Any]:
    """Return an explanation as JSON knows it."""
    return {
        "post": explanation.post,
        "platform": explanation.platform,
        "score": explanation.score,
        "reasons": [
            {"kind": one.kind, "what": one.what, "value": one.value, "adds": one.adds}
            for one in explanation.reasons
        ],
        "alike": [one._asdict() for one in explanation.alike],
        "fixes": [
            {
                "rule": one.rule,
                "fix": one.fix,
                "safety": one.safety,
                "before": one.before,
                "after": one.after,
            }
            for one in fixes or []
        ],
    }
