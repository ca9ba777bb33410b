"""Links that move out of the post: into the profile, into the first comment."""

import re
from typing import Any

from ...content.text.entities import extract_urls
from ...content.text.entity import Entity
from .fields import body, body_field
from .fix_context import Changes, FixContext, Post
from .links import without_urls

_JOINED = re.compile(r"(?i)[\s,;|/&+·•]*(?:and|or|und|oder|y|o|et|ou|e)?\s*")
"""What stands between links that a sentence lists."""
_HANGS = re.compile(
    r"(?i)(?:[:(\[→👉➡,–—-]\ufe0f?"
    r"|\b(?:at|on|via|from|to|see|visit|unter|auf|bei|von|sur|en|a|su))$"
)
"""The end of words that lead to a link, and mean nothing without it."""
_ENDED = tuple(".!?…。！？")

IN_BIO = "Link in bio"
IN_COMMENT = "Link in the first comment"


def link_to_bio(post: Post, context: FixContext) -> Changes | None:
    """Return the post without links, saying that the link is in the profile."""
    return _moved(post, context, IN_BIO)


def link_to_comment(post: Post, context: FixContext) -> Changes | None:
    """Return the post without links, saying that the link is in the first comment."""
    return _moved(post, context, IN_COMMENT)


def _moved(post: Post, context: FixContext, where: str) -> Changes | None:
    text = body(post, context)
    urls = extract_urls(text)
    if not urls and not post["links"]:
        return None
    bare = _said_in_place(text, urls, where).rstrip()
    says_so = where.lower() in bare.lower()
    told = bare if says_so else f"{bare}\n\n{where}".lstrip()
    changes: dict[str, Any] = {body_field(post, context): told}
    return {**changes, "links": None} if post["links"] else changes


def _said_in_place(text: str, urls: list[Entity], where: str) -> str:
    """Return the text without URLs; where words would hang, ``where`` stands for the link.

    Lines of labels that would all lead there become one.
    """
    for run in reversed(_runs(text, urls)):
        start, end = run[0].start, run[-1].end
        before, after = text[:start].rstrip(), text[end:].split("\n", 1)[0].strip()
        opens = not text[:start].rsplit("\n", 1)[-1].strip()
        if _HANGS.search(before) or _goes_on(after, opens or before.endswith(_ENDED)):
            text = text[:start] + (where if opens else where.lower()) + text[end:]
        else:
            text = without_urls(text, run)
    here = re.escape(where)
    return re.sub(
        rf"(?i):[ \t]*{here}[ \t]*\n(?=[^\n]*:[ \t]*{here}[ \t]*$)", " · ", text, flags=re.M
    )


def _runs(text: str, urls: list[Entity]) -> list[list[Entity]]:
    """Return the URLs, those together that only a comma or an "or" parts on a line."""
    runs: list[list[Entity]] = []
    for url in urls:
        between = text[runs[-1][-1].end : url.start] if runs else "\n"
        if "\n" not in between and _JOINED.fullmatch(between):
            runs[-1].append(url)
        else:
            runs.append([url])
    return runs


def _goes_on(after: str, opens: bool) -> bool:
    """Return whether the sentence of a link goes on with ``after``, or begins with the link."""
    return after[:1].islower() if opens else after[:1].isalnum() or after[:1] in (")", "]")
