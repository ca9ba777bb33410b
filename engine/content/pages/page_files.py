"""Read pages from files, folders and standard input; those that can't be read are set aside."""

import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from ...errors import ReadError
from ..measures.no_texts import TEXTS
from ..reading.post_files import FileReading
from ..reading.sources import opened, said, standard_input
from ..schema import REJECT_SCHEMA
from .page_bytes import PageText, page_text
from .page_reading import PagePlace, read_page
from .page_schema import PAGE_SCHEMA
from .page_signs import signs_of
from .text_lists import text_lists

SUFFIXES = (".html", ".htm", ".xhtml")
MAX_BYTES = 10_000_000
_AT_ONCE, _AT_ONCE_BYTES = 200, 5_000_000


@dataclass(frozen=True)
class PageFiles:
    """Pages read from one or more sources.

    Attributes
    ----------
    pages : one row a page, columns `page_schema.PAGE_SCHEMA`
    rejects : one row a file that is no page, columns `schema.REJECT_SCHEMA`
    files : one entry a source, in the order read; its rows are files
    """

    pages: pl.DataFrame
    rejects: pl.DataFrame
    files: tuple[FileReading, ...] = ()


def read_pages(sources: Sequence[str | Path], root: Path | None = None) -> PageFiles:
    """Read pages; few are held at once, whatever their number.

    Parameters
    ----------
    sources
        Files, folders (with all ``.html``, ``.htm`` and ``.xhtml`` files below) or ``-``.
    root
        The top of the site, from which ``/img/a.jpg`` is looked up; None: a folder given is the
        top of its pages, the folder of a file that of the file.

    Raises
    ------
    ReadError
        A source is not there or is no file or folder, a folder holds no page.
    """
    rows: list[dict[str, Any]] = []
    rejects: list[dict[str, Any]] = []
    files = []
    for source in sources:
        named = str(source)
        before, set_aside = len(rows), len(rejects)
        warnings: list[str] = []
        for file, page, place in _read(named, root):
            if isinstance(page, str):
                rejects.append(_reject(file, page))
                continue
            warning = page.pop("warning")
            if warning:
                warnings.append(f"{file}: {warning}")
            rows.append({"file": file, "path": str(place.path) if place.path else None, **page})
        kept, rejected = len(rows) - before, len(rejects) - set_aside
        files.append(FileReading(named, kept + rejected, kept, rejected, warnings=tuple(warnings)))
    return PageFiles(page_frame(rows), pl.DataFrame(rejects, schema=REJECT_SCHEMA), tuple(files))


def page_frame(rows: Sequence[dict[str, Any]]) -> pl.DataFrame:
    """Return the pages frame of what `page_reading.read_page` returned."""
    plain = pl.DataFrame(
        pl.Series(name, [row.get(name) for row in rows], dtype=dtype)
        for name, dtype in PAGE_SCHEMA.items() if dtype != TEXTS
    )  # fmt: skip
    lists = {
        name: [row.get(name) for row in rows]
        for name, dtype in PAGE_SCHEMA.items() if dtype == TEXTS
    }  # fmt: skip
    return plain.hstack(text_lists(lists)).select(PAGE_SCHEMA.keys())


def _read(named: str, root: Path | None) -> Iterator[tuple[str, dict[str, Any] | str, PagePlace]]:
    """Yield each page of a source as it was read, or why it can't be; some at a time."""
    waiting: list[tuple[str, PageText | str, PagePlace]] = []
    size = 0
    for file, data_of, place in _found(named, root):
        try:
            text: PageText | str = page_text(data_of())
        except ReadError as error:
            text = str(error)
        waiting.append((file, text, place))
        size += len(text.html) if isinstance(text, PageText) else 0
        if size > _AT_ONCE_BYTES or len(waiting) == _AT_ONCE:
            yield from _read_together(waiting)
            waiting, size = [], 0
    yield from _read_together(waiting)


def _read_together(
    some: Sequence[tuple[str, PageText | str, PagePlace]],
) -> Iterator[tuple[str, dict[str, Any] | str, PagePlace]]:
    signs = iter(signs_of([text.html for _, text, _ in some if isinstance(text, PageText)]))
    for file, text, place in some:
        if isinstance(text, str):
            yield file, text, place
            continue
        try:
            yield file, read_page(text, place, next(signs)), place
        except ReadError as error:
            yield file, str(error), place


class _Later:
    """The bytes of a file, read when they are asked for."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __call__(self) -> bytes:
        with opened(self._path, "") as file:
            return _bounded(file.read(MAX_BYTES + 1), self._path.stat().st_size)


def _found(named: str, root: Path | None) -> Iterator[tuple[str, Any, PagePlace]]:
    if named == "-":
        data = standard_input().read(MAX_BYTES + 1)
        yield "-", lambda: _bounded(data, None), PagePlace()
        return
    path = Path(named)
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        raise ReadError(f"{named}: no such file or folder") from None
    except (OSError, ValueError) as error:
        raise ReadError(f"{named}: {said(error)}") from None
    if stat.S_ISDIR(mode):
        pages = sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file())
        if not pages:
            raise ReadError(f"{named}: no page in it; pages end in {', '.join(SUFFIXES)}")
        for page in pages:
            yield str(page), _Later(page), PagePlace(page.absolute(), (root or path).absolute())
    elif stat.S_ISREG(mode):
        yield named, _Later(path), PagePlace(path.absolute(), (root or path.parent).absolute())
    else:
        raise ReadError(f"{named}: neither a file nor a folder")


def _bounded(data: bytes, size: int | None) -> bytes:
    if len(data) > MAX_BYTES:
        shown = f"{size / 1_000_000:.0f} MB" if size else "too large"
        raise ReadError(f"{shown}; pages up to {MAX_BYTES // 1_000_000} MB are read")
    return data


def _reject(file: str, reason: str) -> dict[str, Any]:
    return {"file": file, "row": None, "column": None, "value": None, "reason": reason.lstrip(": ")}
