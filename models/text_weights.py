"""TF-IDF of hashed counts; the letter runs are weighted word by word, so that scoring stays linear.

A text's letter runs are divided by the root of the sum of its words' squared norms. That equals
the Euclidean norm when no two words share a run, and it needs no look at single runs: a text is
scored by adding up a number a word.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags

from .text_counts import COLUMNS, TextCounts

Numbers = NDArray[np.float64]
_TINY = 1e-9


@dataclass(frozen=True)
class IdfTable:
    """Inverse document frequencies: of ``columns`` (ascending) ``values``, of others ``rest``."""

    columns: NDArray[np.int32]
    values: NDArray[np.float32]
    rest: float

    def dense(self) -> NDArray[np.float32]:
        """Return one value a column."""
        values = np.full(COLUMNS, self.rest, np.float32)
        values[self.columns] = self.values
        return values


def idf_table(counts: csr_matrix) -> IdfTable:
    """Return smoothed inverse document frequencies, ln((1 + n) / (1 + df)) + 1."""
    texts = counts.shape[0]
    found = np.bincount(counts.indices, minlength=COLUMNS)
    columns = np.flatnonzero(found).astype(np.int32)
    values = np.log((1 + texts) / (1 + found[columns])) + 1
    return IdfTable(columns, values.astype(np.float32), float(np.float32(np.log1p(texts) + 1)))


def letter_idf(counts: TextCounts) -> IdfTable:
    """Return `idf_table` of the letter runs of the texts."""
    assert counts.uses is not None  # noqa: S101
    used = (counts.uses @ counts.parts).tocsr()
    return idf_table(used)


def weighted_terms(counts: csr_matrix, idf: NDArray[np.float32]) -> csr_matrix:
    """Return rows of (1 + ln count) × idf, each of length 1; a row without terms stays 0."""
    weighted = counts.copy()
    weighted.data = ((1 + np.log(weighted.data)) * idf[weighted.indices]).astype(np.float64)
    norms = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    return (diags(1 / np.maximum(norms, _TINY)) @ weighted).tocsr()


def weighted_letters(counts: TextCounts, idf: NDArray[np.float32]) -> csr_matrix:
    """Return the letter runs of each text × idf, divided as the module says."""
    parts = scaled_parts(counts, idf)
    return (diags(1 / letter_norms(counts, parts)) @ (counts.uses @ parts)).tocsr()


def scaled_parts(counts: TextCounts, idf: NDArray[np.float32]) -> csr_matrix:
    """Return the letter runs of each distinct word × idf."""
    assert counts.parts is not None  # noqa: S101
    parts = counts.parts.astype(np.float64)
    parts.data *= idf[parts.indices]
    return parts


def letter_norms(counts: TextCounts, parts: csr_matrix) -> Numbers:
    """Return what the letter runs of each text are divided by."""
    squares = np.asarray(parts.multiply(parts).sum(axis=1)).ravel()
    return np.asarray(np.sqrt(np.maximum(counts.uses @ squares, _TINY)))
