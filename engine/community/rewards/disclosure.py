"""What a rewarded person must disclose, by whose law, in which words, and who says so."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ...content.facts import Fact
from ...content.platforms import find_fact
from ...content.safe_yaml import load_yaml

FILE = Path(__file__).parents[3] / "rules" / "rewards" / "disclosure.yaml"


@dataclass(frozen=True)
class Duty:
    """What one country's law asks; ``wording`` are words that do, ``not_enough`` some that don't.

    ``facts`` are what it rests on, each with its source.
    """

    country: str
    authority: str
    say: str
    wording: tuple[str, ...]
    not_enough: tuple[str, ...]
    facts: tuple[Fact, ...]


def duties_of(names: Sequence[str], *, brand: str, gift: str) -> tuple[Duty, ...]:
    """Return the duties called ``names`` (``us``, ``uk``), with the brand and gift filled in."""
    filled = {"brand": brand, "gift": gift}
    known = disclosure_data()["duties"]
    return tuple(_duty(known[name], filled) for name in names)


def duty_line(duties: Sequence[Duty]) -> str:
    """Return the duties in one line, as the ledger keeps them."""
    return " ".join(f"{duty.authority}: {duty.say}" for duty in duties)


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return ``text`` with each ``{name}`` replaced; braces inside the values stay as they are."""
    parts = []
    for number, part in enumerate(text.split("{")):
        name, brace, rest = part.partition("}")
        if number == 0 or not brace or name not in values:
            parts.append(part if number == 0 else "{" + part)
        else:
            parts.append(values[name] + rest)
    return "".join(parts)


@cache
def disclosure_data() -> dict[str, Any]:
    """Return what ``rules/rewards/disclosure.yaml`` says."""
    data: dict[str, Any] = load_yaml(FILE.read_text(encoding="utf-8"))
    return data


def _duty(data: Mapping[str, Any], values: Mapping[str, str]) -> Duty:
    facts = [find_fact(f"legal.{name}") for name in data["facts"]]
    return Duty(
        country=data["name"],
        authority=data["authority"],
        say=filled(data["say"], values),
        wording=tuple(filled(text, values) for text in data["wording"]),
        not_enough=tuple(filled(text, values) for text in data["not_enough"]),
        facts=tuple(fact for fact in facts if fact is not None),
    )
