"""Refuse settings under which a reward depends on praise, naming who forbids it."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from .errors import SettingsError

FILE = Path(__file__).parents[1] / "rules" / "rewards" / "praise.yaml"
_FREE = ("gift", "currency", "ledger")
_OFF = (False, None, "", "no", "none", "never", "off", "false", "any", 0)
_BREAKS = re.compile(r"[\W_]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True)
class Praise:
    """What shows that praise is asked for; ``source`` is the fact that forbids it."""

    keys: frozenset[str]
    words: re.Pattern[str]
    bought: tuple[re.Pattern[str], ...]
    source: str


def refuse_praise(data: Mapping[str, Any], where: str) -> None:
    """Raise when a table of settings makes a reward depend on what a person says.

    Raises
    ------
    SettingsError
        It does; the message names the key, the rule broken and the rule's source.
    """
    for path, value in _leaves(data):
        asks = _what_asks(path, value)
        if asks is not None:
            raise SettingsError(f"{where}.{'.'.join(path)}: {asks}. {_why()}")


def _what_asks(path: tuple[str, ...], value: object) -> str | None:
    praise = _praise()
    key = path[-1]
    named = path[:1] + path[2:] if path[0] == "tiers" else path
    words = [word for part in named for word in _plain(_CAMEL.sub(" ", part)).split()]
    off = value in _OFF if not isinstance(value, str) else value.strip().lower() in _OFF
    if not off and praise.keys.intersection(words):
        return "this key makes a reward depend on praise"
    if not isinstance(value, str):
        return None
    found = None
    text = _plain(value)
    if key not in _FREE:
        found = praise.words.search(text)
    for pattern in praise.bought:
        found = found or pattern.search(text)
    return None if found is None else f"{found[0].strip()!r} makes a reward depend on praise"


def _why() -> str:
    from .content.platforms import find_fact

    fact = find_fact(_praise().source)
    assert fact is not None  # noqa: S101 - a test holds the file against the facts
    page = fact.source
    return (
        f"{fact.statement} ({fact.value}; {page.title}, {page.year}, {page.address}). "
        "Reward what people do for others, whatever they say of you"
    )


@cache
def _praise() -> Praise:
    from .content.safe_yaml import load_yaml

    data = load_yaml(FILE.read_text(encoding="utf-8"))
    words = sorted({_plain(word) for some in data["words"].values() for word in some})
    return Praise(
        keys=frozenset(data["keys"]),
        words=re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b"),
        bought=tuple(re.compile(pattern) for pattern in data["bought"]),
        source=data["source"],
    )


def _plain(text: str) -> str:
    """Return ``text`` in lower case, without accents and marks, its words parted by one space."""
    parts = unicodedata.normalize("NFKD", text[:10_000])
    letters = "".join(letter for letter in parts if not unicodedata.combining(letter))
    return _BREAKS.sub(" ", letters.casefold()).strip()


def _leaves(data: object, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], object]]:
    """Yield every value with the keys that lead to it; those in a list have the list's."""
    if isinstance(data, Mapping):
        for key, value in data.items():
            yield from _leaves(value, (*path, str(key)))
    elif isinstance(data, list):
        for value in data:
            yield from _leaves(value, path)
    else:
        yield path, data
