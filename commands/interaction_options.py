"""The options of the commands over interactions, and what they ask for."""

from dataclasses import dataclass
from pathlib import Path

import click

from .options import (
    Function,
    config_option,
    files_argument,
    gathered,
    list_option,
    quiet_option,
    reading_options,
)

BAD_INPUT = 2

half_life_option = click.option(
    "--half-life",
    metavar="SPAN",
    help="After which an act counts half: 14d, 36h, 2w.  [default: 14d]",
)

seed_option = click.option(
    "--seed", type=int, default=0, show_default=True, help="Of what is random."
)

ledger_option = click.option(
    "--ledger",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The file of all rewards, JSON lines.  [default: rewards.jsonl beside the settings]",
)


def key_options(function: Function) -> Function:
    """Add ``--pseudonyms`` and ``--key-file``."""
    pseudonyms = click.option(
        "--pseudonyms",
        is_flag=True,
        help="Replace people by pseudonyms on reading; the key is in SHAREWISE_PSEUDONYM_KEY.",
    )
    key_file = click.option(
        "--key-file",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="The same, with the key in this file.",
    )
    return pseudonyms(key_file(function))


@dataclass(frozen=True)
class Asked:
    """What the options ask for when interactions are read."""

    sources: tuple[str, ...]
    brand: tuple[str, ...]
    as_of: str | None
    pseudonyms: bool
    key_file: Path | None
    config: Path | None
    timezone: str | None
    dates: str | None
    encoding: str | None
    strict: bool
    rejects: Path | None
    quiet: bool

    def code(self, rejected: int) -> int:
        """Return the exit code where so many rows were rejected."""
        return BAD_INPUT if self.strict and rejected else 0


interaction_options = gathered(
    Asked,
    files_argument(
        "Interactions: CSV, TSV, JSON, JSON lines, Parquet, Excel, an edge list, - for stdin; or a "
        "folder that community aggregate saved."
    ),
    list_option(
        "--brand", metavar="HANDLE[,HANDLE...]", help="The brand's own handles. Repeatable."
    ),
    click.option(
        "--as-of",
        metavar="TIME",
        help="Measure age from this time, such as 2026-11-30.  [default: the newest interaction]",
    ),
    key_options,
    config_option,
    reading_options,
    quiet_option,
)
"""Adds all these; the command is called with ``asked``, an `Asked`."""
