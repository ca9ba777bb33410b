"""The same words without what hinders reading: signs, spaces, codes, capitals."""

import re

from ...content.text.tidying import plain_letters as plainly
from ...content.text.tidying import tidy_spaces as tidily
from ...content.text.tidying import unescape as unescaped
from ...content.text.tidying import without_invisible
from .fields import WORDS, edited, edited_body
from .fix_context import Changes, FixContext, Post

_SHARE = "text.capitals_share"
_CAPITALS = re.compile(r"(?<![#@$＃＠\w/.])[^\W\d_]+(?![\w/@])")
_LONG_CAPITALS = re.compile(r"(?<![#@$＃＠\w/.])[^\W\d_]{4,}(?![\w/@])")
_STARTS_SENTENCE = re.compile(r"(?:^\s*|[.!?…:\n]\s*)[\"'“‘(\[]*$")
_LOOK_BACK = 8


def strip_invisible(post: Post, context: FixContext) -> Changes | None:
    """Return the texts without zero-width and direction-changing characters."""
    return edited(post, without_invisible, WORDS) or None


def plain_letters(post: Post, context: FixContext) -> Changes | None:
    """Return the texts with ordinary letters instead of styled ones."""
    return edited(post, plainly, WORDS) or None


def tidy_spaces(post: Post, context: FixContext) -> Changes | None:
    """Return the texts with single spaces and at most one blank line in a row."""
    return edited(post, tidily, WORDS) or None


def unescape(post: Post, context: FixContext) -> Changes | None:
    """Return the texts with the characters that HTML codes stand for."""
    return edited(post, unescaped, WORDS) or None


def sentence_case(post: Post, context: FixContext) -> Changes | None:
    """Return the text with words in capitals in ordinary case.

    Those of four letters or more; shorter ones too where most of the text is in capitals. A
    word at the start of a sentence keeps its capital. Abbreviations and names are lost: a
    person has to look.
    """
    words = _CAPITALS if context.measured == _SHARE else _LONG_CAPITALS
    return edited_body(post, context, lambda text: words.sub(_quiet_word, text))


def _quiet_word(match: re.Match[str]) -> str:
    word = match.group()
    if not word.isupper() or word == "I":
        return word
    before = match.string[max(0, match.start() - _LOOK_BACK) : match.start()]
    return word.capitalize() if _STARTS_SENTENCE.search(before) else word.lower()
