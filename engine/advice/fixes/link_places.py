"""Links that move out of the post: into the profile, into the first comment."""

from typing import Any

from ...content.text.entities import extract_urls
from .fields import body, body_field
from .fix_context import Changes, FixContext, Post
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
    bare = without_urls(text, urls).rstrip()
    says_so = where.lower() in bare.lower()
    told = bare if says_so else f"{bare}\n\n{where}".lstrip()
    changes: dict[str, Any] = {body_field(post, context): told}
    return {**changes, "links": None} if post["links"] else changes
