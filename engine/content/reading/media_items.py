"""One medium written as JSON or YAML: what it may say, and which kind it is."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from ..schema import MEDIA_KINDS, MEDIA_SCHEMA
from .cells import BadValueError
from .number_cells import parse_count, parse_seconds, parse_size

KIND_OF_EXTENSION = {
    **dict.fromkeys(("jpg", "jpeg", "png", "webp", "heic", "heif", "avif", "bmp"), "image"),
    **dict.fromkeys(("tif", "tiff", "svg", "jfif"), "image"),
    "gif": "gif",
    **dict.fromkeys(("mp4", "mov", "m4v", "webm", "avi", "mkv", "mpg", "mpeg", "3gp"), "video"),
    **dict.fromkeys(("pdf", "ppt", "pptx", "doc", "docx"), "document"),
    **dict.fromkeys(("mp3", "m4a", "wav", "ogg", "aac", "flac"), "audio"),
}
KIND_NAMES = {
    **{kind: kind for kind in MEDIA_KINDS},
    **dict.fromkeys(("photo", "picture", "img", "photos", "images"), "image"),
    **dict.fromkeys(("reel", "short", "videos", "animated video"), "video"),
    **dict.fromkeys(("pdf", "doc"), "document"),
    "animated gif": "gif",
}
KIND_OF_TYPE = {
    **dict.fromkeys(("image", "carousel", "quote"), "image"),
    **dict.fromkeys(("video", "short", "reel", "live"), "video"),
    "document": "document",
}
"""What a medium most likely is when only the post's type tells."""

EXTENSION = re.compile(r"\.([A-Za-z0-9]{2,5})(?:[?#].*)?$")
_KEYS = {
    **{name: name for name in MEDIA_SCHEMA},
    **{"type": "kind", "url": "path", "src": "path", "file": "path", "alt_text": "alt"},
    **{"duration": "seconds", "size": "bytes"},
}


def parse_media(text: str) -> list[dict[str, Any]] | None:
    """Return the media a JSON text lists; each a path or an object with `MEDIA_SCHEMA`'s keys."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        raise BadValueError(f"{text[:60]!r} starts like JSON and is not") from None
    entries = data if isinstance(data, list) else [data]
    return [media_item(entry) for entry in entries if entry not in (None, "")] or None


def media_item(entry: object) -> dict[str, Any]:
    """Return one medium with all keys of `MEDIA_SCHEMA`, null where nothing is said."""
    if isinstance(entry, str):
        entry = {"path": entry}
    if not isinstance(entry, Mapping):
        raise BadValueError(f"{str(entry)[:60]!r} is no medium; write a path or an object")
    item: dict[str, Any] = dict.fromkeys(MEDIA_SCHEMA)
    for key, value in entry.items():
        name = _KEYS.get(str(key).lower())
        if name is None:
            raise BadValueError(
                f"a medium has no {str(key)[:40]!r}; write {', '.join(MEDIA_SCHEMA)}"
            )
        if value is not None and value != "":
            item[name] = _PARSERS[name](_scalar(value, name))
    return {**item, "kind": item["kind"] or guessed_kind(item)}


def guessed_kind(item: Mapping[str, Any]) -> str | None:
    """Return the kind from the path's ending, else from what only one kind has, else None."""
    ending = EXTENSION.search(item["path"] or "")
    kind = KIND_OF_EXTENSION.get(ending[1].lower()) if ending else None
    if kind or item["path"]:
        return kind
    if item["seconds"] is not None or item["captions"] is not None:
        return "video"
    if item["pages"] is not None:
        return "document"
    return None


def _kind(text: str) -> str:
    kind = KIND_NAMES.get(" ".join(re.split(r"[\s_-]+", text.lower())))
    if kind is None:
        raise BadValueError(f"{text[:40]!r} is no kind of medium; write {', '.join(MEDIA_KINDS)}")
    return kind


def _flag(text: str) -> bool:
    if text.lower() in ("true", "yes", "1"):
        return True
    if text.lower() in ("false", "no", "0"):
        return False
    raise BadValueError(f"captions {text[:40]!r} is neither yes nor no; write true or false")


def _scalar(value: object, name: str) -> str:
    if isinstance(value, list | dict):
        raise BadValueError(f"the {name} of a medium is one value, not a list or an object")
    return str(value).strip()


_PARSERS: dict[str, Callable[[str], Any]] = {
    "kind": _kind,
    "path": str,
    "width": lambda text: parse_count(text, 1),
    "height": lambda text: parse_count(text, 1),
    "seconds": parse_seconds,
    "bytes": parse_size,
    "pages": lambda text: parse_count(text, 1),
    "alt": str,
    "captions": _flag,
}
