"""``sharewise measure``: what was counted in each post, in each platform's own unit."""

import sys
from pathlib import Path
from typing import Any

import click

from .options import (
    config_option,
    format_option,
    list_option,
    output_option,
    platform_option,
    quiet_option,
    reading_options,
    sources_argument,
)

BAD_INPUT = 2


@click.command()
@sources_argument
@platform_option
@click.option(
    "--pages", "as_pages", is_flag=True, help="The sources are pages, as for sharewise page."
)
@list_option(
    "--only",
    metavar="NAME[,NAME...]",
    help="Only measures whose name starts so, such as hashtags or text.words. Repeatable.",
)
@format_option("text", "jsonl", "csv", "parquet")
@output_option
@config_option
@reading_options
@quiet_option
@click.pass_context
def measure(
    context: click.Context,
    /,
    as_pages: bool,
    only: tuple[str, ...],
    form: str | None,
    output: Path | None,
    strict: bool,
    quiet: bool,
    **asked: Any,
) -> None:
    """Count each post as each platform does.

    A line a post and platform: length in that platform's unit, limit, what used it, hashtags,
    links, alternative texts and the other measures. Null is what is not known. HTML files are
    measured as pages: a line a page, and one for each platform that draws its card.

    \b
    Example:
      sharewise measure drafts.csv --platform x,mastodon --format jsonl
    """
    from ..engine.advice.reports.measure_table import format_of, measure_table, write_measures
    from .advising import Request, adviser_for, echo_readings, read
    from .progress import Progress

    request = Request(packs=(), quiet=quiet, **asked)
    if as_pages or all(map(_is_page, request.sources)):
        from .measuring_pages import measure_pages

        context.exit(measure_pages(request, only, form, output, strict=strict))
    to_file = output is not None and str(output) != "-"
    written = format_of(output, form) if output is not None and to_file else None
    with Progress("reading …", quiet=quiet) as progress:
        using = adviser_for(request)
        files = read(using, request)
        progress.say(f"measuring {files.posts.height:,} posts …")
        measured = using.measure(files.posts, all_measures=True)
        table = measure_table(measured, files.posts, tuple(using.platforms))
    table = chosen(table, only, tuple(measured.columns))
    if output is not None and written is not None:
        write_measures(table, written, output)
        if not quiet:
            click.echo(f"{table.height:,} lines written to {output}")
    else:
        _print(table, form or "text", only=bool(only))
    if not quiet:
        echo_readings(files)
    context.exit(BAD_INPUT if strict and files.rejects.height else 0)


def _is_page(source: str) -> bool:
    return Path(source).suffix.lower() in (".html", ".htm", ".xhtml")


def chosen(table: Any, only: tuple[str, ...], measures: tuple[str, ...]) -> Any:
    """Return the columns of the measures whose name starts as asked; all when none is."""
    if not only:
        return table
    from ..engine.advice.reports.measure_table import FIRST
    from ..engine.settings_values import nearest

    for name in only:
        if not any(measure.startswith(name) for measure in measures):
            near = nearest(name, measures)
            raise click.UsageError(f"--only {name}: no measure starts so{near}")
    kept = [name for name in table.columns if name in FIRST or name.startswith(only)]
    return table.select(kept)


def _print(table: Any, form: str, *, only: bool) -> None:
    from ..engine.advice.reports.measure_table import measure_lines, measure_text
    from ..engine.advice.reports.style import style_of
    from ..engine.errors import WriteError

    if form == "parquet":
        raise WriteError("parquet is no format to print; name a file: -o measures.parquet")
    if form != "text":
        click.echo(measure_text(table, form), nl=False)
        return
    style = style_of(sys.stdout)
    for line in measure_lines(table, style, only):
        click.echo(line)
