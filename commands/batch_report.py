"""What ``sharewise batch`` says: how far it is, and how it ended."""

import sys
import time
from typing import TYPE_CHECKING

import click

from .progress import Progress

if TYPE_CHECKING:
    from ..engine.batch.run import Outcome, Request
    from ..engine.batch.run import Progress as RunProgress

CALENDAR = (
    "rules about the calendar and series are not run: a part does not hold all the posts they "
    "compare; sharewise check does"
)
NO_MODEL = "no --model: score, rank and band are null"
RANKS = "ranks follow the score alone; sharewise rank shows which are too close to tell apart"
_SHOWN = 20


class BatchProgress(Progress):
    """The progress line of a run: rows, rows a second, time left."""

    def __init__(self, *, quiet: bool) -> None:
        super().__init__("looking at the files …", quiet=quiet)
        self._stage, self._start = "", 0.0

    def watch(self, progress: "RunProgress") -> None:
        """Say how far the run is."""
        now = time.monotonic()
        if progress.stage != self._stage:
            self._stage, self._start = progress.stage, now
        self.say(progress_text(progress, now - self._start))


def progress_text(progress: "RunProgress", seconds: float) -> str:
    """Return the line for what was done in so many seconds."""
    if progress.stage == "planning":
        return f"looking at {progress.file} …"
    there = progress.rows + progress.reused
    told = f"{progress.stage}: {there:,} of {progress.total:,} rows"
    if progress.stage == "ranking":
        told = f"ranking: {there / max(1, progress.total):.0%}"
    if not progress.rows or seconds <= 0:
        return f"{told} …"
    rate = progress.rows / seconds
    left = duration((progress.total - there) / rate)
    if progress.stage == "ranking":
        return f"{told}, {left} left …"
    return f"{told}, {rate:,.0f} rows a second, {left} left …"


def duration(seconds: float) -> str:
    """Return a length of time in its two largest units."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"


def tell(outcome: "Outcome", request: "Request", *, quiet: bool) -> None:
    """Say what could not be read, then what was done and where it is."""
    from ..engine.advice.reports.fitting import fitted

    for line in failure_lines(outcome):
        click.echo(line, err=True)
    if quiet:
        return
    for line in summary_lines(outcome, request):
        click.echo(fitted(line, sys.stdout))


def failure_lines(outcome: "Outcome") -> list[str]:
    """Return a line for each file and each part that could not be read, `_SHOWN` at most."""
    from ..engine.advice.reports.plain_text import printable

    lines = [reason for _, reason in outcome.plan.failures]
    for part, entry in outcome.failed:
        first = part.slice.before + 1
        rows = f"rows {first:,} to {first + part.slice.rows - 1:,}"
        lines.append(f"{entry.failed} ({rows} not done)")
    cut = lines[:_SHOWN]
    if len(lines) > len(cut):
        cut.append(f"and {len(lines) - len(cut):,} more; all are in the manifest")
    return [f"not read: {printable(line)[:500]}" for line in cut]


def summary_lines(outcome: "Outcome", request: "Request") -> list[str]:
    """Return what the run did, in a few lines."""
    entries = [entry for _, entry in outcome.done]
    posts, rows, rejected = (
        sum(getattr(entry, name) for entry in entries) for name in ("posts", "rows", "rejected")
    )
    found = {
        name: sum(entry.severities.get(name, 0) for entry in entries)
        for name in ("error", "warning", "suggestion")
    }
    files = len(outcome.plan.inputs)
    first = f"{files:,} {'file' if files == 1 else 'files'} → {posts:,} posts → {rows:,} rows"
    if rejected:
        first += f", {rejected:,} rejected (rejects/)"
    if outcome.reused:
        first += f"; {outcome.reused:,} of {len(entries):,} parts were done before"
    lines = [first]
    if outcome.plan.empty:
        named = ", ".join(outcome.plan.empty[:3])
        more = f" and {len(outcome.plan.empty) - 3} more" if len(outcome.plan.empty) > 3 else ""
        lines.append(f"without a row: {named}{more}")
    lines.append(", ".join(f"{count:,} {name}s" for name, count in found.items()))
    scored = sum(entry.scored for entry in entries)
    if request.model is None:
        lines.append(NO_MODEL)
    elif scored < rows:
        lines.append(f"{scored:,} of {rows:,} rows are scored; for the others the model refuses")
    if request.model is not None and scored:
        lines.append(RANKS)
    lines.append(CALENDAR)
    if not outcome.whole and request.shard is not None:
        share = f"{request.shard.number}/{request.shard.shares}"
        lines.append(f"share {share} is done; when all are, --resume without --shard finishes")
    else:
        top = f", {outcome.top.name}" if outcome.top else ""
        lines.append(f"written to {request.out}: posts/{top}, manifest.json")
    return lines
