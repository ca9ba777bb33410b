"""What a cell of a table shall hold for a changed field."""

import json
from collections.abc import Mapping
from typing import Any

from .list_text import READERS, list_text
from .media_alts import joined_alts, with_alts
from .unwritable import UnwritableError

TEXTS = (
    *("text", "title", "description", "location", "content_warning", "cover"),
    *("campaign", "board", "flair", "community", "id", "series"),
)
NUMBERS = ("part", "parts")
FLAGS = ("made_for_kids", "ai_generated", "paid_partnership")
_NO_COLUMN = "no column for {0}; add one called {0}"


def place_of(field: str, columns: Mapping[str, str]) -> str:
    """Return the column, under the file's own name, that a change of a field goes to.

    Parameters
    ----------
    columns : our field → the file's column, as `column_names.map_columns` gives it

    Raises
    ------
    UnwritableError
        There is none.
    """
    if field == "media":
        if "media_alt" in columns:
            return columns["media_alt"]
        listed = [name for name in columns if name == "media" or name.startswith("media_")]
        if listed == ["media"]:
            return columns["media"]
        raise UnwritableError(_NO_COLUMN.format("alt_text"))
    if field not in columns:
        raise UnwritableError(_NO_COLUMN.format(field))
    return columns[field]


def flat_cell(field: str, old: str | None, new: Any, *, alts: bool = False) -> str:
    """Return the new text of a cell, in the style of the old one.

    Parameters
    ----------
    alts : the cell is that of a column of alternative texts

    Raises
    ------
    UnwritableError
        The field is not one that is rewritten, or the cell can't hold the value.
    """
    if field in READERS:
        return list_text(field, old, new)
    if field == "media":
        return joined_alts(new) if alts else _media(old, new)
    if field in FLAGS:
        return "" if new is None else _flag(old, bool(new))
    if field not in (*TEXTS, *NUMBERS):
        raise UnwritableError(f"{field} is not rewritten; change it by hand")
    text = "" if new is None else str(new)
    if field == "text" or not old or not (inner := old.strip()):
        return text
    start = old.index(inner)
    return old[:start] + text + old[start + len(inner) :]


def _media(old: str | None, new: Any) -> str:
    if not (old or "").lstrip().startswith(("[", "{")):
        raise UnwritableError(_NO_COLUMN.format("alt_text"))
    return json.dumps(with_alts(json.loads(old or ""), new), ensure_ascii="\\u" in (old or ""))


def _flag(old: str | None, new: bool) -> str:
    yes, no = {"yes": ("yes", "no"), "no": ("yes", "no"), "1": ("1", "0"), "0": ("1", "0")}.get(
        (old or "").strip().lower(), ("true", "false")
    )
    return yes if new else no
