"""The picture that a page is shared with: its address, declared size, and its file if at hand."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from .addresses import is_secure, is_web, scheme_of, tidied
from .images import ImageFile, image_file, image_format
from .page_tags import Tags

FindFile = Callable[[str], Path | None]
_MOST_PIXELS = 1_000_000


def image_measures(tags: Tags, find: FindFile) -> dict[str, Any]:
    """Return the measures of the first og:image, else twitter:image."""
    images = tags.all("og:image") or tags.all("og:image:url") or tags.all("og:image:secure_url")
    images = images or tags.all("twitter:image") or tags.all("twitter:image:src")
    address = tidied(images[0]) if images else ""
    declared = tags.first("og:image:width"), tags.first("og:image:height")
    sides = [_side(one) for one in declared]
    path = find(address) if address else None
    file = image_file(path) if path is not None else None
    width, height = _size(file, sides)
    known = width is not None and height is not None
    return {
        "images_shared": len(images),
        "image": address or None,
        "image_scheme": scheme_of(address) if address else None,
        "image_complete": is_web(address) if address else None,
        "image_https": is_secure(address) if is_web(address) else None,
        "image_format": image_format(address, tags.first("og:image:type")) if address else None,
        "image_declared": all(sides) if address else None,
        "image_declared_wrong": any(
            text and not side for text, side in zip(declared, sides, strict=True)
        ) if address else None,
        "image_declared_size": _told(declared),
        "image_width": width,
        "image_height": height,
        "image_side": min(width, height) if width is not None and height is not None else None,
        "image_aspect": width / height if known and width and height else None,
        "image_file": None if path is None else file is not None,
        "image_readable": None if file is None else file.width is not None,
        "image_file_size": f"{file.width}×{file.height}" if file and file.width else None,
        "image_differs": _differs(file, sides),
        "image_bytes": file.bytes if file else None,
        "image_alts": len(tags.all("og:image:alt")) + len(tags.all("twitter:image:alt"))
        if address else None,
    }  # fmt: skip


def _told(declared: tuple[str, str]) -> str | None:
    return "×".join(text[:20] or "?" for text in declared) if any(declared) else None


def _side(text: str) -> int | None:
    """Return a declared side in pixels, None where it is no whole number above 0."""
    number = text.removesuffix("px").strip()
    if not number.isascii() or not number.isdigit() or len(number) > 9:
        return None
    return int(number) if 0 < int(number) <= _MOST_PIXELS else None


def _size(file: ImageFile | None, sides: list[int | None]) -> tuple[int | None, int | None]:
    if file is not None and file.width is not None:
        return file.width, file.height
    return sides[0], sides[1]


def _differs(file: ImageFile | None, sides: list[int | None]) -> bool | None:
    if file is None or file.width is None or None in sides:
        return None
    return [file.width, file.height] != sides
