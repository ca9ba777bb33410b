"""``sharewise measure`` on pages: a line a page, and one for each platform that draws its card."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .advising import BAD_INPUT, Request
from .measure import chosen
from .paging import PageRequest, adviser_for, read
from .progress import Progress

if TYPE_CHECKING:
    import polars as pl

    from ..engine.advice.reports.style import Style


def measure_pages(
    request: Request, only: tuple[str, ...], form: str | None, output: Path | None, *, strict: bool
) -> int:
    """Print or write the measures of pages and return the exit code."""
    from ..engine.advice.reports.measure_table import format_of, measure_text, write_measures
    from ..engine.advice.reports.style import style_of
    from ..engine.errors import WriteError

    asked = PageRequest(
        request.sources, request.platforms, (), request.config, None, None, request.quiet
    )
    with Progress("reading …", quiet=request.quiet):
        pages = adviser_for(asked)
        files = read(pages, asked)
        measured = pages.measure(files.pages).sort("index", maintain_order=True)
        table = measured.drop("index", "text.body").rename({"post": "page"})
    names = tuple(name for name in table.columns if name not in ("page", "platform"))
    if only:
        kept = chosen(table, only, names).columns
        table = table.select(
            "page", "platform", *(n for n in kept if n not in ("page", "platform"))
        )
    if output is not None and str(output) != "-":
        write_measures(table, form or format_of(output), output)
        if not request.quiet:
            click.echo(f"{table.height:,} lines written to {output}")
    elif form == "parquet":
        raise WriteError("parquet is no format to print; name a file: -o measures.parquet")
    elif form not in (None, "text"):
        click.echo(measure_text(table, form or ""), nl=False)
    else:
        for line in _lines(table, style_of(sys.stdout)):
            click.echo(line)
    if not request.quiet:
        for reject in files.rejects.iter_rows(named=True):
            click.echo(f"{reject['file']}: {reject['reason']}", err=True)
    return BAD_INPUT if strict and files.rejects.height else 0


def _lines(table: "pl.DataFrame", style: "Style") -> Iterator[str]:
    """Yield what is known of each page, a measure a line, platform by platform."""
    from ..engine.advice.reports.plain_text import pad, printable, shorten

    shown = None
    for row in table.iter_rows(named=True):
        if row["page"] != shown:
            shown = row["page"]
            yield style.paint(shorten(printable(shown), style.width), "bold")
        known = {name: value for name, value in row.items() if _says(name, value)}
        if known:
            yield f"  {row['platform']}"
        for name, value in known.items():
            yield shorten(f"    {pad(name, 32)} {printable(_told(value))}", style.width)


def _says(name: str, value: Any) -> bool:
    return name not in ("page", "platform") and value is not None and value != []


def _told(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return f"{value:g}" if isinstance(value, float) else str(value)
