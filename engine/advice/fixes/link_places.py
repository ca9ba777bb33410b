"""Links that move out of the post: into the profile, into the first comment."""

import re
from typing import Any

from ...content.text.entities import extract_urls
from ...content.text.entity import Entity
from .fields import body, body_field
from .fix_context import Changes, FixContext, Post
from .link_words import link_runs, opens_line, would_hang
from .links import without_urls

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
    for run in reversed(link_runs(text, urls)):
        if would_hang(text, run):
            said = where if opens_line(text, run) else where.lower()
            text = text[: run[0].start] + said + text[run[-1].end :]
        else:
            text = without_urls(text, run)
    here = re.escape(where)
    return re.sub(
        rf"(?i):[ \t]*{here}[ \t]*\n(?=[^\n]*:[ \t]*{here}[ \t]*$)", " · ", text, flags=re.M
    )
