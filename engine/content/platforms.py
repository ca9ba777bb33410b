"""The platforms as data: load them, find a limit's fact, put an account's own limits in."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from ..errors import PlatformError
from .facts import Fact, Source
from .limit_names import LIMIT_NAMES, LIMIT_UNITS
from .platform import COUNTS, Limit, Platform, PostForm
from .platform_files import RULES, read_file
from .platform_names import PLATFORM_IDS, TOPIC_IDS, platform_named, platform_names
from .platform_reading import limits_of, read_platform, read_platform_facts, read_topic

__all__ = [
    "COUNTS",
    "LIMIT_NAMES",
    "LIMIT_UNITS",
    "PLATFORM_IDS",
    "TOPIC_IDS",
    "Fact",
    "Limit",
    "Platform",
    "PostForm",
    "Source",
    "find_fact",
    "load_platforms",
    "load_topics",
    "platform_named",
    "platform_names",
    "with_account_limits",
]


def load_platforms(
    names: Iterable[str] | None = None, *, extra_dirs: Iterable[str | Path] = ()
) -> dict[str, Platform]:
    """Return platforms by id, in the order asked for; all eleven by default.

    A file ``<platform>.yaml`` in one of ``extra_dirs`` has the keys ``platform`` and ``facts``;
    its facts replace ours of the same id and add to them, later folders last. Only the files of
    the platforms asked for are read, each once a process.

    Raises
    ------
    PlatformError
        An unknown platform, or a data file that is wrong, with its line.
    """
    wanted = PLATFORM_IDS if names is None else [platform_named(name) for name in names]
    folders = tuple(Path(folder) for folder in extra_dirs)
    return {name: _platform(name, folders) for name in wanted}


def load_topics() -> dict[str, Mapping[str, Fact]]:
    """Return the facts that belong to no platform, by topic and then by fact id."""
    return {name: _topic(name) for name in TOPIC_IDS}


def find_fact(reference: str, platform: Platform | None = None) -> Fact | None:
    """Return the fact that a rule cites.

    ``limit.<name>`` is the fact behind that limit of ``platform``: None where the platform has
    no such limit or the account brought its own. Anything else is ``<owner>.<fact id>``.

    Raises
    ------
    PlatformError
        No limit, platform, topic or fact has that name.
    """
    owner, _, rest = reference.partition(".")
    if owner == "limit":
        _known_limit(rest)
        limit = platform.limits.get(rest) if platform is not None else None
        return None if limit is None else limit.fact
    if platform is not None and owner == platform.id:
        facts = platform.facts
    elif owner in PLATFORM_IDS:
        facts = _platform(owner, ()).facts
    elif owner in TOPIC_IDS:
        facts = _topic(owner)
    else:
        allowed = ", ".join(("limit", *PLATFORM_IDS, *TOPIC_IDS))
        raise PlatformError(f"{reference}: {owner!r} is no platform or topic; allowed: {allowed}")
    if rest not in facts:
        raise PlatformError(f"{reference}: {owner} has no fact {rest!r}")
    return facts[rest]


def with_account_limits(platform: Platform, limits: Mapping[str, float]) -> Platform:
    """Return the platform as one account meets it: ``limits`` replace the platform's own.

    Raises
    ------
    PlatformError
        A limit with a name that is not in `LIMIT_NAMES`.
    """
    own = {_known_limit(name): Limit(name, value, None) for name, value in limits.items()}
    return replace(platform, limits={**platform.limits, **own})


def _known_limit(name: str) -> str:
    if name not in LIMIT_UNITS:
        raise PlatformError(f"{name!r} is no limit; allowed: {', '.join(LIMIT_NAMES)}")
    return name


@cache
def _platform(name: str, folders: tuple[Path, ...]) -> Platform:
    if not folders:
        path = RULES / "platforms" / f"{name}.yaml"
        return read_file(path, lambda data: read_platform(data, name))
    platform = _platform(name, folders[:-1])
    path = folders[-1] / f"{name}.yaml"
    if not path.is_file():
        return platform
    return read_file(path, lambda data: _with_facts(platform, read_platform_facts(data, name)))


def _with_facts(platform: Platform, more: Mapping[str, Fact]) -> Platform:
    facts = {**platform.facts, **more}
    return replace(platform, facts=facts, limits=limits_of(facts))


@cache
def _topic(name: str) -> Mapping[str, Fact]:
    return read_file(RULES / "topics" / f"{name}.yaml", lambda data: read_topic(data, name))
