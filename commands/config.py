"""``sharewise config``: which settings are in force, and where each comes from."""

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .options import config_option, format_option, settings_from

if TYPE_CHECKING:
    from ..engine.settings import Settings
    from ..engine.settings_rewards import Rewards


@click.command()
@format_option("text", "json", default="text")
@config_option
def config(form: str, config: Path | None) -> None:
    """Print the settings and where they come from.

    The nearest sharewise.toml, or [tool.sharewise] in pyproject.toml, from this folder upward
    holds; SHAREWISE_CONFIG or --config name another file.

    \b
    Example:
      sharewise config
    """
    from ..engine.advice.reports.json_text import json_text
    from ..engine.advice.reports.plain_text import printable

    values = dict(_values(settings := settings_from(config)))
    if form == "json":
        held = {
            key: {"value": value, "from": _origin(key, settings)} for key, value in values.items()
        }
        click.echo(json_text(held, indent=2))
        return
    columns = max(map(len, values))
    shown = {key: printable(json_text(value)) for key, value in values.items()}
    widest = min(60, max(map(len, shown.values())))
    for key, value in shown.items():
        click.echo(f"{key:<{columns}}  {value:<{widest}}  {printable(_origin(key, settings))}")


def _values(settings: "Settings") -> list[tuple[str, Any]]:
    values: list[tuple[str, Any]] = [
        ("brand.name", settings.brand.name),
        ("brand.handles", list(settings.brand.handles)),
        ("brand.domains", list(settings.brand.domains)),
        ("employees", list(settings.employees)),
        ("competitors", list(settings.competitors)),
        ("utm.source", settings.utm.source),
        ("utm.medium", settings.utm.medium),
        ("utm.campaign", settings.utm.campaign),
        ("timezone", settings.timezone),
        ("platforms", list(settings.platforms)),
        ("packs", [str(pack) for pack in settings.packs]),
        ("ignore", list(settings.ignore)),
        ("engagement", settings.engagement),
    ]
    values += _rewards(settings.rewards)
    chosen = settings.community
    values += [
        ("community.half_life", chosen.half_life),
        ("community.opted_out", list(chosen.opted_out)),
        ("community.consent", None if chosen.consent is None else list(chosen.consent)),
        ("community.allow", list(chosen.allow)),
    ]
    values += [(f"community.tiers.{name}", part) for name, part in chosen.tiers.items()]
    values += [(f"community.gates.{name}", limit) for name, limit in chosen.gates.items()]
    values += [(f"severities.{rule}", level) for rule, level in settings.severities.items()]
    for name, account in settings.accounts.items():
        values.append((f"accounts.{name}.platform", account.platform))
        if account.timezone is not None:
            values.append((f"accounts.{name}.timezone", account.timezone))
        for limit, value in account.limits.items():
            whole = int(value) if value.is_integer() else value
            values.append((f"accounts.{name}.limits.{limit}", whole))
    return values


def _rewards(rewards: "Rewards") -> list[tuple[str, Any]]:
    """Return what is set of the rewards; times in days."""
    values: list[tuple[str, Any]] = []
    for tier in rewards.tiers:
        held = {"cost": tier.cost, "gift": tier.gift}
        held |= {"places": tier.places, "least_score": tier.least_score}
        values += [(f"rewards.tiers.{tier.name}.{key}", value) for key, value in held.items()]
    values += [
        ("rewards.currency", rewards.currency),
        ("rewards.cool_down", f"{rewards.cool_down / timedelta(days=1):g}d"),
        ("rewards.horizon", f"{rewards.horizon / timedelta(days=1):g}d"),
        ("rewards.quota", rewards.quota),
        ("rewards.duties", list(rewards.duties)),
        ("rewards.condition", rewards.condition),
        ("rewards.ledger", str(rewards.ledger)),
    ]
    return values


def _origin(key: str, settings: "Settings") -> str:
    return settings.origin.get(key, "default")
