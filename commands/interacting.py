"""What the commands over interactions share: their options, and reading with pseudonyms."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from .options import config_option, list_option, reading_options, sources_argument

if TYPE_CHECKING:
    from ..engine.community.graph.community import Community
    from ..engine.community.reading import InteractionFiles
    from ..engine.settings import Settings
    from .progress import Progress

Function = TypeVar("Function", bound=Callable[..., Any])
BAD_INPUT = 2

as_of_option = click.option(
    "--as-of",
    metavar="TIME",
    help="Measure age from this time, such as 2026-11-30.  [default: the newest interaction]",
)

key_options = (
    click.option(
        "--pseudonyms",
        is_flag=True,
        help="Replace people by pseudonyms on reading; the key is in SHAREWISE_PSEUDONYM_KEY.",
    ),
    click.option(
        "--key-file",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="The same, with the key in this file.",
    ),
)

ledger_option = click.option(
    "--ledger",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The file of all rewards.  [default: rewards.jsonl beside the settings]",
)


@dataclass(frozen=True)
class Asked:
    """What the options ask for when interactions are read."""

    sources: tuple[str, ...]
    brand: tuple[str, ...]
    as_of: str | None
    timezone: str | None
    encoding: str | None
    rejects: Path | None
    config: Path | None
    pseudonyms: bool
    key_file: Path | None
    quiet: bool = False


@dataclass(frozen=True)
class Read:
    """Interactions as they are worked on, with the settings in force."""

    files: "InteractionFiles"
    settings: "Settings"
    brand: tuple[str, ...]
    as_of: datetime | None

    @property
    def rejected(self) -> int:
        """How many rows could not be read."""
        return self.files.rejects.height

    @property
    def brand_name(self) -> str:
        """How the brand is called in texts."""
        return brand_name(self.settings, self.brand)

    def community(self, *, left_out: Sequence[str] = ()) -> "Community":
        """Return the community, without the links of ``left_out``."""
        from ..engine.community.graph.community import Community

        texts = self.files.interactions["text"]
        return Community.from_acts(
            self.files.edges, texts=texts, as_of=self.as_of, left_out=left_out
        )


def interaction_options(function: Function) -> Function:
    """Add the sources, ``--brand``, ``--as-of``, pseudonyms, settings and reading options."""
    brand = list_option(
        "--brand", metavar="HANDLE[,HANDLE...]", help="The brand's own handles. Repeatable."
    )
    for option in (reading_options, config_option, *reversed(key_options), as_of_option, brand):
        function = option(function)
    return sources_argument(function)


def read_asked(asked: Asked, progress: "Progress") -> Read:
    """Return the interactions asked for; what was rejected or cleaned is told on stderr."""
    from .community_run import moment, read, tell_reading
    from .options import settings_from

    settings = settings_from(asked.config, asked.timezone)
    brand = asked.brand or settings.brand.handles
    key = key_asked(asked.pseudonyms, asked.key_file)
    files = read(asked.sources, settings, asked.encoding, asked.rejects, progress)
    if key is not None:
        files, settings = hidden(files, settings, brand, key)
    if not asked.quiet:
        tell_reading(files)
    return Read(files, settings, brand, moment(asked.as_of, settings.timezone))


def hidden(
    files: "InteractionFiles", settings: "Settings", brand: Sequence[str], key: bytes
) -> tuple["InteractionFiles", "Settings"]:
    """Return both with pseudonyms for all people but the brand."""
    from dataclasses import replace

    from ..engine.community.privacy.pseudonyms import pseudonym, pseudonymised_files

    def names(handles: Sequence[str]) -> tuple[str, ...]:
        return tuple(pseudonym(handle, key) for handle in handles)

    said = settings.community
    return pseudonymised_files(files, key, kept=brand), replace(
        settings,
        employees=names(settings.employees),
        competitors=names(settings.competitors),
        community=replace(
            said,
            opted_out=names(said.opted_out),
            consent=None if said.consent is None else names(said.consent),
        ),
    )


def key_asked(pseudonyms: bool, key_file: Path | None) -> bytes | None:
    """Return the key of pseudonyms where one of the options asks for them."""
    from ..engine.community.privacy.pseudonyms import pseudonym_key

    return pseudonym_key(key_file) if pseudonyms or key_file is not None else None


def time_of_round(read: Read) -> datetime:
    """Return ``--as-of``, or the time of the newest interaction.

    Raises
    ------
    click.UsageError
        There is neither.
    """
    import polars as pl

    from ..engine.community.schema import TIME

    newest = read.files.edges.acts.select(pl.col("at").max().cast(TIME)).item()
    found = read.as_of or newest
    if not isinstance(found, datetime):
        raise click.UsageError("the interactions have no times; say --as-of, such as 2026-11-30")
    return found


def brand_name(settings: "Settings", brand: Sequence[str] = ()) -> str:
    """Return how the brand is called in texts."""
    handles = brand or settings.brand.handles
    return settings.brand.name or (handles[0] if handles else "the brand")
