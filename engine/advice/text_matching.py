"""Match many patterns against many texts: each distinct text once, only where a pattern can."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

import polars as pl

from .required_literals import FOLDING, required_literals

_FEW = 48


def match_texts(
    texts: pl.Series, patterns: Sequence[str], first: pl.Series | None = None
) -> dict[str, pl.Series]:
    """Return, by pattern, whether each text matches it; null where the text is null.

    The same answers as ``texts.str.contains(pattern)``, sooner: a text that holds none of the
    words that a pattern requires is not tried.

    Parameters
    ----------
    texts
        The texts; many may be the same.
    patterns
        Regular expressions of Rust's regex crate.
    first
        For each row the first row of its group (see `first_rows`), whose texts are probably
        the same: then they are tried once.
    """
    if first is None or texts.len() <= _FEW:
        return _match(texts, patterns)
    same = texts.eq_missing(texts.gather(first))
    rows = pl.int_range(texts.len(), dtype=pl.UInt32, eager=True)
    kept = ~same | (rows == first)
    places = (kept.cum_sum() - 1).gather(first.zip_with(same, rows))
    found = _match(texts.filter(kept), patterns)
    return {pattern: answers.gather(places) for pattern, answers in found.items()}


def first_rows(keys: pl.Series) -> pl.Series:
    """Return, for each row, the first row with the same key (UInt32)."""
    numbered = pl.DataFrame({"key": keys}).with_row_index("row")
    return numbered.select(pl.col("row").first().over("key")).to_series()


def _match(texts: pl.Series, patterns: Sequence[str]) -> dict[str, pl.Series]:
    words, always = _required(tuple(patterns))
    found = {pattern: texts.str.contains(pattern) for pattern in always}
    candidates = _candidates(texts, words)
    nothing = pl.repeat(False, texts.len(), dtype=pl.Boolean, eager=True)
    if texts.null_count():
        nothing = pl.select(pl.when(texts.is_not_null()).then(nothing)).to_series()
    for pattern in patterns:
        if pattern in found:
            continue
        rows = candidates.get(pattern)
        if rows is None:
            found[pattern] = nothing
            continue
        matched = rows.filter(texts.gather(rows).str.contains(pattern))
        found[pattern] = nothing.clone().scatter(matched, True) if matched.len() else nothing
    return found


@lru_cache(maxsize=64)
def _required(patterns: tuple[str, ...]) -> tuple[Mapping[str, tuple[str, ...]], tuple[str, ...]]:
    """Return word → the patterns that it may make match, and the patterns to try always."""
    words: dict[str, list[str]] = {}
    always = []
    for pattern in patterns:
        needed = required_literals(pattern)
        if needed is None:
            always.append(pattern)
            continue
        for word in (*needed, *FOLDING):
            words.setdefault(word, []).append(pattern)
    return {word: tuple(those) for word, those in words.items()}, tuple(always)


def _candidates(texts: pl.Series, words: Mapping[str, tuple[str, ...]]) -> dict[str, pl.Series]:
    """Return, by pattern, the rows of the texts that hold a word it needs."""
    if not words:
        return {}
    found = texts.str.extract_many(list(words), ascii_case_insensitive=True, overlapping=True)
    rows = (
        pl.DataFrame({"word": found})
        .with_row_index("row")
        .filter(pl.col("word").list.len() > 0)
        .explode("word")
        .with_columns(pl.col("word").str.to_lowercase())
    )
    if rows.height == 0:
        return {}
    # The Kelvin sign is an ASCII k in lower case, as what was found is by now.
    pairs = [(word.lower(), pattern) for word, patterns in words.items() for pattern in patterns]
    needs = pl.DataFrame(pairs, schema={"word": pl.String, "pattern": pl.String}, orient="row")
    by_pattern = rows.join(needs, on="word").select("row", "pattern").unique()
    return {
        str(key[0]): group["row"]
        for key, group in by_pattern.partition_by("pattern", as_dict=True).items()
    }
