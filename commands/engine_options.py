"""Options of commands that run on many processes or machines."""

import click

from .options import Function


def engine_options(function: Function) -> Function:
    """Add ``--engine``, ``--scheduler``, ``--insecure`` and ``--jobs``."""
    options = (
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
    )
    for option in reversed(options):
        function = option(function)
    return function
