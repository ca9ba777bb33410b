"""Columns that are nearly called as a field is: what a header may have meant."""

import re
from collections.abc import Mapping, Sequence

from .plain_name import plain_name

_REMARK = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_DATE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\b")
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


def without_remark(column: str) -> str:
    """Return the plain name of a column without what stands in brackets: Copy (final), copy."""
    return plain_name(_REMARK.sub("", column))


def near_column(columns: Sequence[str], names: Mapping[str, str], field: str) -> str | None:
    """Return the first column that ends in a name of the field, or None.

    Parameters
    ----------
    columns : as the file names them, without those that are known
    names : plain name → field
    """
    for column in columns:
        words = without_remark(column).split("_")
        endings = ("_".join(words[at:]) for at in range(1, len(words)))
        if any(names.get(ending) == field for ending in endings):
            return column
    return None


def looks_like_a_row(cells: Sequence[str]) -> bool:
    """Return whether a first line holds values, not names: it has a date or an address."""
    found = [cell.strip().strip("\ufeff\"'") for cell in cells]
    return any(_DATE.match(cell) or _ADDRESS.match(cell) for cell in found)
