"""One page from its bytes: every measure of it that no platform changes."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...errors import ReadError
from ..reading.cells import BadValueError
from ..reading.list_cells import parse_ignore
from .addresses import host_of, tidied
from .images import local_file
from .markup import parsed
from .page_barriers import barrier_measures
from .page_bytes import PageText, page_text
from .page_downloads import download_measures
from .page_fillings import fillings
from .page_image import image_measures
from .page_signs import Signs
from .page_tags import CARD_TYPES, Tags, base_of, head_measures, tags_of
from .parsing_cost import too_costly
from .share_links import share_measures
from .structured_data import structured_data

IGNORE = "sharewise:ignore"
"""The meta tag in which a page sets findings aside: ``PAG401: a page for members``."""


@dataclass(frozen=True, slots=True)
class PagePlace:
    """Where a page stands: its file, and the folder that is the top of its site.

    Both None for a page without a file, as from standard input: then no other file is looked at.
    """

    path: Path | None = None
    root: Path | None = None


def read_page(
    data: bytes | PageText, place: PagePlace | None = None, signs: Signs | None = None
) -> dict[str, Any]:
    """Return the measures of a page by name without prefix, what its cards need, and ``ignore``.

    ``data`` are its bytes or its text already in UTF-8, ``signs`` as in `markup.parsed`.

    ``warning`` says what in the page's own suppressions can't be read, None where all can.

    Raises
    ------
    ReadError
        The bytes are no page, or one that can't be parsed in time.
    """
    place = place or PagePlace()
    text = data if isinstance(data, PageText) else page_text(data)
    html = text.html
    costly = too_costly(html)
    if costly:
        raise ReadError(f"can't be read in time: {costly}")
    markup = parsed(html, signs)
    if not any(markup.elements.get(tag) for tag in ("html", "body")):
        raise ReadError("no HTML in it")
    tags = tags_of(markup)
    head = head_measures(markup, tags, base_of(markup))
    own = host_of(head["address"] or "")
    data_blocks = structured_data(markup, "itemtype" in markup.signs)
    ignore, warning = _ignored(tags)

    def find(address: str) -> Path | None:
        return local_file(address, place.path, place.root, bool(own) and host_of(address) == own)

    return {
        "bytes": text.bytes,
        "charset": text.declared or None,
        "charset_named": bool(text.declared),
        **head,
        **image_measures(tags, find),
        **share_measures(markup, head["address"] or ""),
        **barrier_measures(markup, data_blocks.not_free),
        **download_measures(markup, find),
        "structured": data_blocks.blocks,
        "structured_broken": data_blocks.broken,
        "structured_types": list(data_blocks.types),
        **_card_tags(tags),
        **fillings(markup, head, bool(tags.first("og:image", "twitter:image"))),
        "ignore": ignore,
        "warning": warning,
    }


def _card_tags(tags: Tags) -> dict[str, Any]:
    kind = tags.first("twitter:card").lower()
    return {
        "x_title": tags.first("twitter:title") or None,
        "x_description": tags.first("twitter:description") or None,
        "x_image": tidied(tags.first("twitter:image", "twitter:image:src")) or None,
        "card_types": len(tags.all("twitter:card")),
        "card_type": kind or None,
        "card_type_known": kind in CARD_TYPES if kind else None,
        "card_sites": len(tags.all("twitter:site")),
        "creators": len(tags.all("fediverse:creator")),
        "og_title": tags.first("og:title") or None,
        "og_description": tags.first("og:description") or None,
        "site_name": tags.first("og:site_name") or None,
        "image_alt": tags.first("og:image:alt", "twitter:image:alt") or None,
    }


def _ignored(tags: Tags) -> tuple[list[dict[str, str]] | None, str | None]:
    written = tags.all(IGNORE)
    if not written:
        return None, None
    try:
        return parse_ignore("; ".join(written)), None
    except BadValueError as error:
        return None, f"{IGNORE}: {error}"
