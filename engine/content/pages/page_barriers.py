"""What stands between a visitor and the content: overlays, paywalls, logins, insecure parts."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from .addresses import scheme_of
from .markup import Element, Markup
from .page_marks import PageMarks, load_page_marks

LEAST_WORDS = 25
"""A page with fewer words as served has its content made by scripts, if it has any."""

_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_FIXED = re.compile(r"position\s*:\s*(fixed|sticky)", re.I)
_ON_LOAD = re.compile(r"alert\s*\(|modal|popup", re.I)
_SHOWN = 40


def barrier_measures(markup: Markup, not_free: bool) -> dict[str, Any]:
    """Return the measures of barriers; ``not_free``: the structured data say so."""
    marks = load_page_marks()
    scripts = [one.get("src").lower() for one in markup.named("script", "iframe") if one.get("src")]
    words = markup.words(LEAST_WORDS)
    count = len(markup.elements.get("script", ()))
    return {
        "noscript_needed": words < LEAST_WORDS and count > 0,
        "insecure_parts": sum(
            (one.attributes.get("src") or "")[:7].lower() == "http://"
            for tag in markup.elements
            for one in markup.elements[tag]
        ),
        "refresh": any(
            "http-equiv" in one.attributes
            and one.get("http-equiv").lower() == "refresh"
            and "url" in one.get("content").lower()
            for one in markup.named("meta")
        ),
        "overlays": list(dict.fromkeys(_overlays(markup, scripts, marks))),
        "paywall": not_free or _has_paywall(markup, scripts, marks),
        "paywall_declared": not_free,
        "logins": sum(one.get("type").lower() == "password" for one in markup.named("input")),
        "script_links": sum(scheme_of(one) == "javascript:" for one in _not_web(markup)),
        "images_without_alt": sum("alt" not in one.attributes for one in markup.named("img")),
        "players": len(markup.elements.get("video", ()))
        + len(markup.elements.get("audio", ()))
        + sum(any(part in one for part in marks.player_parts) for one in scripts),
    }


def _not_web(markup: Markup) -> list[str]:
    """Return the addresses with a scheme that is surely not http or https."""
    return [address for address, _ in markup.links if address[:4] != "http" and ":" in address]


def _overlays(markup: Markup, scripts: list[str], marks: PageMarks) -> Iterator[str]:
    for one in markup.named("dialog"):
        if "open" in one.attributes:
            yield _name(one)
    if not markup.signs.isdisjoint(("aria-modal", "fixed")):
        for one in markup.matching('[aria-modal="true" i],[style*="fixed" i]'):
            if _is_overlay(one, marks) and _is_shown(one, marks):
                yield _name(one)
    for script in scripts:
        yield from (f"a script of {part}" for part in marks.overlay_scripts if part in script)
    if ".showmodal()" in markup.signs:
        yield "a script that opens a dialog"
    for body in markup.named("body"):
        if _ON_LOAD.search(body.get("onload")):
            yield "a script that runs on arrival"


def _is_overlay(element: Element, marks: PageMarks) -> bool:
    named = f"{element.get('class')} {element.get('id')}".lower()
    return any(word in named for word in marks.overlay_words)


def _is_shown(element: Element, marks: PageMarks) -> bool:
    """Return whether an overlay is seen on arrival: it has a fixed place, or is marked as open."""
    style = element.get("style")
    if "hidden" in element.attributes or element.get("aria-hidden") == "true":
        return False
    if _HIDDEN.search(style) or element.tag in ("link", "script", "style", "a", "button", "body"):
        return False
    classes = element.get("class").lower().split()
    marked = not set(classes).isdisjoint(marks.overlay_open)
    return bool(_FIXED.search(style)) or marked


def _has_paywall(markup: Markup, scripts: list[str], marks: PageMarks) -> bool:
    if any(part in script for script in scripts for part in marks.paywall_scripts):
        return True
    tiers = [
        one.get("content").lower()
        for one in markup.named("meta")
        if "property" in one.attributes and one.get("property").lower() == "article:content_tier"
    ]
    if any(tier in ("locked", "metered") for tier in tiers):
        return True
    words = [word for word in marks.paywall_words if word in markup.signs]
    return bool(words) and bool(markup.matching(_selector(words)))


def _selector(words: Iterable[str]) -> str:
    return ",".join(f'[{name}*="{word}" i]' for word in words for name in ("class", "id"))


def _name(element: Element) -> str:
    shown = element.get("id") or element.get("class").partition(" ")[0]
    return f"<{element.tag}{f' {shown[:_SHOWN]}' if shown else ''}>"
