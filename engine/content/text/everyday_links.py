"""Texts that link by nothing but everyday URLs: found a whole column at a time.

An everyday URL has a scheme, a lower-case host under a common ending, a path of letters, digits,
``-``, ``_`` and ``/``, and space around it. `extract_urls` finds the same in such a text; a test
holds both together. All other texts are left to it.
"""

import polars as pl

from .plain_texts import may_have_entities

_ENDINGS = "com|org|net|edu|gov|ly|gl|me|co|uk|au|ca|in|tv|it|jp"
_HOST = rf"[a-z0-9]{{1,63}}(?:\.[a-z0-9]{{1,63}})*\.(?:{_ENDINGS})"
_URL = rf"(^|[ \n])https?://{_HOST}(?:/[a-zA-Z0-9/_-]{{0,1000}})?"
_MARK = "\x01"
_SHORTENED_BY_X = "//t.co"


def marked(text: pl.Expr) -> pl.Expr:
    """Return simple texts with a mark in the place of each everyday URL."""
    return text.str.replace_all(_URL, "${1}" + _MARK)


def links_by_these_alone(text: pl.Expr, marked: pl.Expr) -> pl.Expr:
    """Return whether a text links to nothing else; ``marked`` is what `marked` made of it."""
    other = may_have_entities(marked) | marked.str.contains(rf"://|{_MARK}[^ \n]|[-_/]{_MARK}")
    odd = text.str.contains(_MARK, literal=True) | text.str.contains(_SHORTENED_BY_X, literal=True)
    return text.str.contains("://", literal=True) & ~other & ~odd


def everyday_urls(text: pl.Expr) -> pl.Expr:
    """Return the URLs of such texts, in order."""
    return text.str.extract_all(_URL).list.eval(pl.element().str.strip_chars_start(" \n"))


def prose(marked: pl.Expr) -> pl.Expr:
    """Return marked texts with a space in the place of each URL."""
    return marked.str.replace_all(_MARK, " ", literal=True)
