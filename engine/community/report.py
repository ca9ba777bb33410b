"""The ambassadors for a reader at a terminal."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..advice.reports.plain_text import pad, printable, shorten, width, wrap
from ..advice.reports.style import Style
from ..settings_gates import GATES
from .audience import selection_rates
from .cards import Cards
from .confidence import confidence_lines
from .counted import plural
from .people_list import PeopleList

BAR = 8
_LONGEST_NAME = 24
_LEAST_ROOM = 28
"""Columns for the reasons beside the figures; where there are fewer they stand below."""


def lines(cards: Cards, style: Style, *, top: int, gated: bool, check: str | None) -> Iterator[str]:
    """Yield the table of the best, or of those held back, and what to know about it.

    ``check`` is the sentence of the back-test, None where there is none.
    """
    everyone, ranked = cards.everyone, cards.everyone.listing.ranked
    held = everyone.listing.held()
    for line in _head(cards, held, top, gated=gated):
        yield from wrap(line, style.width)
    if not gated:
        for line in _rewards(everyone, held):
            yield from wrap(line, style.width)
    yield ""
    if gated:
        told = everyone.held_for_more()
        yield from _gated(everyone.rows(told[:top]).to_dicts(), style)
        if len(told) > top:
            yield f"… and {len(told) - top:,} more; --format jsonl lists everyone"
        yield from wrap(_too_little(everyone, held), style.width)
        return
    if not ranked:
        others = sum(held.values()) > held.get("below_threshold", 0)
        said = _too_little(everyone, held) + ("; --gated shows the others" if others else "")
        yield from wrap(f"nobody is ranked: {said}", style.width)
    with_loyalty = cards.overview.with_loyalty
    yield from _table(cards.first.head(top).to_dicts(), style, with_loyalty=with_loyalty)
    yield ""
    if check:
        yield from wrap(check, style.width)
    after = [f"note: {note}" for note in cards.left_out]
    if cards.confidence is not None and ranked:
        sure = confidence_lines(cards.confidence, top, with_loyalty)
        after = [*sure, *after]
    for line in (*after, *_rates(everyone, top)):
        yield from wrap(line, style.width)


def _head(cards: Cards, held: Mapping[str, int], top: int, *, gated: bool) -> Iterator[str]:
    seen, ranked = cards.overview, cards.everyone.listing.ranked
    acts = plural(seen.acts, "interaction", "interactions")
    people = plural(len(cards.everyone), "person", "people")
    days = plural(round(seen.span), "day", "days")
    span = f" · {days}" if seen.timed else " · no times: nothing decays"
    shown = f"{min(top, ranked):,} of {ranked:,} eligible shown"
    low = held.get("below_threshold", 0)
    other = sum(held.values()) - low
    kept = f"{other:,} held back" + ("" if gated or not other else " (--gated to see)")
    yield f"{acts}, {people}{span} · {shown} · {kept} · {low:,} below the threshold"
    if seen.timed:
        yield f"half-life {_days(seen.half_life)}, age measured from {_day(seen.as_of)}"
    if seen.later:
        yield f"{plural(seen.later, 'interaction', 'interactions')} after that moment left out"
    if not seen.with_loyalty:
        yield (
            "no brand handle is named or found: loyalty is left out; "
            "--brand @you counts acts on you"
        )


def _too_little(everyone: PeopleList, held: Mapping[str, int]) -> str:
    few = plural(held.get("below_threshold", 0), "person has", "people have")
    needed = everyone.listing.needed
    return f"{few} done too little so far (below_threshold): ranked is who {needed}"


def _rewards(everyone: PeopleList, held: Mapping[str, int]) -> Iterator[str]:
    """Yield who is not listed for a reward of late, and who is to be left without one."""
    lately, aside = held.get("recently_rewarded", 0), everyone.set_aside()
    if lately:
        told = plural(
            lately, "person was rewarded lately and is", "people were rewarded lately and are"
        )
        yield f"{told} not listed; the score is 100 for the best, them included"
    if aside:
        yield (
            f"{plural(aside, 'person is', 'people are')} set aside at random: "
            "left without a reward, they show what rewards change"
        )


def _table(rows: Sequence[dict[str, Any]], style: Style, *, with_loyalty: bool) -> Iterator[str]:
    if not rows:
        return
    names = min(_LONGEST_NAME, max(6, *(width(printable(row["person"])) for row in rows)))
    parts = ["loyalty", "activity", "reach"] if with_loyalty else ["activity", "reach"]
    bars = "  ".join(pad(part, BAR) for part in parts)
    numbers = max(2, len(str(rows[-1]["rank"])))
    sure = any(row.get("confidence") is not None for row in rows)
    again = "  again" if sure else ""
    head = f"{'#':>{numbers}}  {pad('person', names)}  score  {bars}{again}  because"
    room = style.width - width(head) + len("because")
    below = room < _LEAST_ROOM
    if below:
        head, room = head.removesuffix("  because"), style.width - numbers - 2
    yield style.paint(head, "dim")
    best = {part: max(row[part] or 0 for row in rows) or 1 for part in parts}
    for row in rows:
        name = pad(shorten(printable(row["person"]), names), names)
        drawn = "  ".join(_bar((row[part] or 0) / best[part], style) for part in parts)
        reasons = wrap(printable(_because(row)), room)
        again = f"  {_part(row['confidence']):>5}" if sure else ""
        start = f"{row['rank']:>{numbers}}  {name}  {row['score']:>5.0f}  {drawn}{again}"
        if below:
            yield start
            yield from (" " * (numbers + 2) + line for line in reasons)
            continue
        yield f"{start}  {reasons[0]}"
        yield from (" " * (width(start) + 2) + line for line in reasons[1:])


def _because(row: dict[str, Any]) -> str:
    moved = ""
    if row["change"]:
        moved = f"; {'up' if row['change'] > 0 else 'down'} {abs(row['change'])}"
    aside = ""
    if row["set_aside_until"]:
        until = f"{row['set_aside_until']:%Y-%m-%d}"
        aside = f"set aside at random until {until}: give no reward; "
    trend = f"; {row['trend']}" if row["trend"] in ("rising", "fading") else ""
    if row["may_be_staff"]:
        aside += "may be staff (the handle holds your name); "
    return f"{aside}{row['evidence']}{trend}{moved}"


def _gated(rows: Sequence[dict[str, Any]], style: Style) -> Iterator[str]:
    if not rows:
        return
    names = min(_LONGEST_NAME, max(width(printable(row["person"])) for row in rows))
    codes = max(len(row["gate"]) for row in rows)
    for row in rows:
        start = (
            f"{pad(shorten(printable(row['person']), names), names)}  {pad(row['gate'], codes)}  "
        )
        first, *more = wrap(printable(row["evidence"]), max(30, style.width - width(start)))
        yield start + first
        for line in more:
            yield " " * width(start) + line
    said = sorted({row["gate"] for row in rows}, key=list(GATES).index)
    yield ""
    for gate in said:
        yield f"{pad(gate, codes)}  {GATES[gate]}; --allow {gate} ranks them nevertheless"


def _rates(everyone: PeopleList, top: int) -> Iterator[str]:
    """Yield how often people of each audience size are chosen."""
    rates = selection_rates(everyone.audience, everyone.listing, top)
    if rates.height < 2:
        return
    told = [
        f"{row['audience']} {row['chosen']:,} of {row['people']:,} ({row['rate']:.1%})"
        for row in rates.iter_rows(named=True)
    ]
    yield f"Chosen by audience: {'; '.join(told)}."


def _bar(part: float, style: Style) -> str:
    filled = max(1, round(part * BAR)) if part > 0 else 0
    return pad(("█" if style.signs else "#") * filled, BAR)


def _part(share: float | None) -> str:
    return "–" if share is None else f"{share:.0%}"


def _days(days: float) -> str:
    return f"{days:g} days" if days >= 2 else f"{days * 24:g} hours"


def _day(micro: int) -> str:
    from datetime import UTC, datetime

    return f"{datetime.fromtimestamp(micro / 1_000_000, UTC):%Y-%m-%d %H:%M} UTC"
