"""The card that each platform draws for a page, as values to show."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from ..platform import Platform
from .addresses import host_of
from .card_data import load_card_forms
from .page_measures import card_expressions


@dataclass(frozen=True, slots=True)
class Card:
    """One card; ``platforms`` draw it alike.

    ``kind`` is large, small or none: how the picture is shown; or link, where the platform
    draws no card for want of a title. ``texts`` are what is shown below
    or beside it, in order, each with its part: title, description or site.
    """

    platforms: tuple[str, ...]
    kind: str
    texts: tuple[tuple[str, str], ...]
    image: str | None = None
    size: str | None = None
    alt: str | None = None


def page_cards(pages: pl.DataFrame, platforms: Mapping[str, Platform]) -> list[tuple[Card, ...]]:
    """Return the cards of each page, those that look alike as one, in the platforms' order."""
    forms = load_card_forms()
    drawn = {name: form for name in platforms if (form := forms.get(name)) is not None}
    columns = {
        name: pages.select(
            *(one.alias(part) for part, one in card_expressions(form).items()),
            "address",
            "site_name",
            "file",
            pl.col("image_alt").alias("alt"),
        ).to_dicts()
        for name, form in drawn.items()
    }
    return [
        _merged([_card(name, columns[name][row], drawn[name].shows, platforms[name])
                 for name in drawn])
        for row in range(pages.height)
    ]  # fmt: skip


def _card(name: str, row: Mapping[str, object], shows: Sequence[str], platform: Platform) -> Card:
    if not row["title"]:
        return Card((name,), "link", (("site", str(row["address"] or row["file"])),))
    host = host_of(str(row["address"] or "")) or str(row["site_name"] or "") or str(row["file"])
    parts = {
        "title": _cut(row["title"], platform, "card_title"),
        "description": _cut(row["description"], platform, "card_description"),
        "site": host,
    }
    width, height = row["image_width"], row["image_height"]
    return Card(
        platforms=(name,),
        kind=str(row["kind"]),
        texts=tuple((part, parts[part]) for part in shows if parts[part]),
        image=str(row["image"]) if row["image"] else None,
        size=f"{width}×{height}" if width and height else None,
        alt=str(row["alt"]) if row["alt"] else None,
    )


def _cut(text: object, platform: Platform, limit: str) -> str:
    """Return the text as the platform cuts it, with an ellipsis where it does."""
    words = str(text or "")
    most = platform.limits.get(limit)
    if most is None or len(words) <= most.value:
        return words
    return words[: int(most.value) - 1].rstrip() + "…"


def _merged(cards: Sequence[Card]) -> tuple[Card, ...]:
    alike: dict[tuple[object, ...], list[Card]] = {}
    for card in cards:
        key = (card.kind, card.texts, card.image, card.size, card.alt)
        alike.setdefault(key, []).append(card)
    return tuple(
        Card(tuple(one.platforms[0] for one in some), some[0].kind, some[0].texts, some[0].image,
             some[0].size, some[0].alt)
        for some in alike.values()
    )  # fmt: skip
