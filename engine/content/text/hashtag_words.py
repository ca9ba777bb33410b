"""The words inside a hashtag, and its readable form; the home of wordninja (English).

A screen reader says #SocialMedia as two words and #socialmedia as noise.
"""

from functools import lru_cache

import polars as pl
import regex

from .later import later

_KEPT_WORDS = 100_000
_LONGEST_SPLIT = 60
_CHUNK = later(
    lambda: regex.compile(
        r"\p{Nd}+|\p{Lu}+(?![\p{Ll}\p{M}])|\p{Lu}?[\p{Ll}\p{M}\p{Lo}\p{Lm}\p{Lt}]+|\p{Lu}"
    )
)
_SHORT_WORDS = frozenset(
    ("a", "an", "as", "at", "be", "by", "do", "go", "he", "i", "if", "in", "is", "it", "me",
     "my", "no", "of", "on", "or", "so", "to", "up", "us", "we")
)  # fmt: skip


def words_in_hashtag(tag: str) -> list[str]:
    """Return the words of a tag (without '#'), as written.

    A tag splits at underscores, digits and inner capitals; what remains in one case splits by
    English word frequencies, unless that leaves scraps, as with names and other languages.
    """
    return [word for chunk in _CHUNK.findall(tag) for word in _english_words(chunk)]


def camel_case(tag: str) -> str | None:
    """Return the tag with a capital for each word ("socialmedia" → "SocialMedia").

    None when nothing is to change: one word, cased or separated already, not ASCII.
    """
    chunks = _CHUNK.findall(tag) if tag.isascii() and "_" not in tag else []
    if any(chunk[0].isupper() for chunk in chunks[1:]):
        return None
    words = words_in_hashtag(tag) if chunks else []
    if sum(word.isalpha() for word in words) < 2:
        return None
    return "".join(word.capitalize() for word in words)


def uncased_hashtags(tags: pl.Series) -> pl.Series:
    """Return, of each list of tags, those `camel_case` would change, in order; null for null."""
    distinct = tags.explode().drop_nulls().unique().to_list()
    uncased = [tag for tag in distinct if _is_uncased(tag)]
    if not uncased:
        return tags.list.head(0)
    return tags.list.eval(pl.element().filter(pl.element().is_in(uncased)))


@lru_cache(maxsize=_KEPT_WORDS)
def _is_uncased(tag: str) -> bool:
    return camel_case(tag) is not None


@lru_cache(maxsize=_KEPT_WORDS)
def _english_words(chunk: str) -> tuple[str, ...]:
    if not (chunk.isascii() and chunk.isalpha() and 5 <= len(chunk) <= _LONGEST_SPLIT):
        return (chunk,)
    import wordninja

    words: list[str] = wordninja.split(chunk)
    sound = all(len(word) > 2 or word.lower() in _SHORT_WORDS for word in words)
    ends_well = len(words[-1]) > 1
    return tuple(words) if sound and ends_well else (chunk,)
