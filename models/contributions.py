"""What each word and measure adds to a score, exactly, and which past posts a post is like."""

from itertools import pairwise
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from .linear_scores import LinearScores, TermScores, scaled
from .stored_model import PastPosts
from .text_counts import TextCounts, column_of, count_texts
from .text_weights import Numbers, letter_norms, scaled_parts, weighted_terms
from .token_hashing import pairs, tokens

WORD, PAIR, MEASURE, USUAL = "word", "words", "measure", "usual"


class Part(NamedTuple):
    """A part of a score: ``kind`` is ``word``, ``words`` (two in a row), ``measure`` or ``usual``.

    ``usual`` is what every post of the account starts from.
    """

    kind: str
    name: str
    value: float


class Likeness(NamedTuple):
    """A past post: how like it is (cosine of the words), what it reached, what it adds."""

    name: str
    words: str
    likeness: float
    times: float
    adds: float


def parts_of(scores: LinearScores, text: str, measures: Numbers, slope: float = 1.0) -> list[Part]:
    """Return the parts of ``slope`` × the score of one post; they add up to it.

    ``measures`` (1 × measures) as `LinearScores.score` takes them. Of two words that share a
    hash the first is named.
    """
    counts = count_texts(pl.Series([text]), letters=scores.letters is not None)
    found: dict[tuple[str, str], float] = {(USUAL, ""): scores.intercept}
    for key, value in (*_terms(scores.terms, text, counts), *_letters(scores, text, counts)):
        found[key] = found.get(key, 0.0) + value
    each = scaled(scores.measures, measures)[0] * scores.measures.coefficients
    for name, value in zip(scores.measures.names, each.tolist(), strict=True):
        found[MEASURE, name] = value
    return [Part(kind, name, slope * value) for (kind, name), value in found.items() if value]


def merged(parts: list[Part]) -> list[Part]:
    """Return parts of the same name added up, the largest first, whatever the sign."""
    found: dict[tuple[str, str], float] = {}
    for kind, name, value in parts:
        found[kind, name] = found.get((kind, name), 0.0) + value
    listed = [Part(*key, value) for key, value in found.items()]
    return sorted(listed, key=lambda part: (-abs(part.value), part.kind, part.name))


def likenesses(
    past: PastPosts, terms: TermScores, counts: TextCounts, most: int = 3, least: float = 0.1
) -> list[list[Likeness]]:
    """Return, for each text, the past posts most like it, by the cosine of their words.

    What all past posts add together is the part of the score that words and pairs make.
    """
    if not past.names:
        return [[] for _ in range(counts.texts)]
    weighted = weighted_terms(counts.terms, terms.idf.dense())
    alike = (weighted @ past.terms.T).tocsr()
    found = []
    for row in range(counts.texts):
        span = slice(alike.indptr[row], alike.indptr[row + 1])
        places, values = alike.indices[span], alike.data[span]
        best = np.lexsort((places, -values))[:most]
        chosen = [(int(places[at]), float(values[at])) for at in best if values[at] >= least]
        found.append([_likeness(past, place, value) for place, value in chosen])
    return found


def _likeness(past: PastPosts, place: int, value: float) -> Likeness:
    adds = float(past.shares[place]) * value
    return Likeness(past.names[place], past.words[place], value, float(past.times[place]), adds)


def _terms(
    scores: TermScores, text: str, counts: TextCounts
) -> list[tuple[tuple[str, str], float]]:
    idf, coefficients = scores.idf.dense(), scores.dense()
    columns = counts.terms.indices
    values = (1 + np.log(counts.terms.data)) * idf[columns]
    norm = np.sqrt(max(float(np.sum(values.astype(np.float64) ** 2)), 1e-18))
    adds = values.astype(np.float64) * coefficients[columns] / norm
    names = _names(text)
    return [(names[int(column)], float(add)) for column, add in zip(columns, adds, strict=True)]


def _names(text: str) -> dict[int, tuple[str, str]]:
    found = tokens(pl.Series([text]))
    words = found.words.to_list()
    together = [f"{first} {second}" for first, second in pairwise(words)]
    names: dict[int, tuple[str, str]] = {}
    for kind, shown, hashes in (
        (WORD, words, found.hashes),
        (PAIR, together, pairs(found)[0]),
    ):
        for name, column in zip(shown, column_of(hashes).tolist(), strict=True):
            names.setdefault(column, (kind, name))
    return names


def _letters(
    scores: LinearScores, text: str, counts: TextCounts
) -> list[tuple[tuple[str, str], float]]:
    if scores.letters is None or counts.uses is None:
        return []
    parts = scaled_parts(counts, scores.letters.idf.dense())
    each: NDArray[np.float64] = parts @ scores.letters.dense()
    norm = float(letter_norms(counts, parts)[0])
    found = tokens(pl.Series([text]))
    _, first = np.unique(found.hashes, return_index=True)
    words = found.words.gather(first).to_list()
    uses = counts.uses.tocsr()
    return [
        ((WORD, words[place]), float(count * each[place] / norm))
        for place, count in zip(uses.indices.tolist(), uses.data.tolist(), strict=True)
    ]
