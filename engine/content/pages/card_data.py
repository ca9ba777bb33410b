"""How each platform draws a link's card, from ``rules/pages/cards.yaml``; checked on loading."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from ..fact_reading import WrongData, mapping, one_of, only_keys
from ..platform_files import RULES, read_file
from ..platform_names import PLATFORM_IDS

FILE = RULES / "pages" / "cards.yaml"
TAGS = {
    "twitter:title": "x_title",
    "og:title": "og_title",
    "title": "title",
    "twitter:description": "x_description",
    "og:description": "og_description",
    "description": "description",
    "twitter:image": "x_image",
    "og:image": "image",
}
"""The tags that a card can read, with the column of a page that holds each."""
PARTS = ("title", "description", "image")
SHOWN = ("title", "description", "site")


@dataclass(frozen=True, slots=True)
class CardForm:
    """One platform's card.

    ``title``, ``description`` and ``image`` are columns of a page, the first that is known
    counts. The picture is large unless ``always_small``, narrower than ``small_below`` pixels,
    or ``large_if``, a twitter:card type, is not the page's. ``shows`` orders the texts.
    """

    title: tuple[str, ...]
    description: tuple[str, ...]
    image: tuple[str, ...]
    shows: tuple[str, ...]
    small_below: int = 0
    large_if: str | None = None
    always_small: bool = False


@cache
def load_card_forms() -> Mapping[str, CardForm | None]:
    """Return the form of each platform's card, None for one that draws none.

    Raises
    ------
    PlatformError
        The file is wrong, with its line.
    """
    return read_file(FILE, _forms)


def _forms(data: dict[str, Any]) -> dict[str, CardForm | None]:
    only_keys(data, ("cards",), ())
    cards = mapping(data.get("cards"), ("cards",))
    only_keys(cards, PLATFORM_IDS, ("cards",))
    for platform in PLATFORM_IDS:
        if platform not in cards:
            raise WrongData(("cards",), f"no {platform}")
    return {
        name: None if card is None else _form(mapping(card, ("cards", name)), ("cards", name))
        for name, card in cards.items()
    }


def _form(card: Mapping[str, Any], path: tuple[str | int, ...]) -> CardForm:
    only_keys(card, ("reads", "small_below", "large_if", "always_small", "shows"), path)
    reads = mapping(card.get("reads"), (*path, "reads"))
    only_keys(reads, PARTS, (*path, "reads"))
    columns = {
        part: tuple(TAGS[one_of(tag, TAGS, (*path, "reads", part))] for tag in reads[part])
        for part in PARTS
    }
    small = card.get("small_below", 0)
    if type(small) is not int or small < 0:
        raise WrongData((*path, "small_below"), f"{small!r} is no width in pixels")
    return CardForm(
        **columns,
        shows=tuple(one_of(one, SHOWN, (*path, "shows")) for one in card.get("shows", ())),
        small_below=small,
        large_if=card.get("large_if"),
        always_small=card.get("always_small") is True,
    )
