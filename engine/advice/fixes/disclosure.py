"""Say that a post is an advertisement, first and in plain words."""

import re

from .fields import body, body_field
from .fix_context import Changes, FixContext, Post
from .hashtag_places import cut_out

LABELS = {
    "de": "Anzeige",
    "es": "Publicidad",
    "fr": "Publicité",
    "it": "Pubblicità",
    "nl": "Reclame",
    "pl": "Reklama",
}
"""Language → the word to begin with; "Ad" in any other."""

_AD = "Ad"
_NAMES = (
    r"ads?|advert|advertisement|advertising|advertorial|adv|pub|sponsored|werbung|anzeige|"
    r"publicidad|publicité|pubblicità|reclame|reklama|paid ?(?:partnership|promotion|post)"
)
_LABEL = re.compile(
    rf"(?i)(?<![\w#&/])#(?:{_NAMES})\b(?![-/])|[\[(](?:{_NAMES})[\])]"
    rf"|^[ \t]*(?:{_NAMES})[ \t.:!]*$",
    re.MULTILINE,
)


def move_disclosure(post: Post, context: FixContext) -> Changes | None:
    """Return the text with the label that it has, as written, at its start.

    A label is a hashtag, stands in brackets or alone on its line; a word in a sentence is none
    that can be moved. Later ones stay.
    """
    text = body(post, context)
    found = _LABEL.search(text)
    if found is None or not text[: found.start()].strip():
        return None
    rest = cut_out(text, found.start(), found.end()).lstrip()
    label = found.group().strip(" \t.:!")
    between = " " if label.startswith(("#", "[", "(")) else ": "
    return {body_field(post, context): f"{label}{between}{rest}"} if rest else None


def add_disclosure(post: Post, context: FixContext) -> Changes | None:
    """Return the text with "Ad:" before it, or, for one of the brand's people, that they are.

    The word is that of the post's language, see `LABELS`.
    """
    text = body(post, context)
    if post["rewarded"] or not _is_employee(post, context):
        label = LABELS.get((post["language"] or "").lower().split("-")[0], _AD)
        return {body_field(post, context): f"{label}: {text}" if text else label}
    employer = context.brand_name or next((f"@{name}" for name in context.brand.handles), None)
    if employer is None or not text:
        return None
    return {body_field(post, context): f"I work for {employer}. {text}"}


def add_label(post: Post, context: FixContext) -> Changes | None:
    """Return the platform's paid-partnership label as switched on, for a rewarded author."""
    return {"paid_partnership": True} if post["rewarded"] else None


def _is_employee(post: Post, context: FixContext) -> bool:
    return (post["author"] or "").lower().removeprefix("@") in context.brand.employees
