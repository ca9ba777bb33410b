"""``sharewise page``: what stops people from sharing a page, and what to paste into it."""

from pathlib import Path

import click

from .options import (
    choice_options,
    config_option,
    failing_options,
    format_option,
    output_option,
    platform_option,
    quiet_option,
    rules_option,
)

FORMATS = (
    *("text", "concise", "full", "json", "jsonl", "csv", "markdown", "sarif", "github"),
    *("html", "xlsx", "parquet"),
)


@click.command()
@click.argument(
    "sources",
    nargs=-1,
    required=True,
    metavar="PAGE...",
    help="HTML files, folders of them, or - for stdin.",
)
@platform_option
@click.option("--suggest", is_flag=True, help="Print the missing tags and share links to paste.")
@click.option(
    "--cards/--no-cards",
    default=None,
    help="Show how each platform draws the page's card.  [default: for one page]",
)
@click.option(
    "--site",
    metavar="URL",
    help="Address of the top of the site, for pages that don't name their own.",
)
@click.option(
    "--root",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="DIR",
    help="Folder of the top of the site, from which /img/a.jpg is looked up.",
)
@choice_options
@failing_options
@click.option("--strict", is_flag=True, help="Exit with 2 when any file is no page.")
@format_option(*FORMATS)
@output_option
@rules_option
@config_option
@quiet_option
@click.pass_context
def page(
    context: click.Context,
    /,
    sources: tuple[str, ...],
    platforms: tuple[str, ...],
    suggest: bool,
    cards: bool | None,
    site: str | None,
    root: Path | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    min_severity: str,
    exit_zero: bool,
    strict: bool,
    form: str | None,
    output: Path | None,
    packs: tuple[Path, ...],
    config: Path | None,
    quiet: bool,
) -> None:
    """Say what stops people from sharing a page.

    Shows its preview cards too. This exits with 1 when something is found, and with 2 when no
    page could be read. Nothing is fetched from the network: pictures and files are looked up
    beside the page alone. A page sets a rule aside and says why:
    <meta name="sharewise:ignore" content="PAG401: for members">.

    \b
    Example:
      sharewise page site/ --platform x,linkedin
      sharewise page winter.html --suggest
    """
    from ..engine.advice.reports.building import Choice
    from .advising import BAD_INPUT, deliver, exit_with
    from .paging import PageRequest, report_for, suggest_for

    if site is not None and not site.lower().startswith(("https://", "http://")):
        raise click.UsageError(f"--site {site}: write the whole address, such as https://{site}")
    request = PageRequest(sources, platforms, packs, config, root, site, quiet)
    if suggest:
        context.exit(BAD_INPUT if suggest_for(request, output) and strict else 0)
    report = report_for(request, Choice(select, ignore, min_severity), cards)
    deliver(report, form, output, quiet=quiet)
    found = 1 if report.summary.findings and not exit_zero else 0
    exit_with(context, report, strict=strict, code=found)
