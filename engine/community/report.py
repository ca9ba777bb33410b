"""The ambassadors for a reader at a terminal."""

from collections.abc import Iterator, Sequence
from typing import Any

import polars as pl

from ..advice.reports.plain_text import pad, printable, shorten, width, wrap
from ..advice.reports.style import Style
from ..settings_gates import GATES
from .audience import selection_rates
from .cards import Cards
from .confidence import confidence_lines
from .counted import plural
from .python_interface import Ambassadors
from .reading import InteractionFiles

BAR = 8
_LONGEST_NAME = 24
_LEAST_ROOM = 28
"""Columns for the reasons beside the figures; where there are fewer they stand below."""


def cleaning_lines(files: InteractionFiles) -> Iterator[str]:
    """Yield what cleaning set aside, a line each."""
    done = files.cleaning
    aside = [
        (done.self_loops, "on oneself"),
        (done.doubles, "there twice (one post counted as two kinds, or the same row again)"),
        (done.future, "dated in the future"),
    ]
    told = [f"{count:,} {words}" for count, words in aside if count]
    if told:
        yield f"  set aside   {'; '.join(told)}"
    if done.untimed:
        yield f"  no time     {plural(done.untimed, 'row', 'rows')}; counted as the oldest"
    if done.unknown_kinds:
        kinds = [f"{printable(name) or '(blank)'} {n:,}" for name, n in done.unknown_kinds.items()]
        yield f"  kinds       unknown, counted as any other act: {shorten(', '.join(kinds), 160)}"
    if done.merged_count:
        some = ", ".join(f"{printable(a)} = {printable(b)}" for a, b in done.merged)
        spelled = plural(done.merged_count, "spelling", "spellings")
        yield f"  one person  {spelled} joined: {shorten(some, 160)}"
    if done.lookalike_count:
        some = ", ".join(f"{printable(a)} / {_spelled(b)}" for a, b in done.lookalikes)
        yield f"  look-alike  {done.lookalike_count:,} pairs are kept apart: {shorten(some, 160)}"


def lines(cards: Cards, style: Style, *, top: int, gated: bool, check: str | None) -> Iterator[str]:
    """Yield the table of the best, or of those held back, and what to know about it.

    ``check`` is the sentence of the back-test, None where there is none.
    """
    result = cards.result
    people = result.people
    held = people.filter(pl.col("gate").is_not_null())
    ranked = people.height - held.height
    for line in _head(result, ranked, held, top, gated=gated):
        yield from wrap(line, style.width)
    if not gated:
        for line in _rewards(people):
            yield from wrap(line, style.width)
    yield ""
    if gated:
        told = held.filter(pl.col("gate") != "below_threshold")
        yield from _gated(told.head(top).to_dicts(), style)
        if told.height > top:
            yield f"… and {told.height - top:,} more; --format jsonl lists everyone"
        few = held.height - told.height
        yield f"{plural(few, 'person has', 'people have')} done too little so far (below_threshold)"
        return
    if not ranked:
        yield "nobody is ranked; --gated shows why"
    yield from _table(people.head(min(top, ranked)).to_dicts(), style, result)
    yield ""
    if check:
        yield from wrap(check, style.width)
    after = [f"note: {note}" for note in cards.left_out]
    if cards.confidence is not None and ranked:
        sure = confidence_lines(cards.confidence, top, result.found.loyalty is not None)
        after = [*sure, *after]
    for line in (*after, *_rates(people, top)):
        yield from wrap(line, style.width)


def _head(
    result: Ambassadors, ranked: int, held: pl.DataFrame, top: int, *, gated: bool
) -> Iterator[str]:
    seen = result.found.seen
    acts = plural(seen.edges.acts.height, "interaction", "interactions")
    people = plural(result.people.height, "person", "people")
    span = f" · {seen.span:,.0f} days" if seen.edges.timed else " · no times: nothing decays"
    shown = f"{min(top, ranked):,} of {ranked:,} eligible shown"
    low = held.filter(pl.col("gate") == "below_threshold").height
    other = held.height - low
    kept = f"{other:,} held back" + ("" if gated or not other else " (--gated to see)")
    yield f"{acts}, {people}{span} · {shown} · {kept} · {low:,} below the threshold"
    if seen.edges.timed:
        yield f"half-life {_days(seen.clock.half_life)}, age measured from {_day(seen.clock.as_of)}"
    if result.later:
        later = plural(result.later, "interaction", "interactions")
        yield f"{later} after that moment left out"
    if result.found.loyalty is None:
        yield (
            "no brand handle is named or found: loyalty is left out; "
            "--brand @you counts acts on you"
        )


def _rewards(people: pl.DataFrame) -> Iterator[str]:
    """Yield who is not listed for a reward of late, and who is to be left without one."""
    lately = people.filter(gate="recently_rewarded").height
    if lately:
        told = plural(
            lately, "person was rewarded lately and is", "people were rewarded lately and are"
        )
        yield f"{told} not listed; the score is 100 for the best, them included"
    aside = people.filter(pl.col("set_aside_until").is_not_null(), pl.col("rank").is_not_null())
    if aside.height:
        yield (
            f"{plural(aside.height, 'person is', 'people are')} set aside at random: "
            "left without a reward, they show what rewards change"
        )


def _table(rows: Sequence[dict[str, Any]], style: Style, result: Ambassadors) -> Iterator[str]:
    if not rows:
        return
    names = min(_LONGEST_NAME, max(6, *(width(printable(row["person"])) for row in rows)))
    with_loyalty = result.found.loyalty is not None
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


def _rates(people: pl.DataFrame, top: int) -> Iterator[str]:
    """Yield how often people of each audience size are chosen."""
    rates = selection_rates(people, top)
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


def _spelled(handle: str) -> str:
    """Return a handle with its letters beyond ASCII as code points: the eye can't tell them."""
    return "".join(
        letter if letter.isascii() else f"[U+{ord(letter):04X}]" for letter in printable(handle)
    )


def _days(days: float) -> str:
    return f"{days:g} days" if days >= 2 else f"{days * 24:g} hours"


def _day(micro: int) -> str:
    from datetime import UTC, datetime

    return f"{datetime.fromtimestamp(micro / 1_000_000, UTC):%Y-%m-%d %H:%M} UTC"
