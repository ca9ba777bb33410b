"""What the commands over interactions share: reading what their options ask for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .interaction_options import Asked

if TYPE_CHECKING:
    from ..engine.community.graph.community import Community
    from ..engine.community.reading import InteractionFiles
    from ..engine.settings import Settings
    from .progress import Progress

EDGES_ONLY_ROWS = 20_000_000


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
    def end(self) -> int | None:
        """``as_of`` in microseconds."""
        return None if self.as_of is None else int(self.as_of.timestamp() * 1_000_000)

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


def read_asked(
    asked: Asked, progress: "Progress", *, edges_only: bool = False, brand_needed: bool = False
) -> Read:
    """Return the interactions asked for; what was rejected or cleaned is told on stderr.

    ``edges_only``: no texts are needed; they are left out of very large files in any case, and
    nothing but the edges is kept of files without texts and numbers of followers.
    ``brand_needed``: a brand that ``--brand`` names has to be there.

    Raises
    ------
    click.UsageError
        Not one of the handles of ``--brand`` is in the data, and ``brand_needed``.
    """
    from ..engine.community.reading import read_interactions
    from .advising import write_rejects
    from .options import day_first, settings_from
    from .told_reading import tell_reading

    settings = settings_from(asked.config, asked.timezone)
    brand = asked.brand or settings.brand.handles
    key = key_asked(asked.pseudonyms, asked.key_file)
    files = read_interactions(
        asked.sources,
        timezone=settings.timezone,
        encoding=asked.encoding,
        day_first=day_first(asked.dates),
        keep="edges" if edges_only or _large(asked.sources) else "told",
        on_rows=lambda rows: progress.say(f"reading … {rows:,} interactions"),
    )
    write_rejects(files.rejects, asked.rejects)
    if key is not None:
        files, settings = hidden(files, settings, brand, key)
    if not asked.quiet:
        tell_reading(files)
    _tell_missing(asked, brand, files, needed=brand_needed)
    return Read(files, settings, brand, moment(asked.as_of, settings.timezone, asked.dates))


def _tell_missing(
    asked: Asked, brand: Sequence[str], files: "InteractionFiles", *, needed: bool
) -> None:
    """Say which handles are not in the data; of the settings' only where not one of them is."""
    from ..engine.advice.reports.plain_text import printable
    from ..engine.community.brand_handles import missing_handles, told_missing

    missing = missing_handles(brand, files.edges)
    none = len(missing) == len(brand)
    if missing and (asked.brand or none):
        told = [printable(told_missing(handle, files.edges)) for handle in missing]
        if asked.brand and none and needed:
            raise click.UsageError(f"--brand: {'; '.join(told)}")
        for one in told:
            click.echo(f"warning: {one}", err=True)


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


def span(text: str | None) -> float | None:
    """Return a span of time given as an option, in days."""
    from ..engine.settings_community import days

    return None if text is None else days(text, "--half-life")


def moment(text: str | None, zone: str, dates: str | None = None) -> datetime | None:
    """Return a time given as an option."""
    if text is None:
        return None
    import polars as pl

    from ..engine.content.reading.time_cells import TimeReader
    from .options import day_first

    cells = TimeReader(zone, day_first(dates)).cells(pl.Series([text]))
    if cells.values[0] is None:
        reason = next(iter(cells.faults.values()), f"{text!r} is no time; write 2026-11-30")
        raise click.UsageError(f"--as-of: {reason}")
    at: datetime = cells.values[0]
    return at


def _large(sources: Sequence[str]) -> bool:
    """Tell whether a Parquet file has more rows than fit in memory as text."""
    import polars as pl

    rows = 0
    for source in sources:
        if str(source).lower().endswith((".parquet", ".pq")) and Path(source).is_file():
            try:
                rows += pl.scan_parquet(source, glob=False).select(pl.len()).collect().item()
            except (pl.exceptions.PolarsError, OSError):
                return False
    return rows > EDGES_ONLY_ROWS
