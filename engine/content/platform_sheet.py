"""What there is to know of a platform, as lines of text for a person."""

import json
from collections.abc import Iterable, Sequence
from datetime import date

from .facts import Fact
from .platform import Limit, Platform
from .platform_data import limit_unit

_LENGTHS = {
    "weighted": "characters weighed as X does",
    "characters": "characters (code points)",
    "utf16": "characters, most emoji as two",
    "graphemes": "characters as a reader sees them",
    "mastodon": "characters as Mastodon counts them",
    "threads": "characters, an emoji costs its bytes",
}
_LINKS = {"append": "links go into the text", "attach": "links are attached"}
_TITLES = {"none": "no title", "optional": "a title if wanted", "required": "needs a title"}
_COLUMNS = ("VALUE", "UNIT", "KIND", "CONFIDENCE", "WHERE", "SOURCE")
_VALUE_WIDTH = 48

_Row = tuple[str, str, str, Fact]


def platform_lines(platform: Platform, day: date, width: int | None = None) -> list[str]:
    """Return a platform's sheet: head, limits, the other facts, what was not checked of late.

    Lines that are longer than ``width`` are broken, and where a table is too wide for it the
    kind and source of a row follow on lines of their own; None: never. Of a limit held with little
    confidence it is told what it says.
    """
    limits = [
        (limit.name, _limit_value(limit), limit_unit(limit), limit.fact)
        for limit in platform.limits.values()
        if limit.fact is not None
    ]
    others = [
        (fact.id, _short(fact.value), fact.unit, fact)
        for fact in platform.facts.values()
        if not fact.limits
    ]
    return [
        *_head(platform),
        "",
        *_table("LIMIT", limits, day, width),
        "",
        *_table("OTHER FACT", others, day, width, statements=True),
        "",
        _freshness(list(platform.facts.values()), day),
    ]


def overview_lines(platforms: Iterable[Platform], day: date) -> list[str]:
    """Return a line a platform: how long a text, how counted, how many facts, how many stale."""
    rows = [("PLATFORM", "KIND", "TEXT", "COUNTED IN", "HASHTAGS", "FACTS", "")]
    for platform in platforms:
        stale = sum(fact.is_stale(day) for fact in platform.facts.values())
        cells = (
            *(platform.id, platform.kind, _own(platform, "text"), _LENGTHS[platform.count]),
            *(_own(platform, "hashtags", "hashtags_advised"), str(len(platform.facts))),
            f"⚠ {stale} not checked for over a year" if stale else "",
        )
        rows.append(cells)
    return [*_aligned(rows), "", "More of one: sharewise platforms NAME"]


def _head(platform: Platform) -> list[str]:
    cost = platform.link_cost
    link = "a link costs its own length" if cost is None else f"a link costs {cost}"
    form = platform.post
    return [
        f"{platform.name} ({platform.id}) · {platform.kind}",
        f"Text in {_LENGTHS[platform.count]}; {link}; {_LINKS[form.links]}; {_TITLES[form.title]}",
    ]


def _table(
    title: str,
    rows: Sequence[_Row],
    day: date,
    width: int | None,
    *,
    statements: bool = False,
) -> list[str]:
    cells = [(title, *_COLUMNS)]
    for name, value, unit, fact in rows:
        scope = "–" if fact.scope == "unknown" else fact.scope
        told = f"{fact.source.title}, {fact.source.year or 'undated'}"
        cells.append((name, value, unit, fact.kind, fact.confidence, scope, told))
    head, *lines = _aligned(cells)
    if width is not None and max(map(len, lines), default=0) > width:
        head, *lines = _aligned([row[:3] for row in cells])
        lines = [
            f"{line}\n  {' · '.join(row[3:])}" for line, row in zip(lines, cells[1:], strict=True)
        ]
    following = [fact.id for *_, fact in rows[1:]] + [""]
    out = [head]
    for line, (*_, fact), after in zip(lines, rows, following, strict=True):
        out += line.split("\n")
        if after != fact.id:
            whole = statements or fact.confidence == "low"
            out += _notes(fact, day, whole)
    return out


def _notes(fact: Fact, day: date, statements: bool) -> list[str]:
    return [
        *([f"  {fact.statement}"] if statements else []),
        *([f"  ! sources disagree: {fact.contested}"] if fact.contested else []),
        *([f"  ⚠ last checked on {fact.checked}, over a year ago"] if fact.is_stale(day) else []),
    ]


def _aligned(rows: Sequence[tuple[str, ...]]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def _freshness(facts: Sequence[Fact], day: date) -> str:
    stale = [fact.id for fact in facts if fact.is_stale(day)]
    if not stale:
        return f"{len(facts)} facts, all checked within a year of {day}"
    return f"⚠ {len(stale)} of {len(facts)} facts not checked for over a year on {day}"


def _own(platform: Platform, *names: str) -> str:
    found = [platform.limits[name] for name in names if name in platform.limits]
    return _limit_value(found[0]) if found else "–"


def _limit_value(limit: Limit) -> str:
    if limit_unit(limit) == "yes or no":
        return "yes" if limit.value else "no"
    return f"{limit.value:,}"


def _short(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _VALUE_WIDTH else text[: _VALUE_WIDTH - 1] + "…"
