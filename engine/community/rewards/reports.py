"""Rewards for a reader at a terminal and for machines."""

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl

from ...advice.reports.plain_text import printable, wrap
from ...advice.reports.style import Style
from ...settings_rewards import Rewards
from ..text_table import table_lines
from .assigning import Assignment
from .disclosure import Duty
from .ledger import HELD_OUT, REWARD, ledger_lines
from .measuring import OUTCOMES, Effect, Measured
from .message import Message


def assignment_lines(
    made: Assignment, rewards: Rewards, written: Path | None, style: Style
) -> Iterator[str]:
    """Yield a round: who gets what and why, how many are set aside, who has to wait."""
    given = made.entries.filter(pl.col("role") == REWARD)
    out = made.entries.height - given.height
    unit = f" {rewards.currency}" if rewards.currency else ""
    told = f"{given.height:,} {_noun(given.height, 'reward')} for {made.cost:g}{unit}"
    told += f" · {out:,} set aside at random, in the ledger"
    yield style.paint(told, "bold")
    most = "" if made.cap is None else f"; at most {made.cap:,} for one group of the community"
    yield from wrap(
        f"{made.cost:g} of {made.budget:g}{unit} spent: {made.ended}{most}", style.width
    )
    rows = [("#", "person", "tier", "cost", "group", "because")]
    for row in given.iter_rows(named=True):
        named = (printable(row["person"]), printable(row["tier"]), f"{row['cost']:g}")
        group, reason = printable(row["group"] or "–"), printable(row["reason"])
        rows.append((str(row["rank"]), *named, group, reason))
    if given.height:
        yield from table_lines(rows, style)
    if made.gated:
        held = ", ".join(f"{count:,} {gate}" for gate, count in made.gated.items())
        yield from wrap(f"held back: {held}; sharewise ambassadors --gated says why", style.width)
    waits = made.left.with_columns(why=pl.col("why").str.replace(r" on \d.*$", " lately"))
    for why, count in waits["why"].value_counts(sort=True).iter_rows():
        people = _noun(count, "person", "people")
        yield from wrap(f"not now: {count:,} {people}: {printable(why)}", style.width)
    if made.may_be_staff:
        staff = ", ".join(map(printable, made.may_be_staff))
        told = f"may be staff, the handle holds the brand's name: {staff}; if so, name them under "
        yield from wrap(f"{told}employees in the settings before you give anything", style.width)
    yield f"written to {written}" if written else "nothing written"


def assignment_document(made: Assignment) -> dict[str, Any]:
    """Return a round as plain values for JSON."""
    entries = [json.loads(line) for line in ledger_lines(made.entries)]
    return {
        "cost": made.cost,
        "budget": made.budget,
        "cap": made.cap,
        "ended": made.ended,
        "may_be_staff": list(made.may_be_staff),
        "rewards": [one for one in entries if one["role"] == REWARD],
        "held_out": [one for one in entries if one["role"] == HELD_OUT],
        "left": made.left.to_dicts(),
        "gated": dict(made.gated),
    }


def measured_lines(found: Measured) -> Iterator[str]:
    """Yield the effects, each with what it says in words."""
    rounds = f"{len(found.rounds)} {_noun(len(found.rounds), 'round')}"
    yield (
        f"{rounds}, {found.rewarded:,} rewarded against {found.held_out:,} set aside at random, "
        f"{found.days:.3g} days after"
    )
    yield "a person, in the mean:"
    for effect in found.effects:
        yield (
            f"  {OUTCOMES[effect.outcome]:<24} rewarded {effect.rewarded:.2f}  "
            f"set aside {effect.held_out:.2f}  difference {effect.difference.estimate:+.2f}  "
            f"95% interval {_interval(effect)}"
        )
        yield f"    {verdict(effect)}"
    yield from (f"note: {note}" for note in found.notes)


def verdict(effect: Effect) -> str:
    """Return what an effect says, in a sentence."""
    found = effect.difference
    what = OUTCOMES[effect.outcome]
    if not found.evidence:
        if math.isinf(found.low):
            return f"no evidence: too few people to tell whether rewards changed {what}"
        return f"no evidence that rewards changed {what}"
    more = "more" if found.estimate > 0 else "fewer"
    return f"the rewarded had {more} {what} than they would have had without"


def measured_document(found: Measured) -> dict[str, Any]:
    """Return the effects as plain values for JSON; an end that is not bounded is null."""
    return {
        "rounds": list(found.rounds),
        "rewarded": found.rewarded,
        "held_out": found.held_out,
        "days": found.days,
        "effects": [
            {
                "outcome": effect.outcome,
                "what": OUTCOMES[effect.outcome],
                "rewarded": effect.rewarded,
                "held_out": effect.held_out,
                "difference": effect.difference.estimate,
                "interval": [_finite(effect.difference.low), _finite(effect.difference.high)],
                "confidence": 0.95,
                "p": effect.difference.p,
                "evidence": effect.difference.evidence,
                "says": verdict(effect),
            }
            for effect in found.effects
        ],
        "method": ("randomization test within strata, its interval by inversion (Garthwaite 1996)"),
        "notes": list(found.notes),
    }


def message_lines(draft: Message) -> Iterator[str]:
    """Yield a draft and, after it, the sources of what it says of the law."""
    yield f"Subject: {printable(draft.subject)}"
    yield ""
    for line in draft.body.split("\n"):
        yield from (wrap(printable(line), 100) if line else [""])
    yield ""
    if draft.note:
        yield from wrap(f"Note (not part of the message): {draft.note}", 80)
    if not draft.duties:
        return
    yield "Sources (not part of the message):"
    for duty in draft.duties:
        for fact in duty.facts:
            page = fact.source
            yield f"- {duty.authority}: {fact.statement} {page.title}, {page.year}: {page.address}"


def message_document(draft: Message) -> dict[str, Any]:
    """Return a draft as plain values for JSON."""
    return {
        "person": draft.person,
        "subject": draft.subject,
        "body": draft.body,
        "disclosure": [_duty_document(duty) for duty in draft.duties],
        "note": draft.note,
    }


def _duty_document(duty: Duty) -> dict[str, Any]:
    return {
        "country": duty.country,
        "authority": duty.authority,
        "say": duty.say,
        "wording": list(duty.wording),
        "not_enough": list(duty.not_enough),
        "sources": [
            {
                "fact": fact.name,
                "statement": fact.statement,
                "title": fact.source.title,
                "address": fact.source.address,
                "year": fact.source.year,
            }
            for fact in duty.facts
        ],
    }


def _interval(effect: Effect) -> str:
    low, high = effect.difference.low, effect.difference.high
    if math.isinf(low):
        return "unbounded"
    return f"{low:+.2f} to {high:+.2f}"


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None


def _noun(count: int, one: str, several: str | None = None) -> str:
    return one if count == 1 else several or f"{one}s"
