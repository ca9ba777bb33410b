"""What stands in a page that could fill a tag that it lacks: heading, first sentences, picture."""

from collections.abc import Mapping
from typing import Any

from .markup import Markup

LEAST, MOST = 40, 200
_LOOKED_AT = 60
_SMALLEST = 200


def fillings(markup: Markup, head: Mapping[str, Any], has_image: bool) -> dict[str, Any]:
    """Return heading, paragraph, picture and its alternative text; null where not needed.

    The paragraph is the first of `LEAST` characters or more, cut at a word to `MOST`. The
    picture is the first whose markup says that it is no icon, else the first of all.
    """
    found: dict[str, Any] = {}
    if not head["title"] or not head["og_titles"]:
        headings = (one.text for one in markup.matching("h1"))
        found["heading"] = next((text for text in headings if text), None)
    if not head["shared_description"]:
        texts = (one.text for one in markup.matching("p")[:_LOOKED_AT])
        found["paragraph"] = next((_cut(text) for text in texts if len(text) >= LEAST), None)
    if not has_image:
        images = [one for one in markup.matching("img[src]")[:_LOOKED_AT]
                  if one.get("src") and not one.get("src").startswith("data:")]  # fmt: skip
        large = [one for one in images if _side(one.get("width")) >= _SMALLEST]
        for one in (large or images)[:1]:
            found["picture"] = one.get("src")
            found["picture_alt"] = " ".join(one.get("alt").split()) or None
    return found


def _cut(text: str) -> str:
    return text if len(text) <= MOST else text[: MOST - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def _side(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
