"""Length as X weighs it: twitter-text 3.1.0, configuration 3.

The text in NFC, a line break counted once; a URL weighs 23, an emoji sequence 2; a code point
in `LIGHT` weighs 1, any other 2. Emoji that are newer than twitter-text's table weigh 2 too.
Source: config/v3.json and the specification of github.com/twitter/twitter-text.
"""

import re
from collections.abc import Sequence

from .emoji_sequences import emoji_spans
from .entity import Entity
from .later import later
from .normal_form import composed
from .urls import extract_urls

URL_WEIGHT = 23
EMOJI_WEIGHT = 2
LIGHT = "\u0000-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037"
"""The code points of weight 1, as the inside of a character class."""

_HEAVY = later(lambda: re.compile(f"[^{LIGHT}]"))


def weighted_length(text: str, *, urls: Sequence[Entity] | None = None) -> int:
    """Return the weighted length of a text on X (280 is an ordinary account's limit).

    ``urls`` saves finding them again; only for a text that already is in NFC.
    """
    if urls is None:
        text = composed(text)
        urls = extract_urls(text)
    spans = [(url.start, url.start + len(url.value), URL_WEIGHT) for url in urls]
    spans += [(start, end, EMOJI_WEIGHT) for start, end in emoji_spans(text)]
    total, position = -text.count("\r\n"), 0
    for start, end, weight in sorted(spans):
        if start >= position:
            total += _plain_weight(text[position:start]) + weight
            position = end
    return total + _plain_weight(text[position:])


def _plain_weight(text: str) -> int:
    if text.isascii():
        return len(text)
    return len(text) + sum(1 for _ in _HEAVY.finditer(text))
