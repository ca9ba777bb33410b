"""Findings about a large file, batch by batch, into Parquet: memory stays flat."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .advising import BAD_INPUT, Request, adviser_for
from .progress import Progress

if TYPE_CHECKING:
    from ..engine.advice.streaming import StreamCounts

_ENDINGS = (".parquet", ".csv", ".tsv", ".jsonl", ".ndjson")
LARGE_BYTES = 20_000_000


@dataclass(frozen=True)
class Streamed:
    """How it ended: the exit code for rows, and the active findings by severity."""

    code: int
    counts: "StreamCounts"


def stream_target(request: Request, form: str | None, output: Path | None) -> Path | None:
    """Return where to write when one large file is to be turned into Parquet, else None."""
    if output is None or (form or output.suffix.lower().lstrip(".")) != "parquet":
        return None
    untried = request.rejects or request.encoding or request.dates or request.pages
    if len(request.sources) != 1 or untried:
        return None
    source = Path(request.sources[0])
    large = source.is_file() and source.stat().st_size > LARGE_BYTES
    return output if large and source.suffix.lower() in _ENDINGS else None


def stream(request: Request, output: Path, *, strict: bool) -> Streamed:
    """Write the findings about the one source to ``output`` and say how many there are."""
    from ..engine.advice.streaming import StreamCounts, stream_findings
    from ..engine.errors import ReadError

    source = request.sources[0]
    with Progress(f"reading {source} …", quiet=request.quiet) as progress:

        def tell(counts: StreamCounts) -> None:
            progress.say(f"{counts.posts:,} posts read, {counts.findings:,} findings …")

        using = adviser_for(request)
        counts = stream_findings(source, output, using, on_batch=tell)
    if counts.posts == 0:
        raise ReadError(f"no post to work on in {source}: {counts.rejected} rows rejected")
    if not request.quiet:
        told = ", ".join(
            f"{counts.severities.get(name, 0):,} {name}s"
            for name in ("error", "warning", "suggestion")
        )
        rejected = f", {counts.rejected:,} rows rejected" if counts.rejected else ""
        click.echo(f"{source}  {counts.posts:,} posts{rejected}")
        click.echo(f"{told} · written to {output}")
    return Streamed(BAD_INPUT if strict and counts.rejected else 0, counts)
