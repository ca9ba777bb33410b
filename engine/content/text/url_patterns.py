"""What may follow the host of a URL, as linear-time patterns: port, path (group 1), query.

X as in twitter-text 3.1.0; Mastodon with its own path and query characters
(config/initializers/twitter_regex.rb of the server).
"""

import re
from functools import cache

from .characters import CYRILLIC, LATIN_ACCENTS, SPACES
from .later import later

_X_QUERY = r"a-zA-Z0-9!?*'@();:&=+$/%#\[\]\-_.,~|"
_X_QUERY_END = r"a-zA-Z0-9\-_&=#/"
SHORT_LINK = later(
    lambda: re.compile(
        rf"https?://t\.co/([a-z0-9]+)(?:\?(?:[!?*'@();:+$%\[\].,~|]*+[{_X_QUERY_END}]++)++)?",
        re.IGNORECASE | re.ASCII,
    )
)


def _path(path: str, path_end: str, *, parens_end: bool) -> str:
    """Return the pattern of what follows a path's slash: it ends with one of ``path_end``.

    A balanced (...) may end it too; on X only right after such an end.
    """
    parens = rf"\((?:[{path}]++|[{path}]*+\([{path}]++\)[{path}]*+)\)"
    middle = f"(?![{path_end}])[{path}]"
    if parens_end:
        return f"(?:(?:{middle})*+(?:[{path_end}]++|{parens}))*+"
    return f"(?:(?:{middle}|{parens})*+[{path_end}]++)*+(?:{parens})*+"


def _tail(path: str, query: str, query_end: str) -> re.Pattern[str]:
    """Return the pattern of port, path (group 1) and query after a domain."""
    middle = f"(?![{query_end}])[{query}]"
    return re.compile(rf"(?::[0-9]+)?(/{path})?(?:\?(?:(?:{middle})*+[{query_end}]++)++)?")


_X_LETTERS = f"a-zA-Z0-9{CYRILLIC}{LATIN_ACCENTS}"
_BEYOND_ASCII = (
    "\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\uffef\U00010000-\U0001fffd\U00020000-\U0002fffd"
    "\U00030000-\U0003fffd\U00040000-\U0010fffd"
)


@cache
def x_tail() -> re.Pattern[str]:
    """Return what may follow a host on X."""
    path = _path(
        rf"{_X_LETTERS}!*';:=+,.$/%#\[\]\-–_~@|&", rf"{_X_LETTERS}+\-=_#/", parens_end=False
    )
    return _tail(path, _X_QUERY, _X_QUERY_END)


@cache
def mastodon_tail() -> re.Pattern[str]:
    """Return what may follow a host on Mastodon."""
    path = _path(rf"^{SPACES}<>()?", rf"^{SPACES}()?!*\"'「」<>;:=,.$%\[\]~&|@", parens_end=True)
    return _tail(path, rf"{_X_QUERY}\^{_BEYOND_ASCII}", rf"{_X_QUERY_END}{_BEYOND_ASCII}")
