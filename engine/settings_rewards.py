"""The table ``[rewards]`` of the settings: tiers, their costs, and the rules of giving."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from .errors import SettingsError
from .settings_community import days
from .settings_praise import refuse_praise
from .settings_values import number, one_of, only_keys, table, text, texts

DUTIES = ("us", "uk")


@dataclass(frozen=True)
class Tier:
    """One kind of reward; one named as in ``[community.tiers]`` is for those who reached that.

    ``cost`` is what one costs, in the currency of the budget; ``places`` how many may be given
    in one round, None for no bound; ``least_score`` the score (0 to 100) that it takes.
    """

    name: str
    cost: float
    gift: str
    places: int | None = None
    least_score: float = 0.0


THANKS = Tier("thank-you", 1.0, "a thank-you")
"""What is given where the settings name no tier: one unit of the budget each."""


@dataclass(frozen=True)
class Rewards:
    """How rewards are given.

    Attributes
    ----------
    tiers : the dearest first
    currency : what costs and budget are counted in, None where that is left open
    cool_down : nobody is rewarded again within it
    horizon : how long what people did after a reward is watched; the held out wait as long
    quota : the largest share of the rewards that may go to one group of the community
    duties : whose disclosure wording is due: ``us`` (FTC), ``uk`` (ASA)
    condition : what a person must fulfil, in words; never praise
    ledger : the file that all rewards are written to
    """

    tiers: tuple[Tier, ...] = (THANKS,)
    currency: str | None = None
    cool_down: timedelta = timedelta(days=90)
    horizon: timedelta = timedelta(days=30)
    quota: float = 0.25
    duties: tuple[str, ...] = DUTIES
    condition: str | None = None
    ledger: Path = Path("rewards.jsonl")


def rewards_from_table(value: object, where: str, folder: Path | None = None) -> Rewards:
    """Return the rewards settings that a table says, checked.

    ``folder`` is the one that the ledger is named from, None for the working folder.

    Raises
    ------
    SettingsError
        A key or value is wrong, or a reward depends on praise, which the law forbids.
    """
    data = table(value, where)
    refuse_praise(data, where)
    only_keys(data, Rewards.__dataclass_fields__, where)
    read: dict[str, Any] = {}
    for key in ("currency", "condition"):
        if key in data:
            read[key] = text(data[key], f"{where}.{key}")
    for key in ("cool_down", "horizon"):
        if key in data:
            read[key] = timedelta(days=days(data[key], f"{where}.{key}"))
    if "quota" in data:
        read["quota"] = share(data["quota"], f"{where}.quota")
    if "duties" in data:
        named = texts(data["duties"], f"{where}.duties")
        read["duties"] = tuple(one_of(name.lower(), DUTIES, f"{where}.duties") for name in named)
    if "tiers" in data:
        read["tiers"] = _tiers(table(data["tiers"], f"{where}.tiers"), f"{where}.tiers")
    ledger = text(data.get("ledger", str(Rewards.ledger)), f"{where}.ledger")
    return Rewards(**read, ledger=(folder or Path()) / Path(ledger).expanduser())


def share(value: object, where: str) -> float:
    """Return a share above 0, up to 1."""
    found = number(value, where)
    if not 0 < found <= 1 or isinstance(value, bool):
        raise SettingsError(f"{where}: {value} is no share; allowed: above 0 up to 1, such as 0.25")
    return found


def _tiers(data: Mapping[str, Any], where: str) -> tuple[Tier, ...]:
    tiers = [
        _tier(name, table(one, f"{where}.{name}"), f"{where}.{name}") for name, one in data.items()
    ]
    if not tiers:
        raise SettingsError(f"{where}: no tier; write e.g. [rewards.tiers.gold] with a cost")
    return tuple(sorted(tiers, key=lambda tier: -tier.cost))


def _tier(name: str, data: Mapping[str, Any], where: str) -> Tier:
    only_keys(data, ("cost", "gift", "places", "least_score"), where)
    if "cost" not in data:
        raise SettingsError(f"{where}: no cost")
    cost = number(data["cost"], f"{where}.cost")
    if cost <= 0 or isinstance(data["cost"], bool):
        raise SettingsError(f"{where}.cost: {data['cost']} is no cost; allowed: above 0")
    return Tier(
        name=text(name, where),
        cost=cost,
        gift=text(data.get("gift", name), f"{where}.gift"),
        places=_places(data["places"], f"{where}.places") if "places" in data else None,
        least_score=_score(data.get("least_score", 0), f"{where}.least_score"),
    )


def _places(value: object, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise SettingsError(f"{where}: {str(value)[:60]} is no whole number of 1 or more")
    return value


def _score(value: object, where: str) -> float:
    found = number(value, where)
    if found > 100:
        raise SettingsError(f"{where}: {found:g} is no score; allowed: 0 to 100")
    return found
