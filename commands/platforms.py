"""``sharewise platforms``: what each platform allows, who says so, and since when."""

from datetime import datetime

import click

from .options import format_option


@click.command()
@click.argument("name", required=False, help="A platform, e.g. linkedin; without it, all.")
@format_option("table", "json", default="table")
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DAY",
    help="Flag what was last checked over a year before this day, e.g. 2026-12-31. Default: today.",
)
def platforms(name: str | None, form: str, as_of: datetime | None) -> None:
    """Show the limits of a platform, each with its source.

    \b
    Example:
      sharewise platforms linkedin
    """
    import json
    import sys

    from ..engine.advice.reports.fitting import fitted
    from ..engine.advice.reports.style import style_of
    from ..engine.content.platform_data import platform_data
    from ..engine.content.platform_sheet import overview_lines, platform_lines
    from ..engine.content.platforms import load_platforms

    day = (as_of or datetime.now()).date()
    chosen = list(load_platforms(None if name is None else [name]).values())
    if form == "json":
        data = [platform_data(platform, day) for platform in chosen]
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    elif name is None:
        click.echo("\n".join(overview_lines(chosen, day)))
    else:
        width = style_of(sys.stdout).width if sys.stdout.isatty() else None
        told = "\n".join(platform_lines(chosen[0], day, width))
        click.echo(fitted(told, sys.stdout))
