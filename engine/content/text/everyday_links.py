"""Texts that link by nothing but everyday URLs: found a whole column at a time.

An everyday URL has a scheme, a lower-case host under a common ending, a path and a query of
letters, digits, ``-``, ``_``, ``/`` and single stops; before it stands a space, ``(`` or a
quotation mark, after it a space or the punctuation that ends a sentence. `extract_urls` finds
the same in such a text; a test holds both together. All other texts are left to it.
"""

import polars as pl

from .plain_texts import may_have_entities

_COUNTRIES = (
    "a[cdefgilmnoqrstuwxz]|b[abdefghijlmnoqrstvwyz]|c[acdfghiklmnoruvwxyz]|d[ejkmoz]|e[ceghrstu]|"
    "f[ijkmor]|g[abdefghilmnpqrstuwy]|h[kmnrtu]|i[delmnoqrst]|j[emop]|k[eghimnprwyz]|"
    "l[abcikrstuvy]|m[acdefghklmnopqrstuvwxyz]|n[acefgilopruz]|om|p[aefghklmnrstwy]|qa|r[eosuw]|"
    "s[abcdeghijklmnorstuvxyz]|t[cdfghjklmnoprtvwz]|u[agkmsyz]|v[aceginu]|w[fs]|y[et]|z[amw]"
)
ENDINGS = f"com|org|net|edu|gov|info|biz|news|{_COUNTRIES}"
_LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = rf"{_LABEL}(?:\.{_LABEL}){{0,5}}\.(?:{ENDINGS})"
_PATH = r"/[a-zA-Z0-9/_-]{0,1000}(?:\.[a-zA-Z0-9/_-]{1,1000}){0,2}"
_QUERY = r"\?[a-zA-Z0-9=&_-]{1,1000}"
_URL = rf"(^|[ \n(\"])https?://{_HOST}(?:{_PATH}(?:{_QUERY})?)?"
_MARK = "\x01"
_END = r"[.,!?:;)\"]*(?:[ \n]|$)"
_SHORTENED_BY_X = "//t.co"
_WHOLE_SHORT_LINK = rf"//t\.co/[a-z0-9]{{1,40}}{_END}"


def marked(text: pl.Expr) -> pl.Expr:
    """Return simple texts with a mark in the place of each everyday URL."""
    return text.str.replace_all(_URL, "${1}" + _MARK)


def links_by_these_alone(text: pl.Expr, marked: pl.Expr) -> pl.Expr:
    """Return whether a text links to nothing else; ``marked`` is what `marked` made of it."""
    ended = marked.str.count_matches(_MARK + _END) == marked.str.count_matches(_MARK, literal=True)
    other = may_have_entities(marked) | marked.str.contains("://", literal=True)
    short = text.str.count_matches(_SHORTENED_BY_X, literal=True)
    odd = text.str.contains(_MARK, literal=True) | (
        short > text.str.count_matches(_WHOLE_SHORT_LINK)
    )
    return text.str.contains("://", literal=True) & ended & ~other & ~odd


def everyday_urls(text: pl.Expr) -> pl.Expr:
    """Return the URLs of such texts, in order."""
    return text.str.extract_all(_URL).list.eval(pl.element().str.strip_chars_start(' \n("'))


def prose(marked: pl.Expr) -> pl.Expr:
    """Return marked texts with a space in the place of each URL."""
    return marked.str.replace_all(_MARK, " ", literal=True)
