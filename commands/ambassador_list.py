"""The work behind ``sharewise ambassadors``: rank people, and write the list of them."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .interacting import Asked, read_asked, span
from .progress import Progress

if TYPE_CHECKING:
    import polars as pl

    from ..engine.community.python_interface import Ambassadors
    from ..engine.settings import Settings


@dataclass(frozen=True)
class RankingAsked:
    """What is asked of the ranking itself."""

    allow: tuple[str, ...]
    half_life: str | None
    by: str
    previous: Path | None
    ledger: Path | None


def found_people(asked: Asked, ranking: RankingAsked) -> "Ambassadors":
    """Return the ambassadors that the options ask for."""
    from ..engine.community.earlier import previous_ranks
    from ..engine.community.python_interface import ranked_people
    from ..engine.settings_gates import GATES
    from ..engine.settings_values import nearest

    for code in ranking.allow:
        if code not in GATES:
            known = ", ".join(GATES)
            raise click.UsageError(f"--allow {code}: no gate{nearest(code, GATES)}; gates: {known}")
    before = None if ranking.previous is None else previous_ranks(ranking.previous)
    with Progress("reading …", quiet=asked.quiet) as progress:
        read = read_asked(asked, progress)
        settings, ledger = with_rewards(read.settings, ranking.ledger)
        progress.say(f"scoring {len(read.files.edges.people):,} people …")
        return ranked_people(
            read.files,
            brand=read.brand,
            settings=settings,
            as_of=read.as_of,
            half_life=span(ranking.half_life),
            rewarded=ledger,
            previous=before,
            allow=ranking.allow,
            by=ranking.by,
        )


def with_rewards(
    settings: "Settings", ledger: Path | None
) -> tuple["Settings", "pl.DataFrame | None"]:
    """Return the settings with the cool-down of the rewards, and the ledger: person, at, role.

    The ledger is the one named, else that of the settings where it is there.
    """
    from dataclasses import replace
    from datetime import timedelta

    from ..engine.community.earlier import earlier_rewards
    from ..engine.community.rewards.ledger import read_ledger

    cool_down = settings.rewards.cool_down / timedelta(days=1)
    gates = {"cool_down_days": cool_down, **settings.community.gates}
    settings = replace(settings, community=replace(settings.community, gates=gates))
    if ledger is not None:
        return settings, earlier_rewards(ledger)
    if not settings.rewards.ledger.is_file():
        return settings, None
    return settings, read_ledger(settings.rewards.ledger).select("person", "at", "role")


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
        numbers = pl.col(pl.List(pl.Int64)).cast(pl.List(pl.String))
        lists = pl.col(pl.List(pl.String)).list.join(" | ")
        return guarded(people.with_columns(numbers).with_columns(lists)).write_csv()
    if form == "json":
        return json_text(people.to_dicts(), indent=2) + "\n"
    return escaped_json(people.write_ndjson())
