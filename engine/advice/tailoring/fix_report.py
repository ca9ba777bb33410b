"""What fixes change in posts, for a reader at a terminal and for machines."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import polars as pl

from ...content.changed_posts import changes_between
from ...content.markdown_text import known_fields
from ...content.writing_posts import WrittenFile
from ..fix_names import FIX_NAMES
from ..reports.plain_text import printable, wrap
from ..reports.style import Style
from .diff import diff_lines
from .moved_links import moved_links
from .moved_links import told as told_links
from .visible_text import field_text, visible

_EDIT = ("rule", "fix", "safety", "field", "before", "after")


@dataclass(frozen=True)
class FixReport:
    """A run of ``fix``.

    Attributes
    ----------
    before, after : the posts as read and as fixed
    edits : what was done, see `fixes.applying.EDIT_SCHEMA`
    more : how many more fixes unsafe ones would be; None: these are in ``edits``
    written : the files that were changed, or would be, and what has no place in them
    dry : whether nothing was to be written
    for_tailor : how many findings only ``sharewise tailor`` fixes
    threads : positions of the posts that it could make a thread of, where ``fix`` cuts
    added : the later parts of posts that became a thread, by the post's position
    """

    before: pl.DataFrame
    after: pl.DataFrame
    edits: pl.DataFrame
    more: int | None = None
    written: tuple[WrittenFile, ...] = ()
    dry: bool = True
    for_tailor: int = 0
    threads: frozenset[int] = frozenset()
    added: Mapping[int, Sequence[Mapping[str, Any]]] = field(default_factory=dict)

    @cached_property
    def changes(self) -> dict[int, dict[str, Any]]:
        """The changed fields with their new values, by the post's position."""
        return changes_between(self.before, self.after)

    @property
    def fixes(self) -> int:
        """The number of fixes, each counted once a post and rule."""
        return fixes_in(self.edits)


def fixes_in(edits: pl.DataFrame) -> int:
    """Return how many fixes a frame of edits tells of."""
    return int(edits.select("index", "rule", "fix").n_unique()) if edits.height else 0


def fix_lines(report: FixReport, style: Style) -> Iterator[str]:
    """Yield the difference of each changed post, what was left out, and a summary."""
    made = report.edits.partition_by("index", as_dict=True)
    for at, fields in report.changes.items():
        post = report.before.row(at, named=True)
        yield style.paint(_heading(post), "bold")
        if (at,) in made:
            yield from _reasons(made[at,], style, thread=at in report.threads)
        for name, value in fields.items():
            yield style.paint(f"@@ {name} @@", "suggestion")
            yield from diff_lines(field_text(name, post[name]), field_text(name, value), style)
        added = report.added.get(at, ())
        for number, later in enumerate(added, start=2):
            called = f" {printable(later['id'])}" if later["id"] else ""
            told = f"@@ new post{called}: part {number} of {len(added) + 1} @@"
            yield style.paint(told, "suggestion")
            yield from diff_lines("", later["text"], style)
        yield ""
    told = "no place for it" if report.dry else "not written"
    for file in report.written:
        for one in file.left:
            place = f"{printable(file.file)}:{one.row}  {one.field}"
            yield f"{style.sign('warning')} {place}  {told}: {printable(one.reason)}"
    yield summary_line(report)


def summary_line(report: FixReport) -> str:
    """Return how much was fixed, written, or could be."""
    posts = len(report.changes)
    told = f"{_number(report.fixes, 'fix', 'es')} in {_number(posts, 'post')}"
    later = sum(map(len, report.added.values()))
    told += f", {_number(later, 'new post')} for threads" if later else ""
    parts = [told if posts else "nothing to fix"]
    others = [
        *([f"{report.more} more with --unsafe"] if report.more else []),
        *([f"{report.for_tailor} with sharewise tailor"] if report.for_tailor else []),
    ]
    parts[0] = ", ".join([parts[0], *others])
    changed = [file for file in report.written if file.posts]
    left = sum(len(file.left) for file in report.written)
    if changed and not report.dry:
        names = ", ".join(printable(file.file) for file in changed[:3])
        more = f" and {len(changed) - 3} more files" if len(changed) > 3 else ""
        count = sum(file.posts for file in changed)
        parts.append(f"{_number(count, 'post')} written to {names}{more}")
        new = [name for file in changed for name in file.new_files]
        if new:
            parts.append(f"new: {', '.join(map(printable, new))}")
    if left:
        told = "without a place in the file" if report.dry else "not written"
        parts.append(f"{_number(left, 'change')} {told}")
    if report.dry and posts and (changed or not report.written):
        parts.append("nothing written yet: --write")
    return " · ".join(parts)


def fix_document(report: FixReport) -> dict[str, Any]:
    """Return the run as plain values for JSON."""
    made = report.edits.partition_by("index", as_dict=True)
    posts = []
    for at, fields in report.changes.items():
        post = report.before.row(at, named=True)
        posts.append(
            {
                **{name: post[name] for name in ("id", "file", "row")},
                "fields": {
                    name: {"before": post[name], "after": value} for name, value in fields.items()
                },
                "added": [known_fields(one) for one in report.added.get(at, ())],
                "edits": made[at,].select(_EDIT).to_dicts() if (at,) in made else [],
            }
        )
    summary: dict[str, Any] = {"fixes": report.fixes, "posts": len(report.changes)}
    summary["more_with_unsafe"] = report.more
    files = [_file(one) for one in report.written]
    summary["for_tailor"] = report.for_tailor
    summary["written"] = None if report.dry else files
    summary["unplaced"] = [one | {"file": file["file"]} for file in files for one in file["left"]]
    return {"posts": posts, "summary": summary}


def _file(file: WrittenFile) -> dict[str, Any]:
    left = [{"row": one.row, "field": one.field, "reason": one.reason} for one in file.left]
    new = {"added": file.added, "new_files": list(file.new_files)}
    return {"file": file.file, "posts": file.posts, **new, "left": left}


def _heading(post: Mapping[str, Any]) -> str:
    place = f"{printable(post['file'] or '')}:{post['row']}"
    return f"{place} {printable(post['id'])}" if post["id"] else place


def _reasons(edits: pl.DataFrame, style: Style, *, thread: bool = False) -> Iterator[str]:
    done = edits.select("rule", "fix", "safety").unique(maintain_order=True)
    for rule, fix, safety in done.iter_rows():
        told = f"{rule}  {FIX_NAMES[fix][1]} ({safety})"
        own = edits.filter(pl.col("fix") == fix, pl.col("rule") == rule)
        moved = moved_links(fix, own.select("field", "before", "after").iter_rows())
        if moved:
            told += f"; {printable(told_links(*moved))}"
        if fix == "shorten" and thread:
            told += "; sharewise tailor makes a thread of it instead"
        for place, line in enumerate(wrap(told, max(20, style.width - 4))):
            yield style.paint(f"{'    ' if place else '  '}{line}", "dim")


def _number(count: int, word: str, plural: str = "s") -> str:
    return f"{count:,} {word}{'' if count == 1 else plural}"


def smallest_lines(rows: list[dict[str, Any]], level: str, style: Style) -> Iterator[str]:
    """Yield, for each post and platform, the fewest fixes that leave nothing of ``level``."""
    columns = max((len(row["platform"]) for row in rows), default=0)
    name = None
    for row in rows:
        if row["post"] != name:
            name = row["post"]
            yield style.paint(visible(printable(name)), "bold")
        fixes = " + ".join(FIX_NAMES[fix][1] for fix in row["fixes"])
        person = f"for a person: {', '.join(row['left'])}" if row["left"] else ""
        told = ", then ".join(part for part in (fixes, person) if part) or f"no {level}"
        told += f" ({row['note']})" if row["note"] else ""
        label = f"  {row['platform']:<{columns}}  "
        for place, line in enumerate(wrap(printable(told), max(20, style.width - len(label)))):
            yield (" " * len(label) if place else label) + line
