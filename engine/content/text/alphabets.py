"""Whether a text is written in one alphabet, as people write it."""

from functools import cache

import regex


def _alphabet(script: str) -> regex.Pattern[str]:
    """Return what a word of a script looks like: small, capitalised, or all in capitals."""
    small, mark, capital = (
        rf"[\p{{{script}}}&&[{kinds}]]" for kinds in (r"\p{Ll}\p{Lo}", r"\p{M}", r"\p{Lu}")
    )
    word = rf"(?:{capital}?(?:{small}++{mark}*+)++|{capital}++)"
    sign = "[\x21-\x7e\xa0«»„“”‘’–—…№]"
    return regex.compile(rf"{sign}*+(?:{word}(?:{sign}++{word})*+{sign}*+)?", regex.V1)


@cache
def _alphabets() -> tuple[regex.Pattern[str], ...]:
    scripts = ("Cyrillic", "Greek", "Hebrew", "Arabic", "Thai", "Armenian", "Georgian")
    return tuple(map(_alphabet, scripts))


def is_of_one_alphabet(text: str) -> bool:
    """Tell whether all words beyond ASCII are of one alphabet, capitals where they belong."""
    words = [word for word in text.split() if not word.isascii()]
    return any(all(map(alphabet.fullmatch, words)) for alphabet in _alphabets())
