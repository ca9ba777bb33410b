"""People as numbers: each handle gets a code, all spellings of one handle the same."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from .handles import handle_key, shown_handle
from .hash_codes import Codes, HashCodes, Hashes, Places

_ODD = r"[^a-z0-9_\-]"
_NOT_PLAIN = r"[^\x20-\x7e]"
_FEW = 100


@dataclass(frozen=True)
class People:
    """``names`` is the handle of each code, ``merged`` the spellings that were another's."""

    names: pl.Series
    merged: pl.DataFrame


class HandleNumbers:
    """Numbers handles batch by batch; keeps how each is spelled the first time."""

    def __init__(self) -> None:
        self._codes = HashCodes()
        self._spelled = [pl.DataFrame(schema={"hash": pl.UInt64, "name": pl.String})]

    def numbered(self, handles: pl.Series) -> pl.Series:
        """Return the number of each handle, UInt32; null stays null."""
        hashes = np.maximum(handles.hash(0).to_numpy(), np.uint64(1))
        given = None
        if handles.null_count():
            given = np.flatnonzero(handles.is_not_null().to_numpy())
            hashes = hashes[given]
        codes, new = self._codes.codes(hashes)
        names = _apart(handles.gather(pl.Series(new if given is None else given[new])))
        self._spelled.append(pl.DataFrame({"hash": hashes[new], "name": names}))
        if given is None:
            return pl.Series(handles.name, codes)
        everywhere = np.zeros(len(handles), dtype=np.uint32)
        everywhere[given] = codes
        return pl.Series(handles.name, everywhere).set(handles.is_null(), None)

    def spelled(self) -> tuple[pl.Series, Codes]:
        """Return all handles in the order of their hashes, and each number's place; forget them.

        That order is one by chance: it says nothing of who came first.
        """
        spelled = pl.concat(self._spelled, rechunk=True)
        self._spelled, self._codes = [], HashCodes()
        _, order, places = grouped(spelled["hash"].to_numpy())
        return spelled["name"].gather(pl.Series(order)), places


def _apart(names: pl.Series) -> pl.Series:
    """Return the same names without the text of the batch that they were read with.

    Polars keeps up to twelve bytes in the column itself, and refers to the batch for more.
    """
    if (names.str.len_bytes() <= 12).all():
        return names
    return pl.select(pl.concat_str(names, pl.lit(""))).to_series().alias(names.name)


def grouped(hashes: Hashes) -> tuple[Hashes, Places, Codes]:
    """Return the distinct hashes, sorted, a row of each, and each row's place among them.

    Each row stands in the low bits of its hash while these are sorted, so that one sort of whole
    numbers orders the rows, which is several times as fast as sorting places.
    """
    low = np.uint64((1 << max(1, (len(hashes) - 1).bit_length())) - 1)
    packed = hashes & ~low
    packed |= np.arange(len(hashes), dtype=np.uint64)
    packed.sort()
    packed &= low
    order = packed.view(np.int64)
    ordered = hashes[order]
    first = np.ones(len(hashes), dtype=bool)
    first[1:] = ordered[1:] != ordered[:-1]
    known, rows = ordered[first], order[first]
    place = np.cumsum(first, dtype=np.uint32) - np.uint32(1)
    if (known[1:] <= known[:-1]).any():
        # Hashes that differ in the low bits alone stand mixed.
        known, one, again = np.unique(known, return_index=True, return_inverse=True)
        rows, place = rows[one], again.astype(np.uint32)[place]
    codes = np.empty(len(hashes), dtype=np.uint32)
    codes[order] = place
    return known, rows, codes


def people_of(spellings: pl.Series) -> tuple[People, Codes]:
    """Return the people, and for each spelling the code of whose it is.

    Two handles that differ in case, a leading ``@``, unseen characters or Unicode form are one
    person, under the longer spelling.
    """
    if not spellings.str.contains(_ODD).any():
        nothing = pl.DataFrame(schema={"shown": pl.String, "person": pl.String})
        return People(spellings.alias("person"), nothing), np.arange(
            len(spellings), dtype=np.uint32
        )
    named = pl.DataFrame({"name": spellings}).select(
        shown_handle(pl.col("name")).fill_null("").alias("shown"),
        handle_key(pl.col("name")).fill_null("").alias("key"),
    )
    order = named.with_row_index("at").sort(
        "key", pl.col("shown").str.len_bytes(), "shown", descending=[False, True, False]
    )
    ranks = order.with_columns(pl.col("key").rle_id().alias("code"))
    firsts = ranks.filter(pl.col("code").is_first_distinct())
    codes = ranks.sort("at")["code"].to_numpy().astype(np.uint32)
    merged = (
        ranks.join(firsts.select("code", pl.col("shown").alias("person")), on="code")
        .filter(pl.col("shown") != pl.col("person"))
        .select("shown", "person")
        .unique(maintain_order=True)
    )
    return People(firsts["shown"].alias("person"), merged), codes


def codes_by_handle(handles: pl.Series, people: pl.Series) -> pl.DataFrame:
    """Return ``person, code`` for the handles that are among the people, however spelled."""
    wanted = pl.DataFrame({"person": handles}, schema={"person": pl.String}).unique()
    wanted = wanted.with_columns(handle_key(pl.col("person")).alias("key")).drop_nulls()
    if wanted.is_empty():
        return pl.DataFrame(schema={"person": pl.String, "code": pl.UInt32})
    known = pl.DataFrame({"name": people}).with_row_index("code")
    if wanted.height <= _FEW:
        known = known.filter(_may_be(wanted["key"]))
    known = known.select("code", handle_key(pl.col("name")).alias("key"))
    return wanted.join(known, on="key").select("person", "code")


def _may_be(keys: pl.Series) -> pl.Expr:
    """Tell which names can have one of the keys: whole keys take long for many names.

    A name of printed ASCII characters holds its key, in some case.
    """
    holds = pl.col("name").str.contains_any(keys.to_list(), ascii_case_insensitive=True)
    return holds | pl.col("name").str.contains(_NOT_PLAIN)


def codes_of(handles: Sequence[str], people: pl.Series) -> list[int]:
    """Return the codes of the handles that are among the people."""
    found = codes_by_handle(pl.Series(list(handles), dtype=pl.String), people)
    return sorted(set(found["code"].to_list()))
