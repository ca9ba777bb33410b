"""The work behind ``sharewise ambassadors``: rank people, and write the list of them."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .interacting import read_asked, span
from .interaction_options import Asked
from .progress import Progress

if TYPE_CHECKING:
    import polars as pl

    from ..engine.community.cards import Cards
    from ..engine.community.ranked_people import Ambassadors
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
    from ..engine.community.ranked_people import ranked_people
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


def write_people(cards: "Cards", form: str, output: Path | None) -> None:
    """Print the people, or write them to a file, whole or not at all; some at a time."""
    from ..engine.community.list_files import people_pieces, write_parquet
    from ..engine.content.writing import write_beside
    from ..engine.errors import WriteError

    to_file = output is not None and str(output) != "-"
    if form == "parquet":
        if output is None or not to_file:
            raise WriteError("parquet is no format to print; name a file: -o people.parquet")
        write_beside(output, lambda beside: write_parquet(cards, beside))
        return
    pieces = people_pieces(cards, form)
    if output is None or not to_file:
        for piece in pieces:
            click.echo(piece, nl=False)
        return

    def fill(beside: Path) -> None:
        with beside.open("wb") as file:
            file.writelines(pieces)

    write_beside(output, fill)
