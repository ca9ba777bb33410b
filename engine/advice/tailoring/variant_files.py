"""Variants as files to publish: Markdown with front matter, a file a post."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ...content.rewriting.front_matter import with_value
from ...content.rewriting.unwritable import UnwritableError
from ...content.schema import POST_SCHEMA
from ...content.writing import write_beside
from ...errors import WriteError
from .variants import Variant

LONGEST_NAME = 60
_UNKEPT = ("file", "row", "text", "ignore")
_UNFIT = re.compile(r"[^\w.-]+")


def write_variants(
    variants: Sequence[Variant], folder: Path, *, overwrite: bool = False
) -> list[Path]:
    """Write each variant as a Markdown file with front matter; a thread as a file a part.

    Raises
    ------
    WriteError
        The folder can't be made or written, or a file is there and ``overwrite`` is False;
        then none is written.
    """
    files: dict[Path, bytes] = {}
    for one in variants:
        for number, post in enumerate(one.posts, start=1):
            part = f"-{number}" if len(one.posts) > 1 else ""
            name = f"{_file_name(one, post)}.{one.platform}{part}"
            path, again = folder / f"{name}.md", 2
            while path in files:
                path, again = folder / f"{name}-{again}.md", again + 1
            try:
                files[path] = markdown(post, path.stem).encode()
            except UnwritableError as error:
                raise WriteError(f"{path}: can't be written: {error}") from None
    there = [path for path in files if path.exists()]
    if there and not overwrite:
        raise WriteError(f"{there[0]}: exists already; name another folder, or --overwrite")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WriteError(f"{folder}: can't be made: {error.strerror or error}") from None
    for path, content in files.items():
        write_beside(path, content)
    return list(files)


def markdown(post: Mapping[str, Any], name: str) -> str:
    """Return a post as Markdown with front matter, as `reading` reads it."""
    front = ""
    for field, value in (known_fields(post) | {"id": name}).items():
        if field not in ("text", "ignore"):
            front = with_value(front, "platform" if field == "platforms" else field, value)
    if post.get("ignore"):
        front = with_value(front, "sharewise", {"ignore": post["ignore"]})
    return f"---\n{front}---\n{post.get('text') or ''}\n"


def known_fields(post: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that are known, in the order of the posts frame; times as text."""
    found: dict[str, Any] = {}
    for field in ("id", *(name for name in POST_SCHEMA if name not in (*_UNKEPT, "id")), "text"):
        value = post.get(field)
        if value is None or value == []:
            continue
        if field == "media":
            value = [{k: v for k, v in item.items() if v is not None} for item in value]
        found[field] = value.isoformat() if hasattr(value, "isoformat") else value
    if post.get("ignore"):
        found["ignore"] = post["ignore"]
    return found


def _file_name(one: Variant, post: Mapping[str, Any]) -> str:
    if post.get("id"):
        name = str(post["id"])
    else:
        path = Path(str(post.get("file") or "post"))
        name = path.stem if path.suffix.lower() == ".md" else f"{path.stem}-{post.get('row')}"
    return _UNFIT.sub("-", name).strip(".-")[:LONGEST_NAME] or f"post-{one.index + 1}"
