"""A linear score of text and measures, as plain arrays: what a fitted ranker comes down to."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from .text_counts import COLUMNS, TextCounts
from .text_weights import IdfTable, Numbers, letter_norms, scaled_parts

FARTHEST = 4.0
"""Standard deviations beyond which a measure counts no further."""


@dataclass(frozen=True)
class TermScores:
    """``coefficients`` of the columns that training knew, in the order of ``idf.columns``."""

    idf: IdfTable
    coefficients: NDArray[np.float32]

    def dense(self) -> NDArray[np.float32]:
        """Return one coefficient a column; unknown columns have 0."""
        values = np.zeros(COLUMNS, np.float32)
        values[self.idf.columns] = self.coefficients
        return values


@dataclass(frozen=True)
class MeasureScores:
    """``names`` of the measures, their training ``means`` and ``spreads``, and ``coefficients``."""

    names: tuple[str, ...]
    means: Numbers
    spreads: Numbers
    coefficients: Numbers


@dataclass(frozen=True)
class LinearScores:
    """``score = intercept + terms + letters + measures``; ``letters`` None: not looked at."""

    terms: TermScores
    letters: TermScores | None
    measures: MeasureScores
    intercept: float

    def score(self, counts: TextCounts, measures: Numbers) -> Numbers:
        """Return a score a text; ``measures`` has the columns of `MeasureScores.names`."""
        total = self.intercept + scaled(self.measures, measures) @ self.measures.coefficients
        total += _term_scores(counts.terms, self.terms)
        if self.letters is not None:
            total += _letter_scores(counts, self.letters)
        return total


def measure_scales(measures: Numbers) -> tuple[Numbers, Numbers]:
    """Return mean and spread of each column; a constant or empty column has spread 1."""
    known = ~np.isnan(measures)
    counts = np.maximum(known.sum(axis=0), 1)
    means = np.where(known, measures, 0).sum(axis=0) / counts
    squares = np.where(known, measures - means, 0) ** 2
    spreads = np.sqrt(squares.sum(axis=0) / counts)
    return means, np.where(spreads < 1e-9, 1.0, spreads)


def scaled(scores: MeasureScores, measures: Numbers) -> Numbers:
    """Return standardised measures over the root of their number; unknown ones are average."""
    standard = (measures - scores.means) / scores.spreads
    standard = np.clip(np.nan_to_num(standard), -FARTHEST, FARTHEST)
    return np.asarray(standard / np.sqrt(max(1, measures.shape[1])))


def _term_scores(counts: csr_matrix, scores: TermScores) -> Numbers:
    idf, coefficients = scores.idf.dense(), scores.dense()
    values = ((1 + np.log(counts.data)) * idf[counts.indices]).astype(np.float64)
    rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    sums = np.bincount(rows, values * coefficients[counts.indices], counts.shape[0])
    squares = np.bincount(rows, values * values, counts.shape[0])
    return np.asarray(sums / np.sqrt(np.maximum(squares, 1e-18)))


def _letter_scores(counts: TextCounts, scores: TermScores) -> Numbers:
    parts = scaled_parts(counts, scores.idf.dense())
    found = counts.uses @ (parts @ scores.dense())
    return np.asarray(found / letter_norms(counts, parts))
