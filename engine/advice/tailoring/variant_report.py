"""Variants for a reader at a terminal, as a table, and for machines."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from ...content.markdown_text import known_fields
from ..fix_names import FIX_NAMES
from ..fixes.registry import SPLITS
from ..reports.plain_text import pad, printable, shorten, width, wrap
from ..reports.style import Style
from .preview import preview_lines
from .variants import Change, Variant
from .visible_text import visible


def variant_lines(variants: Sequence[Variant], style: Style) -> Iterator[str]:
    """Yield each variant: how it looks, its whole text where that is cut, changes, what is left."""
    for _, of_post in groupby(variants, key=lambda one: one.index):
        found = list(of_post)
        yield style.paint(printable(found[0].post), "bold")
        for one in found:
            yield from preview_lines(one.preview, style)
            if one.preview.hidden or len(one.posts) > 1:
                yield from _texts(one, style)
            yield from _rows("link", [visible(link) for link in one.posts[0]["links"] or ()], style)
            yield from _changes(one.changes, style)
            yield from _rows("left", [_left(finding, style) for finding in one.left], style)
            yield from _rows("note", [printable(note) for note in one.notes], style)
            yield ""
    yield summary_line(variants)


def variant_table(variants: Sequence[Variant], style: Style) -> Iterator[str]:
    """Yield the variants as a table: a line each, no wider than the terminal."""
    head = ("post", "platform", "posts", "characters", "hidden", "changed", "left", "text")
    rows = [
        (
            shorten(printable(one.post), 24),
            one.platform,
            str(len(one.posts)),
            str(sum(len(post["text"] or "") for post in one.posts)),
            str(one.preview.hidden),
            str(len(one.changes)),
            _counts(one.left),
            printable(one.posts[0]["text"] or ""),
        )
        for one in variants
    ]
    widths = [max(width(row[at]) for row in (head, *rows)) for at in range(len(head) - 1)]
    for place, row in enumerate((head, *rows)):
        line = "  ".join(pad(cell, columns) for cell, columns in zip(row, widths, strict=False))
        room = style.width - width(line) - 2
        line = f"{line}  {shorten(row[-1], room)}" if room >= 8 else shorten(line, style.width)
        yield line.rstrip() if place else style.paint(line.rstrip(), "bold")


def variant_documents(variants: Sequence[Variant]) -> list[dict[str, Any]]:
    """Return the variants as plain values for JSON."""
    return [
        {
            "post": one.post,
            "platform": one.platform,
            "posts": [known_fields(post) for post in one.posts],
            "changes": [
                {
                    **{"what": change.what, "rules": list(change.rules), "safety": change.safety},
                    **{"field": change.field, "before": change.before, "after": change.after},
                }
                for change in one.changes
            ],
            "left": [dict(finding) for finding in one.left],
            "preview": {
                **{"shown": one.preview.shown, "hidden": one.preview.hidden},
                **{"fold": one.preview.fold, "title": one.preview.title, "card": one.preview.card},
            },
            "notes": list(one.notes),
            "moved": {place: list(links) for place, links in one.moved},
        }
        for one in variants
    ]


def summary_line(variants: Sequence[Variant]) -> str:
    """Return how many variants there are and what is left for a person."""
    ready = sum(not any(row["severity"] == "error" for row in one.left) for one in variants)
    noun = "variant" if len(variants) == 1 else "variants"
    told = f"{len(variants)} {noun}, {ready} without an error"
    left = [row for one in variants for row in one.left]
    return f"{told} · left for a person: {_counts(left)}" if left else told


def _texts(one: Variant, style: Style) -> Iterator[str]:
    for number, post in enumerate(one.posts, start=1):
        label = f"  part {number} of {len(one.posts)}" if len(one.posts) > 1 else "  whole text"
        yield style.paint(label, "dim")
        for paragraph in visible(post["text"] or "").split("\n"):
            for line in wrap(paragraph, max(20, style.width - 4)):
                yield f"    {line}".rstrip()


def _rows(label: str, told: Sequence[str], style: Style) -> Iterator[str]:
    for line in told:
        for row in wrap(line, max(20, style.width - 12)):
            yield f"  {label:<8}  {row}"
            label = ""


def _changes(changes: Sequence[Change], style: Style) -> Iterator[str]:
    """Yield what was done and why, and below it the field before and after."""
    room = max(20, style.width - 14)
    for place, change in enumerate(changes):
        what = FIX_NAMES.get(change.what, ("", change.what))[1]
        rules = f"{', '.join(change.rules)} · " if change.rules else ""
        told = f"{rules}{what} ({change.safety})"
        yield from _rows("" if place else "changed", [told], style)
        if change.what not in SPLITS:
            texts = _around_difference(printable(change.before), printable(change.after), room)
            for sign, text in zip("-+", texts, strict=True):
                if text:
                    yield f"{'':12}{sign} {text}"


def _around_difference(before: str, after: str, room: int) -> tuple[str, ...]:
    """Return two texts cut to ``room`` columns so that both show where they differ."""
    pairs = enumerate(zip(before, after, strict=False))
    same = next((at for at, (one, other) in pairs if one != other), min(len(before), len(after)))
    start = 0
    if width(before[:same]) > room // 2:
        start = before.rfind(" ", 0, same - room // 4) + 1 or same - room // 4
    return tuple(
        shorten(f"…{text[start:]}" if start and text else text, room) for text in (before, after)
    )


def _left(finding: Mapping[str, Any], style: Style) -> str:
    return f"{style.sign(finding['severity'])} {finding['rule']}  {printable(finding['message'])}"


def _counts(left: Sequence[Mapping[str, Any]]) -> str:
    found = []
    for severity in ("error", "warning", "suggestion"):
        count = sum(row["severity"] == severity for row in left)
        if count:
            found.append(f"{count} {severity}{'' if count == 1 else 's'}")
    return ", ".join(found) or "nothing"
