"""What a card's picture is: as the page declares it, and as its file is where it is at hand."""

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import imagesize

from .addresses import scheme_of

_FORMATS = {"jpg": "jpeg", "jpe": "jpeg", "jfif": "jpeg", "svgz": "svg"}
# Drawings have no size in pixels, and their XML is not to be trusted.
_DRAWINGS = (".svg", ".svgz")
_KNOWN = frozenset(("jpeg", "png", "webp", "gif", "svg", "avif", "bmp", "tiff", "ico", "heic"))


@dataclass(frozen=True, slots=True)
class ImageFile:
    """A picture's file: ``width`` and ``height`` in pixels, None where it is no picture."""

    bytes: int
    width: int | None
    height: int | None


def image_format(address: str, declared: str = "") -> str | None:
    """Return ``jpeg``, ``svg`` … from a declared type or the ending, None where neither says."""
    if declared.lower().startswith("image/"):
        name = declared[6:].partition(";")[0].partition("+")[0].strip().lower()
    elif scheme_of(address) == "data:":
        name = (
            address[5:40].lower().removeprefix("image/").split(";")[0].split(",")[0].split("+")[0]
        )
    else:
        name = _path(address).rpartition(".")[2].lower()
    name = _FORMATS.get(name, name)
    return name if name in _KNOWN else None


def local_file(address: str, page: Path | None, root: Path | None, own_host: bool) -> Path | None:
    """Return the file that an address means on this machine, None where it means none.

    A relative address is looked up from the page's folder, one from the top or of the page's
    own host from ``root``. Nothing outside of ``root`` is looked at.
    """
    scheme = scheme_of(address)
    if (
        page is None
        or root is None
        or (scheme and not (own_host and scheme in ("http:", "https:")))
    ):
        return None
    path = unquote(_path(address))
    if not path or "\0" in path:
        return None
    top = os.path.normpath(root.absolute())
    start = root if (scheme or path.startswith("/")) else page.parent
    found = os.path.normpath(start.absolute() / path.lstrip("/"))
    if not _is_inside(found, top):
        return None
    try:
        linked = os.path.lexists(found) and not _is_inside(
            os.path.realpath(found), os.path.realpath(top)
        )
    except (OSError, ValueError):
        return None
    return None if linked else Path(found)


def _is_inside(path: str, folder: str) -> bool:
    return path.startswith(folder.rstrip(os.sep) + os.sep)


def image_file(path: Path) -> ImageFile | None:
    """Return size and weight of a picture's file; None where there is no such file."""
    try:
        if not path.is_file():
            return None
        size = path.stat().st_size
    except (OSError, ValueError):
        return None
    if path.suffix.lower() in _DRAWINGS:
        return ImageFile(size, None, None)
    try:
        width, height = imagesize.get(path)
    except Exception:  # a damaged picture, whatever the reader trips over
        return ImageFile(size, None, None)
    if width is None or height is None or width <= 0 or height <= 0:
        return ImageFile(size, None, None)
    return ImageFile(size, int(width), int(height))


def _path(address: str) -> str:
    try:
        return urlsplit(address).path
    except ValueError:
        return ""
