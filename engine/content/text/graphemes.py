"""Grapheme clusters: what people take for one character (Unicode Standard Annex 29)."""

import regex

_CLUSTER = regex.compile(r"\X")
_FLAG = regex.compile("[\U0001f1e6-\U0001f1ff]{2}")


def count_graphemes(text: str) -> int:
    """Return the number of extended grapheme clusters; a carriage return + line feed is one."""
    if text.isascii():
        return len(text) - text.count("\r\n")
    # A pair of regional indicators behaves like a letter; long runs of them make \X crawl.
    return sum(1 for _ in _CLUSTER.finditer(_FLAG.sub("x", text)))
