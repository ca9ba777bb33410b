"""Texts as sparse counts of hashed words, word pairs and letter runs: read once, used often."""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from .token_hashing import Hashes, Tokens, letter_parts, pairs, tokens

BITS = 18
COLUMNS = 1 << BITS
LETTERS = range(3, 6)


@dataclass(frozen=True)
class TextCounts:
    """Counts of ``texts`` rows.

    ``terms`` (texts × `COLUMNS`) counts words and word pairs by hash; ``uses`` (texts × distinct
    words) counts words, and ``parts`` (distinct words × `COLUMNS`) the letter runs in each, so
    that ``uses @ parts`` counts the letter runs of a text. Both are None without letters.
    """

    terms: csr_matrix
    uses: csr_matrix | None
    parts: csr_matrix | None

    @property
    def texts(self) -> int:
        """Return the number of rows."""
        return int(self.terms.shape[0])

    def rows(self, chosen: NDArray[np.integer] | slice) -> "TextCounts":
        """Return the counts of some texts."""
        uses = None if self.uses is None else self.uses[chosen]
        return TextCounts(self.terms[chosen], uses, self.parts)


def count_texts(texts: pl.Series, *, letters: bool = True) -> TextCounts:
    """Count the words, word pairs and, if asked, letter runs of a column of texts."""
    found = tokens(texts)
    beside, beside_rows = pairs(found)
    hashes = np.concatenate([found.hashes, beside])
    rows = np.concatenate([found.rows, beside_rows])
    order = np.argsort(rows, kind="stable")
    terms = _counted(hashes[order], rows[order], found.texts)
    if not letters:
        return TextCounts(terms, None, None)
    uses, parts = _letters(found)
    return TextCounts(terms, uses, parts)


def column_of(hashes: Hashes) -> NDArray[np.int32]:
    """Return the column in which a hash is counted."""
    return (hashes & np.uint64(COLUMNS - 1)).astype(np.int32)


def _letters(found: Tokens) -> tuple[csr_matrix, csr_matrix]:
    _, first, which = np.unique(found.hashes, return_index=True, return_inverse=True)
    pointers = _pointers(found.rows, found.texts)
    ones = np.ones(which.size, np.float32)
    uses = csr_matrix((ones, which.astype(np.int32), pointers), shape=(found.texts, first.size))
    uses.sum_duplicates()
    if first.size == 0:
        return uses, csr_matrix((0, COLUMNS), dtype=np.float32)
    hashes, words = letter_parts(found.words[first], LETTERS)
    order = np.argsort(words, kind="stable")
    return uses, _counted(hashes[order], words[order], first.size)


def _counted(hashes: Hashes, rows: NDArray[np.int64], height: int) -> csr_matrix:
    ones = np.ones(hashes.size, np.float32)
    counts = csr_matrix((ones, column_of(hashes), _pointers(rows, height)), shape=(height, COLUMNS))
    counts.sum_duplicates()
    return counts


def _pointers(rows: NDArray[np.int64], height: int) -> NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=height))])
