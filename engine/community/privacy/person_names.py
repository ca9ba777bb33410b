"""All spellings of one person, and their name inside other texts."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from ...errors import RewardsError
from ..handles import handle_key
from .pseudonyms import pseudonym

FORGOTTEN = "[forgotten]"
PERSON_FIELDS = frozenset(
    ("person", "from", "to", "id", "handle", "author", "source", "target", "member", "label")
)
"""Fields that hold a person; a row or node that names the forgotten one there goes."""

OWN_WORDS = frozenset(
    ("kind", "kinds", "role", "tier", "round", "currency", "gate", "at", "last_seen", "file")
)
"""Fields with words of ours or of the settings, in which no name is looked for."""


@dataclass(frozen=True)
class PersonNames:
    """A person by the keys of their handles: as they are, and as pseudonyms of them."""

    keys: frozenset[str]

    def among(self, values: Iterable[object]) -> set[str]:
        """Return those of ``values`` that are this person, as they are spelled there.

        A ``'`` that was put before a cell of a spreadsheet is looked through.
        """
        texts = list({value for value in values if isinstance(value, str)})
        frame = pl.DataFrame({"name": texts}, schema={"name": pl.String})
        key = handle_key(pl.col("name").str.strip_prefix("'"))
        return set(frame.filter(key.is_in(list(self.keys)))["name"].to_list())

    def scrubbed(self, text: str) -> str:
        """Return ``text`` with `FORGOTTEN` for the name where it stands as a word."""
        return self._pattern.sub(FORGOTTEN, text)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        names = "|".join(re.escape(key) for key in sorted(self.keys, key=len, reverse=True))
        return re.compile(rf"(?<![\w])[@＠]?(?:{names})(?![\w])", re.IGNORECASE)


def person_names(handle: str, key: bytes | None = None) -> PersonNames:
    """Return the names of ``handle``; with the ``key`` of pseudonyms, that too.

    Raises
    ------
    RewardsError
        Nothing is left of the handle without spaces and unseen characters.
    """
    spelled = pl.select(handle_key(pl.lit(handle))).item()
    if not spelled:
        raise RewardsError("no person: write a handle such as @reader_17")
    return PersonNames(frozenset({spelled} | ({pseudonym(handle, key)} if key else set())))
