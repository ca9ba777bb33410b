"""Words and their letters as numbers: the same text gives the same hashes on every machine.

Hashes are polynomial over the UTF-8 bytes (words) or code points (parts of words), spread by the
finaliser of MurmurHash3 (Appleby 2011). No library's own hash is used: these change with versions.
"""

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]

WORD = r"[\p{L}\p{M}\p{N}_][\p{L}\p{M}\p{N}_]+"
LONGEST_WORD = 40
_BASE = np.uint64(0x9E3779B97F4A7C15)
_PAIR = np.uint64(0xD6E8FEB86659FD93)
_POWERS = np.multiply.accumulate(np.full(4 * LONGEST_WORD + 8, _BASE, np.uint64))


@dataclass(frozen=True)
class Tokens:
    """The words of texts one after the other: ``words`` (lower case), ``hashes`` and ``rows``.

    ``rows`` says which text each word is of, ascending.
    """

    words: pl.Series
    hashes: Hashes
    rows: NDArray[np.int64]
    texts: int


def tokens(texts: pl.Series) -> Tokens:
    """Return the words of ``texts`` (String; null counts as empty): two or more letters, digits."""
    found = (
        pl.DataFrame({"word": texts.fill_null("").str.to_lowercase()})
        .with_columns(pl.col("word").str.extract_all(WORD))
        .with_row_index("row")
        .explode("word")
        .drop_nulls("word")
        .with_columns(pl.col("word").str.slice(0, LONGEST_WORD))
    )
    words = found["word"]
    return Tokens(words, hashed(words), found["row"].to_numpy().astype(np.int64), texts.len())


def hashed(words: pl.Series) -> Hashes:
    """Return a hash a string; none may be empty."""
    if words.len() == 0:
        return np.zeros(0, np.uint64)
    lengths = words.str.len_bytes().to_numpy().astype(np.int64)
    letters = np.frombuffer(words.str.join("").item().encode(), np.uint8).astype(np.uint64)
    starts = np.cumsum(lengths) - lengths
    places = np.arange(letters.size) - np.repeat(starts, lengths)
    terms = (letters + np.uint64(1)) * _POWERS[places % _POWERS.size]
    return spread(np.add.reduceat(terms, starts))


def pairs(found: Tokens) -> tuple[Hashes, NDArray[np.int64]]:
    """Return a hash for each two words that follow one another in a text, and the texts' rows."""
    together = found.rows[1:] == found.rows[:-1]
    left, right = found.hashes[:-1][together], found.hashes[1:][together]
    return spread(left * _PAIR + right), found.rows[1:][together]


def letter_parts(words: pl.Series, sizes: range) -> tuple[Hashes, NDArray[np.int64]]:
    """Return hashes of the runs of ``sizes`` letters of each word, with a space at both ends.

    The second array says which of ``words`` each run is of. A word that is shorter than a size
    has no run of it.
    """
    padded = pl.select(pl.format(" {} ", words)).to_series()
    letters = np.frombuffer(padded.str.join("").item().encode("utf-32-le"), np.uint32)
    letters = letters.astype(np.uint64)
    lengths = padded.str.len_chars().to_numpy().astype(np.int64)
    ends = np.repeat(np.cumsum(lengths), lengths)
    owners = np.repeat(np.arange(lengths.size), lengths)
    places = np.arange(letters.size)
    hashes, rows = [], []
    for size in sizes:
        starts = places[places + size <= ends]
        terms = [letters[starts + k] * _POWERS[k] for k in range(size)]
        hashes.append(spread(np.asarray(sum(terms, np.full(starts.size, size, np.uint64)))))
        rows.append(owners[starts])
    return np.concatenate(hashes), np.concatenate(rows)


def spread(hashes: Hashes) -> Hashes:
    """Return the hashes with every bit depending on every other."""
    for factor in (0xFF51AFD7ED558CCD, 0xC4CEB9FE1A85EC53):
        hashes = (hashes ^ (hashes >> np.uint64(33))) * np.uint64(factor)
    return hashes ^ (hashes >> np.uint64(33))
