"""The same text without what disturbs: invisible and styled characters, spaces, HTML codes."""

import html
import unicodedata

import regex

from .characters import BREAKS, SPACE_LIST, SPACES
from .emoji_sequences import emoji_spans
from .invisible import invisible_places

_STYLED = regex.compile(r"[\U0001d400-\U0001d7ff\uff21-\uff3a\uff41-\uff5a]+")
_LINE_SPACES = regex.compile(rf"(?<=[^{SPACES}])[^\S{BREAKS}]{{2,}}(?=[^{SPACES}])")
_LINE_END_SPACES = regex.compile(rf"[^\S{BREAKS}]++(?=[{BREAKS}])")
_BLANK_LINES = regex.compile(r"(\r\n|\n)(?:\r\n|\n){2,}")
_HTML_CODE = regex.compile(
    r"&(?:amp|lt|gt|quot|apos|nbsp|#39|#x27|#34|hellip|[lr][sd]quo|[mn]dash);"
)


def without_invisible(text: str) -> str:
    """Return the text without the characters that `invisible.count_invisible` counts."""
    gone = set(invisible_places(text, emoji_spans(text)))
    return "".join(one for at, one in enumerate(text) if at not in gone) if gone else text


def plain_letters(text: str) -> str:
    """Return the text with ordinary letters instead of mathematical and full-width ones."""
    return _STYLED.sub(lambda match: unicodedata.normalize("NFKC", match.group()), text)


def tidy_spaces(text: str) -> str:
    """Return the text with single spaces, none around it, and at most one blank line in a row.

    Spaces at the beginning of a line stay.
    """
    tidy = _LINE_END_SPACES.sub("", _LINE_SPACES.sub(" ", text.strip(SPACE_LIST)))
    return _BLANK_LINES.sub(r"\1\1", tidy)


def unescape(text: str) -> str:
    """Return the text with the characters that common HTML codes (&amp;) stand for."""
    return _HTML_CODE.sub(lambda match: html.unescape(match.group()), text)
