"""What a page says of itself in its head: titles, descriptions, Open Graph, card tags, robots."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .addresses import is_secure, is_web, joined, page_key, tidied
from .markup import Element, Markup

CARD_TYPES = ("summary", "summary_large_image", "app", "player")
_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*")
_SHARED = ("og:", "twitter:", "article:", "fediverse:")


@dataclass(frozen=True, slots=True)
class Tags:
    """The meta tags by lower-case name, and where Open Graph stands in the wrong attribute."""

    values: Mapping[str, tuple[str, ...]]
    misplaced: tuple[str, ...]
    empty: tuple[str, ...]

    def all(self, name: str) -> tuple[str, ...]:
        """Return every value of a tag that is not blank."""
        return self.values.get(name, ())

    def first(self, *names: str) -> str:
        """Return the first value of the first of these tags that has one, "" where none has."""
        return next((self.values[name][0] for name in names if name in self.values), "")


def tags_of(markup: Markup) -> Tags:
    """Return the meta tags; ``property`` and ``name`` are both read, as crawlers do."""
    values: dict[str, list[str]] = {}
    misplaced: list[str] = []
    empty: list[str] = []
    for element in markup.named("meta"):
        by_property, by_name = element.get("property").lower(), element.get("name").lower()
        names = [by_property] if by_property else []
        if by_name and by_name != by_property:
            names.append(by_name)
        content = " ".join((element.attributes.get("content") or "").split()) if names else ""
        for name in names:
            if content:
                values.setdefault(name, []).append(content)
            elif name.startswith(_SHARED):
                empty.append(name)
        if by_name.startswith("og:") and not by_property:
            misplaced.append(by_name)
    return Tags(
        {name: tuple(some) for name, some in values.items()},
        tuple(dict.fromkeys(misplaced)),
        tuple(dict.fromkeys(empty)),
    )


def head_measures(markup: Markup, tags: Tags, base: str) -> dict[str, Any]:
    """Return the measures of what stands in the head; ``base`` is the base address, or ""."""
    titles = [one for one in markup.named("title") if not one.in_picture]
    title = titles[0].text if titles else ""
    canonicals = [tidied(one.get("href")) for one in _links(markup, "canonical") if one.get("href")]
    canonical = canonicals[0] if canonicals else ""
    og_url = tidied(tags.first("og:url"))
    full = joined(base, canonical)
    address = next((one for one in (full, og_url, base) if is_web(one)), "")
    language = next((one.get("lang") for one in markup.named("html")), "")
    shared_title = tags.first("og:title") or title
    description = tags.first("description")
    shared_description = tags.first("og:description") or description
    oembeds = [tidied(one.get("href")) for one in _links(markup, "alternate")
               if "oembed" in one.get("type").lower()]  # fmt: skip
    return {
        "title": title or None,
        "titles": sum(bool(one.text) for one in titles),
        "title_length": len(title),
        "description": description or None,
        "descriptions": len(tags.all("description")),
        "shared_title": shared_title or None,
        "shared_title_length": len(shared_title),
        "shared_description": shared_description or None,
        "shared_description_length": len(shared_description),
        "scripts": len(markup.elements.get("script", ())),
        "language": language or None,
        "language_named": _LANGUAGE.fullmatch(language) is not None,
        "address": address or None,
        "canonical": canonical or None,
        "canonicals": len(canonicals),
        "canonicals_differ": len(canonicals) > 1 and _differ(joined(base, c) for c in canonicals),
        "canonical_complete": is_web(canonical) if canonical else None,
        "https": is_secure(address) if address else None,
        "og_titles": len(tags.all("og:title")),
        "og_titles_differ": _differ(tags.all("og:title")),
        "og_descriptions": len(tags.all("og:description")),
        "og_types": len(tags.all("og:type")),
        "og_urls": len(tags.all("og:url")),
        "og_url": og_url or None,
        "og_url_complete": is_web(og_url) if og_url else None,
        "og_url_matches": _match(full, og_url),
        "og_site_names": len(tags.all("og:site_name")),
        "og_in_name": list(tags.misplaced),
        "og_empty": list(tags.empty),
        "oembeds": len(oembeds),
        "oembed_complete": all(map(is_web, oembeds)) if oembeds else None,
        **_robots(tags),
        **_viewport(tags),
    }


def base_of(markup: Markup) -> str:
    """Return the base address that the page names, "" for none."""
    found = next((tidied(one.get("href")) for one in markup.named("base") if one.get("href")), "")
    return found if is_web(found) else ""


def _links(markup: Markup, relation: str) -> Iterable[Element]:
    return (one for one in markup.named("link") if relation in one.get("rel").lower().split())


def _differ(values: Iterable[str]) -> bool:
    return len(set(values)) > 1


def _match(canonical: str, og_url: str) -> bool | None:
    if not is_web(canonical) or not is_web(og_url):
        return None
    if canonical == og_url:
        return True
    return page_key(canonical) == page_key(og_url) and is_secure(canonical) == is_secure(og_url)


def _robots(tags: Tags) -> dict[str, bool]:
    rules = {
        re.sub(r"\s", "", rule)
        for name in ("robots", "googlebot", "bingbot")
        for value in tags.all(name)
        for rule in value.lower().split(",")
    }
    hidden = {"nosnippet", "max-snippet:0", "max-image-preview:none", "noimageindex"}
    return {"noindex": bool(rules & {"noindex", "none"}), "nosnippet": bool(rules & hidden)}


def _viewport(tags: Tags) -> dict[str, Any]:
    """Return the viewport's measures; zoom counts as blocked below 2 (WCAG 2.2, 1.4.4)."""
    viewports = tags.all("viewport")
    if not viewports:
        return {"viewports": 0, "viewport_fits": None, "zoom_blocked": None}
    pairs = [part.partition("=") for part in re.split(r"[,;]", viewports[-1].lower())]
    values = {name.strip(): value.strip() for name, _, value in pairs}
    try:
        most = float(values.get("maximum-scale", "10"))
    except ValueError:
        most = 10.0
    return {
        "viewports": len(viewports),
        "viewport_fits": values.get("width") == "device-width" or "initial-scale" in values,
        "zoom_blocked": values.get("user-scalable") in ("no", "0") or most < 2,
    }
