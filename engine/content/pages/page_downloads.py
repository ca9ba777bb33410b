"""Files that a page offers: their formats, and whether their links say format and size."""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from .markup import Markup, element_of
from .page_marks import load_page_marks

_SIZE = re.compile(r"\d\s*(?:[.,]\d+\s*)?([kKmMgG]i?[bB]|bytes|ko|Mo|Kio)\b")
_FORMAT_WORDS = {
    "pdf": ("pdf",), "docx": ("word", "docx"), "doc": ("word", "doc"), "xlsx": ("excel", "xlsx"),
    "xls": ("excel", "xls"), "pptx": ("powerpoint", "pptx"), "ppt": ("powerpoint", "ppt"),
    "jpg": ("jpg", "jpeg"), "jpeg": ("jpg", "jpeg"),
    "mp4": ("mp4", "video"), "mp3": ("mp3", "audio"),
    "txt": ("txt", "text"), "epub": ("epub", "e-book", "ebook"), "ics": ("ics", "calendar"),
}  # fmt: skip
_SHOWN = 80
# A dot and the longest format, with one to spare.
_LONGEST = 9
_PICTURES = frozenset(("png", "jpg", "jpeg", "webp", "gif", "svg"))

FindFile = Callable[[str], Path | None]


def download_measures(markup: Markup, find: FindFile) -> dict[str, Any]:
    """Return the measures of downloads; ``find`` gives the file of an address, if at hand.

    A link to a picture counts only where it says ``download``: it mostly enlarges.
    """
    marks = load_page_marks()
    formats_known = _formats()
    formats: list[str] = []
    closed: list[str] = []
    unnamed: list[str] = []
    unsized: list[str] = []
    missing: list[str] = []
    heaviest: int | None = None
    for address, node in markup.links:
        if "." not in address[-_LONGEST:] and not (
            "?" in address or "#" in address or "%" in address
        ):
            continue
        if not _may_be_file(address, formats_known):
            continue
        name = _file_name(address)
        ending = name.rpartition(".")[2].lower() if "." in name else ""
        if ending not in formats_known:
            continue
        name = name[-_SHOWN:]
        element = element_of(node)
        if ending in _PICTURES and "download" not in element.attributes:
            continue
        formats.append(ending)
        if ending in marks.closed_formats:
            closed.append(name)
        told = f"{element.text} {element.get('title')} {element.get('aria-label')}"
        named = any(word in told.lower() for word in _FORMAT_WORDS.get(ending, (ending,)))
        if not named:
            unnamed.append(name)
        elif not _SIZE.search(told):
            unsized.append(name)
        file = find(address)
        if file is not None:
            weight = _weight(file)
            if weight is None:
                missing.append(name)
            else:
                heaviest = max(heaviest or 0, weight)
    return {
        "downloads": len(formats),
        "download_formats": list(dict.fromkeys(formats)),
        "downloads_closed": list(dict.fromkeys(closed)),
        "downloads_unnamed": list(dict.fromkeys(unnamed)),
        "downloads_unsized": list(dict.fromkeys(unsized)),
        "downloads_missing": list(dict.fromkeys(missing)),
        "download_bytes": heaviest,
    }


@cache
def _formats() -> frozenset[str]:
    marks = load_page_marks()
    return frozenset((*marks.open_formats, *marks.closed_formats))


def _may_be_file(address: str, formats: frozenset[str]) -> bool:
    """Return False where an address surely ends in none of the formats: cheaper than reading it."""
    if "?" in address or "#" in address:
        address = address.partition("?")[0].partition("#")[0]
    if "%" in address or not address.isprintable():
        return True
    return address.rpartition(".")[2].lower() in formats


def _file_name(address: str) -> str:
    try:
        return unquote(urlsplit(address).path).rpartition("/")[2]
    except ValueError:
        return ""


def _weight(file: Path) -> int | None:
    try:
        return file.stat().st_size if file.is_file() else None
    except (OSError, ValueError):
        return None
