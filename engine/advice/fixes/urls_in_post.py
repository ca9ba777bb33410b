"""Edit the links of a post: those in its texts and those beside them."""

from collections.abc import Callable
from typing import Any

from ...content.text.entities import extract_urls
from .fields import edited, edited_list
from .fix_context import Post


def edited_urls(post: Post, edit: Callable[[str], str]) -> dict[str, Any]:
    """Return the columns in which ``edit`` changes a link, with their new values."""

    def in_text(text: str) -> str:
        for url in reversed(extract_urls(text)):
            text = text[: url.start] + edit(url.value) + text[url.end :]
        return text

    return edited(post, in_text) | edited_list(post, edit, "links")


def host_of(url: str) -> str:
    """Return the host, lower case, without ``www.`` and port."""
    rest = url.split("://", 1)[-1]
    authority = rest.split("/", 1)[0].split("?", 1)[0].split("#", 1)[0]
    return authority.rsplit("@", 1)[-1].split(":", 1)[0].lower().removeprefix("www.")
