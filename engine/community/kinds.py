"""The kinds of interaction: their names in several languages and what each counts, as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ..content.reading.plain_name import plain_name
from ..content.safe_yaml import load_yaml
from ..errors import CommunityError

FILE = Path(__file__).parent / "kinds.yaml"
OTHER = "other"
_KEYS = {"weight", "words", "aliases", "written", "negative"}


@dataclass(frozen=True)
class Kind:
    """One kind: ``weight`` towards loyalty, ``words`` for one and several.

    ``written`` kinds are parts of one written post; ``negative`` ones say displeasure.
    """

    id: str
    code: int
    weight: float
    words: tuple[str, str]
    written: bool = False
    negative: bool = False

    def counted(self, number: int) -> str:
        """Return the number with the word that fits it: ``1 share``, ``2 shares``."""
        return f"{number:,} {self.words[number != 1]}"


@cache
def kinds() -> Mapping[str, Kind]:
    """Return every kind by its id, in the order of its code."""
    return _read(load_yaml(FILE.read_text(encoding="utf-8")), str(FILE))[0]


@cache
def kind_names() -> Mapping[str, str]:
    """Return the accepted names of kinds, as `kind_key` writes them, → kind id."""
    return _read(load_yaml(FILE.read_text(encoding="utf-8")), str(FILE))[1]


def kind_key(name: str) -> str:
    """Return a kind's name without case, spaces and punctuation: ``retweet`` for "Re-Tweet"."""
    return plain_name(name.replace("+1", "plus one")).replace("_", "")


def _read(data: Any, where: str) -> tuple[dict[str, Kind], dict[str, str]]:
    found: dict[str, Kind] = {}
    names: dict[str, str] = {}
    for code, (name, entry) in enumerate(data["kinds"].items()):
        unknown = set(entry) - _KEYS
        if unknown:
            raise CommunityError(f"{where}: {name}: unknown key {min(unknown)!r}")
        one, several = entry["words"]
        written, negative = entry.get("written", False), entry.get("negative", False)
        found[name] = Kind(name, code, float(entry["weight"]), (one, several), written, negative)
        for alias in (name, *(word for group in entry["aliases"] for word in group)):
            key = kind_key(str(alias))
            if names.setdefault(key, name) != name:
                raise CommunityError(f"{where}: {alias!r} is both {names[key]} and {name}")
    return found, names
