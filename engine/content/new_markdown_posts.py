"""Posts as new Markdown files beside the file of the post that they come from."""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from .markdown_text import markdown
from .reading import read_posts
from .rewriting.unwritable import UnwritableError
from .schema import POST_SCHEMA


def new_markdown_posts(path: Path, posts: Sequence[Mapping[str, Any]]) -> dict[Path, bytes]:
    """Return the files for ``posts``, by path: the name of ``path`` with a number from 2.

    Raises
    ------
    UnwritableError
        One is there already, or would not read as it is meant.
    """
    made: dict[Path, bytes] = {}
    for number, post in enumerate(posts, start=2):
        new = path.with_name(f"{path.stem}-{number}{path.suffix}")
        if new.exists():
            raise UnwritableError(f"{new.name} exists already; rename it, or make room by hand")
        content = markdown(post).encode()
        if not _reads_as(content, post):
            raise UnwritableError(f"{new.name} would not read as it is meant; split it by hand")
        made[new] = content
    return made


def _reads_as(content: bytes, post: Mapping[str, Any]) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "post.md")
        copy.write_bytes(content)
        found = read_posts([copy]).posts
    names = list(POST_SCHEMA)[2:]
    return found.height == 1 and all(found.row(0, named=True)[name] == post[name] for name in names)
