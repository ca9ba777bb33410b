"""The settings: who the brand is, its accounts and their limits, which rules apply.

They stand in ``sharewise.toml``, or in ``[tool.sharewise]`` of ``pyproject.toml``; the nearest
one, from the working folder upward, holds alone. ``SHAREWISE_CONFIG`` names another file.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from .content.limit_names import LIMIT_NAMES
from .content.platform_names import platform_named
from .errors import PlatformError, SettingsError
from .settings_community import CommunitySettings, community_from
from .settings_rewards import Rewards, rewards_from_table
from .settings_values import number, one_of, only_keys, table, text, texts, zone

FILE_NAME = "sharewise.toml"
VARIABLE = "SHAREWISE_CONFIG"
SEVERITIES = ("error", "warning", "suggestion", "off")
DEFAULT = "default"
MAX_BYTES = 1_000_000


@dataclass(frozen=True)
class Brand:
    """Who posts: ``handles`` are its account names, ``domains`` its own sites."""

    name: str | None = None
    handles: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()


@dataclass(frozen=True)
class Account:
    """One account of the brand; ``limits`` are its own, by limit name, ``timezone`` its zone."""

    name: str
    platform: str
    limits: Mapping[str, float] = field(default_factory=dict)
    timezone: str | None = None


@dataclass(frozen=True)
class Utm:
    """The utm values of share links; a ``source`` of None is the service that is shared to."""

    source: str | None = None
    medium: str = "social"
    campaign: str = "share-button"


@dataclass(frozen=True)
class Settings:
    """What holds for a run.

    ``packs`` are folders or files of the user's own rules, ``severities`` a severity or ``off``
    by rule id, ``ignore`` rule ids or beginnings of them, ``community`` how people are ranked,
    ``engagement`` what counts as engagement: a name or weights by kind, see
    `ranking.engagement.engagement`. ``origin`` says where each key that is set comes from; a key
    that is not there has its default.
    """

    brand: Brand = Brand()
    employees: tuple[str, ...] = ()
    competitors: tuple[str, ...] = ()
    accounts: Mapping[str, Account] = field(default_factory=dict)
    timezone: str = "UTC"
    platforms: tuple[str, ...] = ()
    packs: tuple[Path, ...] = ()
    severities: Mapping[str, str] = field(default_factory=dict)
    ignore: tuple[str, ...] = ()
    community: CommunitySettings = field(default_factory=CommunitySettings)
    engagement: str | Mapping[str, float] = "all"
    utm: Utm = Utm()
    rewards: Rewards = field(default_factory=Rewards)
    origin: Mapping[str, str] = field(default_factory=dict)


def load_settings(start: Path | None = None, file: Path | None = None) -> Settings:
    """Return the settings in force.

    Parameters
    ----------
    start
        The folder from which to look upward; None: the working folder.
    file
        A settings file to read instead of looking for one; None: the one that the environment
        variable ``SHAREWISE_CONFIG`` names, else the nearest.

    Raises
    ------
    SettingsError
        The file named is not there, no file can be read as TOML, or a key or value is wrong.
    """
    named = os.environ.get(VARIABLE)
    if file is not None:
        return _from_file(Path(file), f"{file}")
    if named:
        return _from_file(Path(named), f"{named} ({VARIABLE})")
    found = find_settings(start)
    return Settings() if found is None else _from_file(found, str(found))


def find_settings(start: Path | None = None) -> Path | None:
    """Return the nearest settings file from ``start`` upward, None when there is none."""
    folder = (start or Path.cwd()).absolute()
    for place in (folder, *folder.parents):
        own = place / FILE_NAME
        if own.is_file():
            return own
        project = place / "pyproject.toml"
        if project.is_file() and b"sharewise" in _bytes(project) and _section(project) is not None:
            return project
    return None


def overriding(settings: Settings, origin: str, **changes: Any) -> Settings:
    """Return ``settings`` with ``changes`` that come from ``origin``, such as an option."""
    where = dict(settings.origin) | dict.fromkeys(changes, origin)
    return replace(settings, **changes, origin=where)


def settings_from_table(
    data: Mapping[str, Any], where: str, folder: Path | None = None, origin: str = ""
) -> Settings:
    """Return the settings that a table says, checked; ``where`` names it in errors.

    ``folder`` is the one from which packs are named, ``origin`` where the keys come from.
    """
    keys = tuple(key for key in Settings.__dataclass_fields__ if key != "origin")
    only_keys(data, keys, where)
    lists = {
        key: texts(data[key], f"{where}: {key}")
        for key in ("employees", "competitors", "ignore")
        if key in data
    }
    return Settings(
        **lists,
        brand=_brand(data.get("brand", {}), f"{where}: brand"),
        accounts=_accounts(data.get("accounts", {}), f"{where}: accounts"),
        timezone=zone(data["timezone"], f"{where}: timezone") if "timezone" in data else "UTC",
        platforms=_platforms(data.get("platforms", []), f"{where}: platforms"),
        packs=_packs(data.get("packs", []), folder or Path.cwd(), f"{where}: packs"),
        rewards=rewards_from_table(data.get("rewards", {}), f"{where}: rewards", folder),
        severities=_severities(data.get("severities", {}), f"{where}: severities"),
        community=community_from(data.get("community", {}), f"{where}: community"),
        engagement=_engagement(data.get("engagement", "all"), f"{where}: engagement"),
        utm=_utm(data.get("utm", {}), f"{where}: utm"),
        origin=dict.fromkeys(_leaves(data), origin or where),
    )


def _from_file(path: Path, origin: str) -> Settings:
    section = _section(path)
    if section is None:
        raise SettingsError(f"{path}: no table [tool.sharewise]")
    where = f"{path}" if path.name != "pyproject.toml" else f"{path}: [tool.sharewise]"
    return settings_from_table(section, where, path.absolute().parent, origin)


def _section(path: Path) -> dict[str, Any] | None:
    """Return the settings in a file; None for a pyproject.toml without any."""
    try:
        read = tomllib.loads(_bytes(path).decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path}: byte {error.start + 1} is not UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path}: not TOML: {error}") from None
    except RecursionError:
        raise SettingsError(f"{path}: nested too deep") from None
    if path.name != "pyproject.toml":
        return read
    tools = table(read.get("tool", {}), f"{path}: tool")
    return table(tools["sharewise"], f"{path}: tool.sharewise") if "sharewise" in tools else None


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as opened:
            read = opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise SettingsError(f"{path}: can't be read: {error.strerror}") from None
    if len(read) > MAX_BYTES:
        raise SettingsError(f"{path}: larger than {MAX_BYTES} bytes")
    return read


def _brand(value: object, where: str) -> Brand:
    data = table(value, where)
    only_keys(data, Brand.__dataclass_fields__, where)
    return Brand(
        name=text(data["name"], f"{where}.name") if "name" in data else None,
        handles=texts(data.get("handles", []), f"{where}.handles"),
        domains=texts(data.get("domains", []), f"{where}.domains"),
    )


def _utm(value: object, where: str) -> Utm:
    data = table(value, where)
    only_keys(data, Utm.__dataclass_fields__, where)
    return replace(Utm(), **{name: text(data[name], f"{where}.{name}") for name in data})


def _accounts(value: object, where: str) -> dict[str, Account]:
    return {
        name: _account(name, table(data, f"{where}.{name}"), f"{where}.{name}")
        for name, data in table(value, where).items()
    }


def _account(name: str, data: Mapping[str, Any], where: str) -> Account:
    only_keys(data, ("platform", "limits", "timezone"), where)
    if "platform" not in data:
        raise SettingsError(f"{where}: no platform")
    limits = table(data.get("limits", {}), f"{where}.limits")
    for limit in limits:
        if limit not in LIMIT_NAMES:
            near = " or ".join(get_close_matches(limit[:60], LIMIT_NAMES, n=3, cutoff=0.4))
            hint = f" (did you mean {near}?)" if near else ""
            raise SettingsError(
                f"{where}.limits: {limit!r} is no limit{hint}; sharewise platforms NAME lists them"
            )
    return Account(
        name=name,
        platform=_platform(text(data["platform"], f"{where}.platform"), f"{where}.platform"),
        limits={limit: number(limits[limit], f"{where}.limits.{limit}") for limit in limits},
        timezone=zone(data["timezone"], f"{where}.timezone") if "timezone" in data else None,
    )


def _platforms(value: object, where: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_platform(name, where) for name in texts(value, where)))


def _platform(name: str, where: str) -> str:
    try:
        return platform_named(name)
    except PlatformError as error:
        raise SettingsError(f"{where}: {error}") from None


def _packs(value: object, folder: Path, where: str) -> tuple[Path, ...]:
    packs = tuple(folder / Path(name).expanduser() for name in texts(value, where))
    for pack in packs:
        if not pack.exists():
            raise SettingsError(f"{where}: {pack} is not there")
    return packs


def _severities(value: object, where: str) -> dict[str, str]:
    chosen = table(value, where)
    return {rule: one_of(chosen[rule], SEVERITIES, f"{where}.{rule}") for rule in chosen}


def _engagement(value: object, where: str) -> str | dict[str, float]:
    if isinstance(value, str):
        return text(value, where)
    return {name: number(one, f"{where}.{name}") for name, one in table(value, where).items()}


def _leaves(data: Mapping[str, Any], prefix: str = "") -> list[str]:
    leaves: list[str] = []
    for key, value in data.items():
        inner = isinstance(value, dict) and value
        leaves += _leaves(value, f"{prefix}{key}.") if inner else [f"{prefix}{key}"]
    return leaves
