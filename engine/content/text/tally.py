"""Everything `count_texts` knows about one text: the plain, always right way.

`plain_texts` says the same of simple texts a whole column at a time.
"""

from typing import NamedTuple

import regex

from .characters import SPACE_LIST
from .emoji_sequences import emoji_spans, shown_as_emoji
from .entity import without
from .entity_counts import EntityCounts, count_entities
from .graphemes import count_graphemes
from .invisible import count_invisible
from .later import later
from .mastodon import mastodon_length
from .sentences import lines, sentences
from .urls import extract_urls
from .weighted import weighted_length
from .words import count_words

NOT_LETTERS = r"\P{L}+"
CAPITAL = r"\p{Lu}"
CAPITAL_WORD = r"\b\p{Lu}{4,}\b"

_LETTER = later(lambda: regex.compile(r"\p{L}"))
_CAPITAL = later(lambda: regex.compile(CAPITAL))
_CAPITAL_WORD = later(lambda: regex.compile(r"\b\p{Lu}{4,}+\b"))
_STYLED = later(lambda: regex.compile(r"[\U0001d400-\U0001d7ff\uff21-\uff3a\uff41-\uff5a]"))
_EXCLAMATION = later(lambda: regex.compile(r"[!\uff01\ufe57\ufe15\u055c\u07f9]"))
_QUESTION = later(
    lambda: regex.compile(
        r"[?\uff1f\ufe56\ufe16\u061f\u037e\u055e\u1367\u2e2e\ua60f\ua6f7\U00011143]"
    )
)
_BETWEEN_EMOJI = later(lambda: regex.compile("[ \xa0\ufe0f]*+"))
_BEYOND_BMP = later(lambda: regex.compile("[\U00010000-\U0010ffff]"))


class Tally(NamedTuple):
    """The columns of `count_texts` without the entities, in their order."""

    characters: int
    graphemes: int
    utf16: int
    bytes: int
    weighted: int
    mastodon: int
    threads: int
    words: int
    lines: int
    sentences: int
    letters: int
    capitals_share: float | None
    capital_words: int
    emoji: int
    emoji_run: int
    emoji_bullets: int
    styled_letters: int
    invisible: int
    exclamations: int
    questions: int
    first_line: str
    first_sentence: str


def tally(text: str) -> tuple[Tally, EntityCounts]:
    """Count one text; see `count_texts` for what each number means."""
    spans = emoji_spans(text)
    pictures = shown_as_emoji(text, spans)
    urls = extract_urls(text)
    prose = without(text, urls)
    letters = _count(_LETTER, prose)
    its_lines, its_sentences = lines(text), sentences(text)
    first_line = its_lines[0].rstrip(SPACE_LIST) if its_lines else ""
    counts = Tally(
        characters=len(text),
        graphemes=count_graphemes(text),
        utf16=len(text) + _count(_BEYOND_BMP, text),
        bytes=_bytes(text),
        weighted=weighted_length(text),
        mastodon=mastodon_length(text),
        threads=len(text) + sum(_bytes(text[a:b]) - (b - a) for a, b in pictures),
        words=count_words(text),
        lines=len(its_lines),
        sentences=len(its_sentences),
        letters=letters,
        capitals_share=_count(_CAPITAL, prose) / letters if letters else None,
        capital_words=_count(_CAPITAL_WORD, prose),
        emoji=len(pictures),
        emoji_run=_longest_run(text, pictures),
        emoji_bullets=_bullets(its_lines),
        styled_letters=_count(_STYLED, text),
        invisible=count_invisible(text, spans),
        exclamations=_count(_EXCLAMATION, prose),
        questions=_count(_QUESTION, prose),
        first_line=first_line,
        first_sentence=its_sentences[0] if its_sentences else first_line,
    )
    return counts, count_entities(text, urls)


def _count(pattern: regex.Pattern[str], text: str) -> int:
    return sum(1 for _ in pattern.finditer(text))


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


def _longest_run(text: str, emoji: list[tuple[int, int]]) -> int:
    """Return the most emoji in a row, spaces between them allowed."""
    longest, run, follows = 0, 0, -1
    for start, end in emoji:
        run = run + 1 if start == follows else 1
        longest = max(longest, run)
        gap = _BETWEEN_EMOJI.match(text, end)
        follows = gap.end() if gap else end
    return longest


def _bullets(its_lines: list[str]) -> int:
    """Return how many lines begin with an emoji, when at least two do."""
    found = 0
    for line in its_lines:
        start = line.lstrip(SPACE_LIST)[:16]
        found += any(span[0] == 0 for span in shown_as_emoji(start, emoji_spans(start)))
    return found if found > 1 else 0
