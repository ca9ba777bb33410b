"""The length of one text in each unit that a platform counts in."""

from collections.abc import Callable, Mapping

from .emoji_sequences import emoji_spans, shown_as_emoji
from .graphemes import count_graphemes
from .mastodon import mastodon_length
from .weighted import weighted_length


def _utf16(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


def _threads(text: str) -> int:
    pictures = shown_as_emoji(text, emoji_spans(text))
    return len(text) + sum(_bytes(text[start:end]) - (end - start) for start, end in pictures)


LENGTHS: Mapping[str, Callable[[str], int]] = {
    "characters": len,
    "bytes": _bytes,
    "utf16": _utf16,
    "graphemes": count_graphemes,
    "weighted": weighted_length,
    "mastodon": mastodon_length,
    "threads": _threads,
}
"""Column of `counts.count_texts` → the same number for a single text."""
