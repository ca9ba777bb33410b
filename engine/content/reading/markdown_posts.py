"""Markdown files with front matter: a post a file."""

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from ...errors import ReadError
from ..safe_yaml import YamlError, load_yaml
from .encodings import opened_text
from .json_rows import table_of_objects
from .rejects import Reject
from .tables import SourceNotes, Table

MAX_BYTES = 2_000_000
FRONT = re.compile(r"\A---[ \t]*\r?\n(?P<yaml>.*?)^---[ \t]*(?:\r?\n|\Z)(?P<body>.*)", re.S | re.M)
IMAGE = re.compile(
    r"(?:\[)?!\[(?P<alt>(?:[^\]\\]|\\.)*)\]\(\s*(?:<(?P<angle>[^<>\n]+)>|(?P<path>[^\s()]+))"
    r"(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)(?:\]\([^()\n]*\))?"
)

_ONLY_IGNORE = "holds suppressions only; write sharewise: {ignore: 'LEN101: why'}"


class NoPostError(ValueError):
    """A file that is no post: the column concerned and the reason."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column = column


def markdown_table(file: BinaryIO, notes: SourceNotes, encoding: str | None) -> Table:
    """Return the single post of a Markdown file."""
    return _table([(notes.name, file)], notes, encoding)


def folder_tables(
    folder: Path, notes: SourceNotes, rows: int, encoding: str | None
) -> Iterator[Table]:
    """Yield the posts of all Markdown files below a folder, in the order of their paths.

    Links to folders are not followed; hidden files and folders are left out.

    Raises
    ------
    ReadError
        The folder can't be read, or holds no Markdown file.
    """
    paths, others = _markdown_files(folder, notes)
    if not paths:
        found = f"it holds {', '.join(others[:5])}" if others else "it is empty"
        raise ReadError(
            f"{notes.name}: a folder without .md files ({found}); name a file of posts itself"
        )
    if others:
        notes.warn(
            f"{others[0]} is not Markdown and was not read"
            if len(others) == 1
            else f"{len(others)} files that are not Markdown were not read, such as {others[0]}"
        )
    for start in range(0, len(paths), rows):
        batch = [(str(path), path) for path in paths[start : start + rows]]
        yield _table(batch, notes, encoding)


def _markdown_files(folder: Path, notes: SourceNotes) -> tuple[list[Path], list[str]]:
    def refuse(error: OSError) -> None:
        where = error.filename or folder
        raise ReadError(f"{where}: {(error.strerror or 'unreadable').lower()}") from None

    paths: list[Path] = []
    others: list[str] = []
    for where, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if name.lower().endswith((".md", ".markdown")) and not name.startswith("."):
                paths.append(Path(where, name))
            elif not name.startswith("."):
                others.append(name)
    return sorted(paths), sorted(others)


def _table(
    files: list[tuple[str, Path | BinaryIO]] | list[tuple[str, BinaryIO]] | list[tuple[str, Path]],
    notes: SourceNotes,
    encoding: str | None,
) -> Table:
    objects: list[dict[str, Any]] = []
    names: list[str] = []
    rejects: list[Reject] = []
    for name, file in files:
        try:
            objects.append(post_of(_text(file, notes, encoding)))
            names.append(name)
        except NoPostError as error:
            rejects.append(Reject(name, 1, error.column, "", str(error)))
        except ReadError as error:
            rejects.append(Reject(name, 1, "", "", str(error).removeprefix(f"{notes.name}: ")))
    return table_of_objects(objects, [1] * len(objects), names, rejects)


def _text(file: Path | BinaryIO, notes: SourceNotes, encoding: str | None) -> str:
    if not isinstance(file, Path):
        with opened_text(file, notes, encoding) as text:
            content = text.read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            raise NoPostError("", f"over {MAX_BYTES} characters")
        return content
    try:
        found = file.stat()
        if not stat.S_ISREG(found.st_mode):
            raise NoPostError("", "not a file")
        if found.st_size > MAX_BYTES:
            raise NoPostError("", f"{found.st_size} bytes; at most {MAX_BYTES} are read")
        with file.open("rb") as opened, opened_text(opened, notes, encoding) as text:
            return text.read()
    except OSError as error:
        raise NoPostError("", f"{(error.strerror or 'unreadable').lower()}") from None


def post_of(text: str) -> dict[str, Any]:
    """Return the fields of a post: those of its front matter, its body as text and media.

    Raises
    ------
    NoPostError
        The file is no post: its front matter is none, or it has two texts.
    """
    text = text.lstrip("\ufeff").replace("\r\n", "\n")
    front, body = _parted(text)
    post = _front_matter(front)
    suppressions = post.pop("sharewise", None) or {}
    if not isinstance(suppressions, dict) or suppressions.keys() - {"ignore"}:
        raise NoPostError("sharewise", _ONLY_IGNORE)
    if suppressions:
        post["ignore"] = suppressions["ignore"]
    images = [
        {"path": match["angle"] or match["path"], "alt": match["alt"].strip() or None}
        for match in IMAGE.finditer(body)
    ]
    if images:
        listed = post.get("media") or []
        post["media"] = [*(listed if isinstance(listed, list) else [listed]), *images]
        body = re.sub(r"\n{3,}", "\n\n", IMAGE.sub("", body))
    if body.strip():
        if str(post.get("text") or "").strip():
            raise NoPostError("text", "a text in the front matter and one below it; keep one")
        post["text"] = body.strip()
    return post


def _parted(text: str) -> tuple[str, str]:
    if text.startswith("+++"):
        raise NoPostError("", "front matter in TOML (+++); write YAML between lines of ---")
    if not re.match(r"---[ \t]*\n", text):
        return "", text
    match = FRONT.match(text)
    if not match:
        raise NoPostError("", "front matter that is never closed; write --- below it")
    return match["yaml"], match["body"]


def _front_matter(text: str) -> dict[str, Any]:
    if not text.strip():
        return {}
    try:
        data = load_yaml(text)
    except YamlError as error:
        raise NoPostError("", f"front matter, line {error.line + 1}: {error}") from None
    if data is None:
        return {}
    if not isinstance(data, dict):
        raise NoPostError("", "front matter that is no list of keys; write key: value")
    return {str(key): value for key, value in data.items()}
