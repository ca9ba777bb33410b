"""Options that several commands share: one spelling, one meaning, one help text."""

from collections.abc import Callable, Sequence
from dataclasses import fields
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from ..engine.settings import Settings

Function = TypeVar("Function", bound=Callable[..., Any])


def _split(
    ctx: click.Context, parameter: click.Parameter, values: Sequence[str]
) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for value in values:
        parts = [part.strip() for part in value.split(",")]
        if not any(parts):
            raise click.BadParameter(f"{value!r} names none", ctx, parameter)
        found |= dict.fromkeys(part for part in parts if part)
    return tuple(found)


def _named(
    ctx: click.Context, parameter: click.Parameter, values: Sequence[str]
) -> tuple[str, ...]:
    """Refuse an empty path: to the system it would be the working folder."""
    for value in values:
        if not value.strip():
            raise click.BadParameter(f"{value!r} is no file", ctx, parameter)
    return tuple(values)


def files_argument(help: str) -> Callable[[Function], Function]:
    """Return the argument of one or more files, none of them an empty name."""
    return click.argument(
        "sources", nargs=-1, required=True, callback=_named, metavar="FILE...", help=help
    )


sources_argument = files_argument(
    "CSV, TSV, JSON, JSON lines, Parquet, Excel, a folder of Markdown files, or - for stdin."
)

platform_option = click.option(
    "--platform",
    "-p",
    "platforms",
    multiple=True,
    callback=_split,
    metavar="NAME[,NAME...]",
    help="Platforms to look at, instead of each post's own; without either, all. Repeatable.",
)

output_option = click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="FILE",
    help="Write to this file, in the format of its ending, instead of standard output.",
)

config_option = click.option(
    "--config",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Read settings from this file instead of the nearest sharewise.toml.",
)

rules_option = click.option(
    "--rules",
    "packs",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Add the rule packs in this folder, or this file. Repeatable.",
)

pages_option = click.option(
    "--pages",
    "pages",
    multiple=True,
    metavar="DIR",
    help="Look the posts' links up among these pages (a folder or file) and check those too.",
)

history_option = click.option(
    "--history",
    type=click.Path(),
    metavar="FILE",
    help="Past posts with their outcomes: keep and suggest the hashtags that worked in them.",
)

quiet_option = click.option("--quiet", "-q", is_flag=True, help="Print no summary and no notes.")


dates_option = click.option(
    "--dates",
    type=click.Choice(("day-first", "month-first")),
    help="How to read 05/06/2026, if no other date of the file tells.",
)


def format_option(*names: str, default: str | None = None) -> Callable[[Function], Function]:
    """Return ``--format``, one of ``names``; None when it is not given and has no default."""
    return click.option(
        "--format",
        "-f",
        "form",
        type=click.Choice(names),
        default=default,
        show_default=default is not None,
        help="Format of the output.",
    )


def list_option(name: str, *, metavar: str, help: str) -> Callable[[Function], Function]:
    """Return an option that takes comma-separated values and can be repeated."""
    return click.option(name, multiple=True, callback=_split, metavar=metavar, help=help)


def reading_options(function: Function) -> Function:
    """Add ``--timezone``, ``--dates``, ``--encoding``, ``--strict`` and ``--rejects``."""
    options = (
        click.option(
            "--timezone",
            metavar="ZONE",
            help="Zone of times that name none, such as Europe/Lisbon.  [default: UTC]",
        ),
        dates_option,
        click.option("--encoding", metavar="NAME", help="Encoding of text files, if not detected."),
        click.option("--strict", is_flag=True, help="Exit with 2 when any row is rejected."),
        click.option(
            "--rejects",
            type=click.Path(path_type=Path),
            metavar="FILE",
            help="Write the rejected rows with their reasons to this CSV, JSONL or Parquet file.",
        ),
    )
    for option in reversed(options):
        function = option(function)
    return function


def gathered(record: type[Any], *options: Callable[[Any], Any]) -> Callable[[Function], Any]:
    """Return a decorator that adds options, first in the help first.

    The command is called with ``asked``, a ``record`` of what is given for the options that it has
    fields for, and with all others by their names.
    """
    names = [field.name for field in fields(record)]

    def decorated(function: Function) -> Any:
        @wraps(function)
        def call(*arguments: Any, **given: Any) -> Any:
            asked = record(**{name: given.pop(name) for name in names})
            return function(*arguments, asked=asked, **given)

        command: Any = call
        for option in reversed(options):
            command = option(command)
        return command

    return decorated


def day_first(dates: str | None) -> bool | None:
    """Return the order of day and month that ``--dates`` asks for, None for none."""
    return None if dates is None else dates == "day-first"


def choice_options(function: Function) -> Function:
    """Add ``--select`` and ``--ignore``: which rules count."""
    select = list_option(
        "--select", metavar="ID[,ID...]", help="Only rules whose id starts so. Repeatable."
    )
    ignore = list_option(
        "--ignore", metavar="ID[,ID...]", help="No rules whose id starts so. Repeatable."
    )
    return select(ignore(function))


def failing_options(function: Function) -> Function:
    """Add ``--min-severity`` and ``--exit-zero``: what a command that checks fails on."""
    severity = click.option(
        "--min-severity",
        type=click.Choice(("error", "warning", "suggestion")),
        default="suggestion",
        show_default=True,
        help="Leave out findings below this level; they don't fail either.",
    )
    zero = click.option(
        "--exit-zero", is_flag=True, help="Exit with 0 although there are findings."
    )
    return severity(zero(function))


def request_options(function: Function) -> Function:
    """Add the options that end every command about posts: rules, settings, reading, --quiet.

    With ``sources_argument`` and ``platform_option`` they fill `advising.Request`.
    """
    for option in (quiet_option, reading_options, config_option, rules_option):
        function = option(function)
    return function


def settings_from(config: Path | None, timezone: str | None = None) -> "Settings":
    """Return the settings in force, with what options change."""
    from ..engine.settings import load_settings, overriding
    from ..engine.settings_values import zone

    settings = load_settings(file=config)
    if timezone is None:
        return settings
    return overriding(settings, "--timezone", timezone=zone(timezone, "--timezone"))
