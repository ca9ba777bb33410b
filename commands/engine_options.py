"""Options of commands that run on many processes or machines, and what they ask for."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from .options import Function, config_option, gathered, quiet_option


@dataclass(frozen=True)
class RunAsked:
    """What the options ask of a run in parts, whatever it makes."""

    sources: tuple[str, ...]
    resume: bool
    engine: str
    scheduler: str | None
    insecure: bool
    jobs: int | None
    config: Path | None
    timezone: str | None
    encoding: str | None
    quiet: bool


def running_options(metavar: str, help: str) -> Callable[[Function], Any]:
    """Return a decorator that adds all these; the command is called with ``asked``, `RunAsked`.

    ``metavar`` and ``help`` are of the sources.
    """
    return gathered(
        RunAsked,
        click.argument("sources", nargs=-1, required=True, metavar=metavar, help=help),
        click.option(
            "--resume", is_flag=True, help="Go on with the run in DIR; parts done are kept."
        ),
        click.option(
            "--engine",
            type=click.Choice(("local", "dask")),
            default="local",
            show_default=True,
            help="Processes of this machine, or a Dask cluster (needs sharewise[dask]).",
        ),
        click.option(
            "--scheduler",
            metavar="ADDRESS",
            help="Of a Dask cluster that is there, such as tls://host:8786; else one starts here.",
        ),
        click.option("--insecure", is_flag=True, help="Allow an address elsewhere without TLS."),
        click.option(
            "--jobs",
            "-j",
            type=click.IntRange(min=1),
            metavar="N",
            help="Processes.  [default: as many as cores]",
        ),
        config_option,
        click.option(
            "--timezone", metavar="ZONE", help="Zone of times that name none.  [default: UTC]"
        ),
        click.option("--encoding", metavar="NAME", help="Encoding of text files, if not detected."),
        quiet_option,
    )
