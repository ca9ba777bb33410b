"""``sharewise recommend``: what to change in each post, platform by platform, and why."""

from pathlib import Path
from typing import Any

import click

from .options import (
    format_option,
    output_option,
    pages_option,
    platform_option,
    request_options,
    sources_argument,
)

FORMATS = ("text", "markdown", "html", "json", "jsonl", "csv", "xlsx", "parquet")


@click.command()
@sources_argument
@platform_option
@format_option(*FORMATS)
@output_option
@pages_option
@request_options
@click.pass_context
def recommend(
    context: click.Context,
    /,
    form: str | None,
    output: Path | None,
    strict: bool,
    quiet: bool,
    **asked: Any,
) -> None:
    """Say what to change in each post, and why.

    Findings are no failure: this exits with 0. Use ``sharewise check`` to fail on them.

    \b
    Example:
      sharewise recommend drafts.csv --platform x,linkedin -o advice.html
    """
    from .advising import Request, deliver, exit_with, refuse_disagreement, report_for
    from .streaming import stream, stream_target

    refuse_disagreement(form, output)
    request = Request(quiet=quiet, **asked)
    target = stream_target(request, form, output)
    if target is not None:
        context.exit(stream(request, target, strict=strict).code)
    report = report_for(request)
    deliver(report, form, output, quiet=quiet)
    exit_with(context, report, strict=strict)
