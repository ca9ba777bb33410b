"""``sharewise tailor``: one ready variant of a post for each platform."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .options import (
    format_option,
    history_option,
    platform_option,
    request_options,
    sources_argument,
)

if TYPE_CHECKING:
    from ..engine.advice.tailoring.variants import Variant


@click.command()
@sources_argument
@platform_option
@format_option("text", "table", "json", default="text")
@click.option(
    "--output",
    "-o",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Write each variant to this folder, as Markdown with front matter.",
)
@click.option("--overwrite", is_flag=True, help="Replace variants that are in the folder already.")
@click.option(
    "--level",
    type=click.Choice(("error", "warning", "suggestion")),
    default="error",
    show_default=True,
    help="Take unsafe fixes, as few as can be, until nothing of this level or worse is left.",
)
@history_option
@request_options
@click.pass_context
def tailor(
    context: click.Context,
    /,
    form: str,
    folder: Path | None,
    overwrite: bool,
    level: str,
    history: str | None,
    strict: bool,
    quiet: bool,
    **asked: Any,
) -> None:
    """Make one ready variant of a post for each platform.

    Title, text, links and hashtags are put together as each platform takes them; own links get
    its UTM parameters; safe fixes are applied, and the fewest unsafe ones that leave no error,
    found by trying all sets of them; where those are over 4,096, this is said.
    What is left for a person is said. The post itself is not changed.

    \b
    Example:
      sharewise tailor fixtures/tailor/first-frost.md --platform x,linkedin,instagram -o variants
    """
    from ..engine.advice.tailoring.variants import tailor as make_variants
    from .advising import BAD_INPUT, Request, adviser_for, read
    from .fixing import hashtags_of, tell_rejects
    from .progress import Progress

    request = Request(quiet=quiet, **asked)
    with Progress("reading …", quiet=quiet) as progress:
        using = adviser_for(request)
        files = read(using, request)
        worked = hashtags_of(history, using)
        progress.say(f"tailoring {files.posts.height:,} posts …")
        variants = make_variants(files.posts, using, level=level, history_hashtags=worked)
    if folder is None or form == "json":
        _print(variants, form)
    if folder is not None:
        _write(variants, folder, overwrite=overwrite, quiet=quiet, spoken=form == "json")
    rejected = tell_rejects(files, request)
    context.exit(BAD_INPUT if strict and rejected else 0)


def _print(variants: "list[Variant]", form: str) -> None:
    import sys

    from ..engine.advice.reports.json_text import json_text
    from ..engine.advice.reports.style import style_of
    from ..engine.advice.tailoring.variant_report import (
        variant_documents,
        variant_lines,
        variant_table,
    )

    if form == "json":
        click.echo(json_text(variant_documents(variants), indent=2))
        return
    lines = variant_table if form == "table" else variant_lines
    for line in lines(variants, style_of(sys.stdout)):
        click.echo(line)


def _write(
    variants: "list[Variant]", folder: Path, *, overwrite: bool, quiet: bool, spoken: bool
) -> None:
    from ..engine.advice.tailoring.variant_files import write_variants
    from ..engine.advice.tailoring.variant_report import summary_line

    paths = write_variants(variants, folder, overwrite=overwrite)
    if quiet:
        return
    for path in paths:
        click.echo(path, err=spoken)
    written = f"{len(paths)} file{'' if len(paths) == 1 else 's'}"
    click.echo(f"{summary_line(variants)} · {written} written", err=spoken)
