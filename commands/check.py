"""``sharewise check``: the findings as a linter gives them, with an exit code for CI."""

from pathlib import Path
from typing import Any

import click

from .options import (
    choice_options,
    failing_options,
    format_option,
    output_option,
    pages_option,
    platform_option,
    request_options,
    sources_argument,
)

FORMATS = (
    *("concise", "full", "json", "jsonl", "csv", "markdown", "sarif", "github"),
    *("html", "xlsx", "parquet"),
)
FOUND = 1


@click.command()
@sources_argument
@platform_option
@choice_options
@failing_options
@format_option(*FORMATS)
@output_option
@pages_option
@request_options
@click.pass_context
def check(
    context: click.Context,
    /,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    min_severity: str,
    exit_zero: bool,
    form: str | None,
    output: Path | None,
    strict: bool,
    quiet: bool,
    **asked: Any,
) -> None:
    """Check posts and fail on findings, for CI.

    This exits with 1 when something is found, and with 2 when no post could be read or, with
    --strict, a row was rejected. A post suppresses a rule and says why: in its column "ignore",
    as LNK201: campaign; TAG104, or in its front matter.

    \b
    Example:
      sharewise check posts/ --platform x --ignore EMO --min-severity warning
    """
    from ..engine.advice.reports.building import Choice
    from .advising import Request, deliver, exit_with, refuse_disagreement, report_for
    from .streaming import stream, stream_target

    refuse_disagreement(form, output)
    request = Request(quiet=quiet, **asked)
    all_shown = not select and not ignore and min_severity == "suggestion"
    target = stream_target(request, form, output)
    if target is not None and all_shown:
        streamed = stream(request, target, strict=strict)
        found = FOUND if any(streamed.counts.severities.values()) and not exit_zero else 0
        context.exit(streamed.code or found)
    report = report_for(request, Choice(select, ignore, min_severity))
    if form is None and (output is None or output.suffix.lower() in ("", ".txt")):
        form = "concise"
    deliver(report, form, output, quiet=quiet)
    found = FOUND if report.summary.findings and not exit_zero else 0
    exit_with(context, report, strict=strict, code=found)
