"""Words, capitals and lengths of words."""

import regex

from .characters import SPACES
from .later import later

WORD = rf"[^{SPACES}]*[\p{{L}}\p{{N}}][^{SPACES}]*"
"""The pattern of a word for engines of linear time, Chinese and Japanese aside."""

_TOKEN = later(lambda: regex.compile(rf"[^{SPACES}]++"))
_WORD_CHARACTER = later(lambda: regex.compile(r"[\p{L}\p{N}]"))
_UNSPACED = later(lambda: regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}ー]++"))


def count_words(text: str) -> int:
    """Return the number of words: what stands between spaces and has a letter or digit.

    Chinese and Japanese put no spaces: there, two characters count as a word. (Thai, Lao, Khmer
    and Burmese don't either; a run without spaces counts once.)
    """
    if not _UNSPACED.search(text):
        return sum(1 for token in _TOKEN.findall(text) if _WORD_CHARACTER.search(token))
    unspaced = sum(-(-len(run) // 2) for run in _UNSPACED.findall(text))
    return unspaced + count_words(_UNSPACED.sub(" ", text))
