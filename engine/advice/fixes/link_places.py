"""Links that move out of the post: into the profile, into the first comment."""

from typing import Any

from ...content.text.entities import extract_urls
from .fields import body, body_field
from .links import without_urls
from .platform_facts import Changes, PlatformFacts, Post

IN_BIO = "Link in bio"
IN_COMMENT = "Link in the first comment"


def link_to_bio(post: Post, facts: PlatformFacts) -> Changes | None:
    """Return the post without links, saying that the link is in the profile."""
    return _moved(post, facts, IN_BIO)


def link_to_comment(post: Post, facts: PlatformFacts) -> Changes | None:
    """Return the post without links, saying that the link is in the first comment."""
    return _moved(post, facts, IN_COMMENT)


def _moved(post: Post, facts: PlatformFacts, where: str) -> Changes | None:
    text = body(post, facts)
    urls = extract_urls(text)
    if not urls and not post["links"]:
        return None
    bare = without_urls(text, urls).rstrip()
    says_so = where.lower() in bare.lower()
    told = bare if says_so else f"{bare}\n\n{where}".lstrip()
    changes: dict[str, Any] = {body_field(post, facts): told}
    return {**changes, "links": None} if post["links"] else changes
