"""What the commands over a community share: reading with progress, settings, writing people."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .options import settings_from
from .progress import Progress

if TYPE_CHECKING:
    import polars as pl

    from ..engine.community.python_interface import Ambassadors
    from ..engine.community.reading import InteractionFiles
    from ..engine.settings import Settings

EDGES_ONLY_ROWS = 20_000_000


def found_people(
    *,
    sources: Sequence[str],
    brand: Sequence[str],
    allow: Sequence[str],
    half_life: str | None,
    as_of: str | None,
    by: str,
    previous: Path | None,
    ledger: Path | None,
    config: Path | None,
    timezone: str | None,
    encoding: str | None,
    rejects: Path | None,
    pseudonyms: bool,
    key_file: Path | None,
    quiet: bool,
) -> "Ambassadors":
    """Return the ambassadors that the options ask for."""
    from ..engine.community.earlier import previous_ranks
    from ..engine.community.python_interface import ranked_people
    from ..engine.settings_gates import GATES
    from ..engine.settings_values import nearest
    from .interacting import hidden, key_asked

    for code in allow:
        if code not in GATES:
            known = ", ".join(GATES)
            raise click.UsageError(f"--allow {code}: no gate{nearest(code, GATES)}; gates: {known}")
    settings = settings_from(config, timezone)
    before = None if previous is None else previous_ranks(previous)
    settings, rewarded = with_rewards(settings, ledger)
    brand = brand or settings.brand.handles
    key = key_asked(pseudonyms, key_file)
    with Progress("reading …", quiet=quiet) as progress:
        files = read(sources, settings, encoding, rejects, progress)
        if key is not None:
            files, settings = hidden(files, settings, brand, key)
        progress.say(f"scoring {len(files.edges.people):,} people …")
        return ranked_people(
            files,
            brand=brand,
            settings=settings,
            as_of=moment(as_of, settings.timezone),
            half_life=span(half_life),
            rewarded=rewarded,
            previous=before,
            allow=allow,
            by=by,
        )


def read(
    sources: Sequence[str],
    settings: "Settings",
    encoding: str | None,
    rejects: Path | None,
    progress: Progress,
    *,
    edges_only: bool = False,
) -> "InteractionFiles":
    """Return the interactions; what was rejected is written where it was asked for."""
    from ..engine.community.reading import read_interactions
    from .advising import write_rejects

    files = read_interactions(
        sources,
        timezone=settings.timezone,
        encoding=encoding,
        edges_only=edges_only or _large(sources),
        on_rows=lambda rows: progress.say(f"reading … {rows:,} interactions"),
    )
    write_rejects(files.rejects, rejects)
    return files


def with_rewards(
    settings: "Settings", ledger: Path | None
) -> tuple["Settings", "pl.DataFrame | None"]:
    """Return the settings with the cool-down of the rewards, and who was rewarded when.

    The ledger is the one named, else that of the settings where it is there.
    """
    from dataclasses import replace
    from datetime import timedelta

    from ..engine.community.earlier import earlier_rewards
    from ..engine.community.rewards.ledger import REWARD, read_ledger

    cool_down = settings.rewards.cool_down / timedelta(days=1)
    gates = {"cool_down_days": cool_down, **settings.community.gates}
    settings = replace(settings, community=replace(settings.community, gates=gates))
    if ledger is not None:
        return settings, earlier_rewards(ledger)
    if not settings.rewards.ledger.is_file():
        return settings, None
    given = read_ledger(settings.rewards.ledger)
    return settings, given.filter(role=REWARD).select("person", "at")


def span(text: str | None) -> float | None:
    """Return a span of time given as an option, in days."""
    from ..engine.settings_community import days

    return None if text is None else days(text, "--half-life")


def moment(text: str | None, zone: str) -> datetime | None:
    """Return a time given as an option."""
    if text is None:
        return None
    import polars as pl

    from ..engine.content.reading.time_cells import TimeReader

    cells = TimeReader(zone).cells(pl.Series([text]))
    if cells.values[0] is None:
        reason = next(iter(cells.faults.values()), f"{text!r} is no time; write 2026-11-30")
        raise click.UsageError(f"--as-of: {reason}")
    at: datetime = cells.values[0]
    return at


def tell_reading(files: "InteractionFiles") -> None:
    """Say on standard error how the files were read and what was set aside."""
    from ..engine.advice.reports.notes import reject_lines
    from ..engine.community.report import reading_lines

    for line in reading_lines(files):
        click.echo(line, err=True)
    for reading in files.files:
        for line in reject_lines(files.rejects, reading.file):
            click.echo(line, err=True)


def write_people(people: "pl.DataFrame", form: str, output: Path | None) -> None:
    """Print the people, or write them to a file, whole or not at all."""
    from ..engine.content.writing import write_beside
    from ..engine.errors import WriteError

    to_file = output is not None and str(output) != "-"
    if form == "parquet":
        if output is None or not to_file:
            raise WriteError("parquet is no format to print; name a file: -o people.parquet")
        write_beside(output, lambda beside: people.write_parquet(beside))
        return
    text = people_text(people, form)
    if output is not None and to_file:
        write_beside(output, text.encode())
    else:
        click.echo(text, nl=False)


def people_text(people: "pl.DataFrame", form: str) -> str:
    """Return people as ``json``, ``jsonl`` or ``csv``."""
    import polars as pl

    from ..engine.advice.reports.cells import guarded
    from ..engine.advice.reports.json_text import escaped_json, json_text

    people = people.with_columns(pl.col(pl.Float64).fill_nan(None))
    if form == "csv":
        lists = pl.col(pl.List(pl.String)).list.join(" | ")
        return guarded(people.with_columns(lists)).write_csv()
    if form == "json":
        return json_text(people.to_dicts(), indent=2) + "\n"
    return escaped_json(people.write_ndjson())


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
