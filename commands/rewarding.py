"""The work behind ``sharewise rewards``."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .interacting import Read, brand_name, read_asked, span, time_of_round
from .interaction_options import Asked
from .options import settings_from

if TYPE_CHECKING:
    import polars as pl

    from ..engine.settings import Settings


@dataclass(frozen=True)
class Ask:
    """What ``assign`` is asked; ``ledger`` None: that of the settings."""

    budget: float
    holdout: float
    seed: int
    ledger: Path | None
    dry_run: bool
    half_life: str | None = None


def give(asked: Asked, ask: Ask, form: str) -> int:
    """Assign rewards, write the ledger and print the round; return how many rows were rejected."""
    from ..engine.advice.reports.style import style_of
    from ..engine.community.rewards.assigning import assign
    from ..engine.community.rewards.ledger import read_ledger, write_ledger
    from ..engine.community.rewards.reports import assignment_document, assignment_lines
    from ..engine.errors import RewardsError
    from .progress import Progress

    with Progress("reading …", quiet=asked.quiet) as progress:
        read = read_asked(asked, progress, brand_needed=True)
        path = ask.ledger or read.settings.rewards.ledger
        ledger = read_ledger(path)
        progress.say(f"scoring {len(read.files.edges.people):,} people …")
        people = _ambassadors(read, ask.half_life)
        at = time_of_round(read)
        progress.say("finding groups …")
        made = assign(
            people,
            _groups(read, ask.seed),
            ledger,
            read.settings.rewards,
            budget=ask.budget,
            holdout=ask.holdout,
            seed=ask.seed,
            at=at,
            brand=read.brand_name,
            parts=_named_tiers(read.settings),
        )
    if not ask.dry_run and made.entries.height:
        import polars as pl

        if not read_ledger(path).equals(ledger):
            raise RewardsError(f"{path}: was changed while this ran; run it again")
        write_ledger(pl.concat([ledger, made.entries]), path)
        remember_written(path, read.settings)
    if form == "text":
        written = None if ask.dry_run or made.entries.is_empty() else path
        for line in assignment_lines(made, read.settings.rewards, written, style_of(sys.stdout)):
            click.echo(line)
    else:
        _print_entries(made.entries, assignment_document(made), form)
    return read.rejected


def show_measured(
    asked: Asked, ledger: Path | None, horizon: str | None, seed: int, form: str
) -> int:
    """Measure the rounds, print their effects; return how many rows were rejected."""
    from datetime import timedelta

    from ..engine.advice.reports.json_text import json_text
    from ..engine.community.rewards.ledger import read_ledger
    from ..engine.community.rewards.measuring import measure_rewards, named_acts
    from ..engine.community.rewards.reports import measured_document, measured_lines
    from ..engine.settings_community import days
    from .progress import Progress

    with Progress("reading …", quiet=asked.quiet) as progress:
        read = read_asked(asked, progress, brand_needed=True)
        rewards = read.settings.rewards
        entries = read_ledger(ledger or rewards.ledger, needed=True)
        asked_days = timedelta(days=days(horizon, "--horizon")) if horizon else rewards.horizon
        found = measure_rewards(
            named_acts(read.files.edges), entries, brand=read.brand, horizon=asked_days, seed=seed
        )
    if form == "json":
        click.echo(json_text(measured_document(found), indent=2))
    else:
        click.echo("\n".join(measured_lines(found)))
    return read.rejected


def show_message(
    person: str, brand: str | None, ledger: Path | None, config: Path | None, form: str
) -> None:
    """Print the draft of a thank-you."""
    from ..engine.advice.reports.json_text import json_text
    from ..engine.community.rewards.ledger import read_ledger
    from ..engine.community.rewards.message import thank_you
    from ..engine.community.rewards.reports import message_document, message_lines

    settings = settings_from(config)
    entries = read_ledger(ledger or settings.rewards.ledger, needed=True)
    if not (brand or settings.brand.name or settings.brand.handles):
        raise click.UsageError("say who thanks: --brand, or name in [brand] of the settings")
    who = brand or brand_name(settings)
    draft = thank_you(entries, person, settings.rewards, brand=who)
    if form == "json":
        click.echo(json_text(message_document(draft), indent=2))
    else:
        click.echo("\n".join(message_lines(draft)))


def remember_written(path: Path, settings: "Settings") -> None:
    """Remember a file with people in it, so that ``forget`` finds it."""
    from ..engine.community.privacy.people_files import remember

    remember(path, settings.rewards.ledger.absolute().parent)


def _ambassadors(read: Read, half_life: str | None) -> "pl.DataFrame":
    from ..engine.community.ranked_people import ranked_people

    return ranked_people(
        read.files,
        brand=read.brand,
        settings=read.settings,
        as_of=read.as_of,
        half_life=span(half_life),
    ).people


def _named_tiers(settings: "Settings") -> dict[str, float]:
    """Return the tiers of the ranking that the settings name themselves."""
    named = any(key.startswith("community.tiers") for key in settings.origin)
    return dict(settings.community.tiers) if named else {}


def _groups(read: Read, seed: int) -> "pl.DataFrame":
    """Return ``person``, ``group``, ``label``; the brand makes no group of those who act on it."""
    import polars as pl

    from ..engine.community.graph.groups import groups_of

    found = groups_of(read.community(left_out=read.brand), seeds=[seed])
    words = pl.col("words").list.head(3).list.join(", ")
    label = pl.when(words != "").then(pl.format("{}: {}", "group", words)).otherwise("group")
    return found.people.join(found.table.select("group", label=label.cast(pl.String)), on="group")


def _print_entries(entries: "pl.DataFrame", document: object, form: str) -> None:
    from ..engine.advice.reports.cells import guarded
    from ..engine.advice.reports.json_text import json_text
    from ..engine.community.rewards.ledger import ledger_lines

    if form == "json":
        click.echo(json_text(document, indent=2))
    elif form == "jsonl":
        for line in ledger_lines(entries):
            click.echo(line)
    else:
        click.echo(guarded(entries).write_csv(line_terminator="\n"), nl=False)
