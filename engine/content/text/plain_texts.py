"""Counting whole columns of simple texts: Latin, Greek, Cyrillic and common punctuation.

In such a text every code point is a grapheme and NFC changes nothing, so that Polars can count
it by linear-time patterns. Everything else, and what links to something, is left to `tally`.
The numbers equal those of `tally` exactly; a test holds both together.
"""

from collections.abc import Collection

import polars as pl

from .characters import BREAKS, SPACE_LIST
from .sentences import (
    ABBREVIATION,
    END,
    HIDDEN_STOP,
    LINE_END,
    SMALL_LETTER_FOLLOWS,
    WORDED_LINE,
)
from .tally import CAPITAL, CAPITAL_WORD, NOT_LETTERS, Tally
from .weighted import LIGHT
from .words import WORD

PLAIN = (
    "\x00-\u00ac\u00ae-\u02ff\u0370-\u0373\u0375-\u0377\u037a-\u037d\u037f\u0384-\u0386"
    "\u0388-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u20a0-\u20c0\u2122"
)
"""The code points of simple texts, as the inside of a character class."""

_PLAIN_TEXT = f"^[{PLAIN}]*$"
_SIGNS_OF_ENTITIES = r"[#@]|[^ \n.]\.\p{L}{2}|\$[A-Za-z]"
_STEPS = ("text", "prose", "stripped", "pieces", "letters")
_LIGHT = LIGHT.replace("\u0000", r"\x00")


def is_plain(text: pl.Expr) -> pl.Expr:
    """Say whether a text is simple enough for `plain_counts`."""
    return text.str.contains(_PLAIN_TEXT)


def may_have_entities(text: pl.Expr) -> pl.Expr:
    """Say whether a simple text could hold a hashtag, mention, cashtag or URL."""
    return text.str.contains(_SIGNS_OF_ENTITIES)


def plain_counts(
    texts: pl.Series, prose: pl.Series, only: Collection[str] | None = None
) -> pl.DataFrame:
    """Return the columns of `tally.Tally` for simple texts, lengths as if no URL were shortened.

    ``prose``: the same texts without their URLs. ``only``: the columns to count, the others are
    null; None: all.
    """
    text, prose_text, stripped, pieces, letters = (pl.col(name) for name in _STEPS)
    none = pl.lit(0, pl.Int64)
    characters, line_ends = text.str.len_chars(), _count(text, "\r\n", literal=True)
    first_line = stripped.str.extract(f"^([^{BREAKS}]*)").str.strip_chars_end(SPACE_LIST)
    first_sentence = pieces.str.extract(f"({WORDED_LINE})").str.strip_chars(SPACE_LIST)
    counts = {
        "characters": characters,
        "graphemes": characters - line_ends,
        "utf16": characters,
        "bytes": text.str.len_bytes(),
        "weighted": characters - line_ends + _count(text, f"[^{_LIGHT}]") + _count(text, "[©®]"),
        "mastodon": characters - line_ends,
        "threads": characters,
        "words": _count(text, WORD),
        "lines": pl.when(stripped == "").then(none).otherwise(_count(stripped, LINE_END) + 1),
        "sentences": _count(pieces, WORDED_LINE),
        "letters": letters,
        "capitals_share": pl.when(letters > 0).then(_count(prose_text, CAPITAL) / letters),
        "capital_words": _count(prose_text, CAPITAL_WORD),
        "emoji": none,
        "emoji_run": none,
        "emoji_bullets": none,
        "styled_letters": none,
        "invisible": none,
        "exclamations": _count(prose_text, "!", literal=True),
        "questions": _count(prose_text, "?", literal=True),
        "first_line": first_line,
        "first_sentence": first_sentence.str.replace_all(HIDDEN_STOP, ".", literal=True).fill_null(
            first_line
        ),
    }
    assert tuple(counts) == Tally._fields  # noqa: S101 - the order is the schema's
    left_out = [name for name in counts if only is not None and name not in only]
    frame = _steps(texts, prose).select(**counts | dict.fromkeys(left_out, pl.lit(None))).collect()
    return frame.with_columns(pl.col(pl.UInt32, pl.Int32).cast(pl.Int64))


def _steps(texts: pl.Series, prose: pl.Series) -> pl.LazyFrame:
    """Return what several columns are counted from, by the names in `_STEPS`."""
    text = pl.col("text")
    stripped = text.str.strip_chars(SPACE_LIST)
    hidden = stripped.str.replace_all(ABBREVIATION, "${1}" + HIDDEN_STOP)
    hidden = hidden.str.replace_all(SMALL_LETTER_FOLLOWS, HIDDEN_STOP + "${1}")
    return pl.LazyFrame({"text": texts, "prose": prose}).select(
        text,
        "prose",
        stripped=stripped,
        pieces=hidden.str.replace_all(END, "${1}\n"),
        letters=pl.col("prose").str.replace_all(NOT_LETTERS, "").str.len_chars().cast(pl.Int64),
    )


def _count(text: pl.Expr, pattern: str, *, literal: bool = False) -> pl.Expr:
    return text.str.count_matches(pattern, literal=literal).cast(pl.Int64)
