"""Variants as files to publish: Markdown with front matter, a file a post."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ...content.markdown_text import markdown
from ...content.rewriting.unwritable import UnwritableError
from ...content.writing import write_beside
from ...errors import WriteError
from .variants import Variant

LONGEST_NAME = 60
_UNFIT = re.compile(r"[^\w.-]+")


def write_variants(
    variants: Sequence[Variant], folder: Path, *, overwrite: bool = False
) -> list[Path]:
    """Write each variant as a Markdown file with front matter; a thread as a file a part.

    Links that a person has to put elsewhere are in the first, under ``for_the_profile`` or
    ``for_the_first_comment``.

    Raises
    ------
    WriteError
        The folder can't be made or written, or a file is there and ``overwrite`` is False;
        then none is written.
    """
    files: dict[Path, bytes] = {}
    for one in variants:
        moved = {place.replace(" ", "_"): links for place, links in one.moved}
        for number, post in enumerate(one.posts, start=1):
            part = f"-{number}" if len(one.posts) > 1 else ""
            name = f"{_file_name(one, post)}.{one.platform}{part}"
            path, again = folder / f"{name}.md", 2
            while path in files:
                path, again = folder / f"{name}-{again}.md", again + 1
            try:
                files[path] = markdown(
                    {**post, "id": path.stem}, moved if number == 1 else None
                ).encode()
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


def _file_name(one: Variant, post: Mapping[str, Any]) -> str:
    if post.get("id"):
        name = str(post["id"])
    else:
        path = Path(str(post.get("file") or "post"))
        name = path.stem if path.suffix.lower() == ".md" else f"{path.stem}-{post.get('row')}"
    return _UNFIT.sub("-", name).strip(".-")[:LONGEST_NAME] or f"post-{one.index + 1}"
