"""Lists written into one cell, in the style in which the cell was written before."""

import json
import re
from collections.abc import Callable, Iterator, Sequence

import polars as pl

from ..reading.cells import Cells
from ..reading.list_cells import hashtag_cells, link_cells, poll_cells, tag_cells
from .unwritable import UnwritableError

READERS: dict[str, Callable[[pl.Series], Cells]] = {
    "links": link_cells,
    "hashtags": hashtag_cells,
    "tags": tag_cells,
    "poll": poll_cells,
}
_WORD = re.compile(r"[^\s,;|#＃\"'\[\]{}]+")
_GAPS = {
    "links": re.compile(r"[,;|]*\s+|[,;|]+"),
    "hashtags": re.compile(r"[\s,;#＃]+"),
}
_PLAIN_STYLE = {"links": ("", " "), "hashtags": ("#", " #"), "tags": ("", ", "), "poll": ("", "|")}


def list_text(field: str, old: str | None, values: Sequence[str] | None) -> str:
    """Return the text of a cell that reads as ``values``; ``old`` shows prefix and separator.

    Raises
    ------
    UnwritableError
        No text of such a cell reads as these values.
    """
    wanted = list(values or ())
    plain = _plain_text(field, old or "", wanted)
    if plain is not None:
        return plain
    for text in _candidates(field, old or "", wanted):
        if _read(field, text) == wanted:
            return text
    raise UnwritableError(f"{', '.join(wanted)[:60]!r} can't be written as {field}")


def _plain_text(field: str, old: str, values: list[str]) -> str | None:
    """Return the text where nothing in it can be misread: bare words, the gap of the old ones."""
    words = _WORD.findall(old)
    if field not in _GAPS or not words or not values or set("\"'[{") & set(old):
        return None
    prefix, gap, suffix = _style(old, words) or ("", None, "")
    between = gap if gap is not None else _PLAIN_STYLE[field][1].rstrip("#") + prefix
    if set(prefix + suffix) - set(" #") or not all(map(_WORD.fullmatch, [*words, *values])):
        return None
    text = prefix + between.join(values) + suffix
    if field == "links" and not all(value.startswith(("http://", "https://")) for value in values):
        return None
    return text if _GAPS[field].fullmatch(between) else None


def _candidates(field: str, old: str, values: list[str]) -> Iterator[str]:
    if not values:
        yield ""
        return
    if old.lstrip().startswith("["):
        yield json.dumps(values, ensure_ascii="\\u" in old)
    before = _read(field, old)
    if before and (found := _style(old, before)):
        prefix, gap, suffix = found
        gap = gap if gap is not None else _PLAIN_STYLE[field][1].rstrip("#") + prefix
        yield prefix + gap.join(values) + suffix
    prefix, gap = _PLAIN_STYLE[field]
    yield prefix + gap.join(values)
    yield json.dumps(values, ensure_ascii=False)


def _style(old: str, values: list[str]) -> tuple[str, str | None, str] | None:
    """Return what stands before the first value, between the first two, and after the last."""
    start = old.find(values[0])
    end = old.rfind(values[-1])
    if start < 0 or end < 0:
        return None
    gap = None
    if len(values) > 1:
        after = start + len(values[0])
        second = old.find(values[1], after)
        gap = old[after:second] if second >= 0 else None
    return old[:start], gap, old[end + len(values[-1]) :]


def _read(field: str, text: str) -> list[str]:
    cells = READERS[field](pl.Series([text], dtype=pl.String))
    if cells.faults or cells.values[0] is None:
        return []
    return list(cells.values[0])
