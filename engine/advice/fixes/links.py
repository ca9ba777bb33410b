"""Links: once, with their scheme, no more than allowed."""

import re

from ...content.text.entities import extract_urls
from ...content.text.entity import Entity
from .fields import body, body_field, edited
from .fix_context import Changes, FixContext, Post
from .hashtag_places import cut_out
from .link_words import goes_on, link_runs, without_lead, would_hang
from .urls_in_post import edited_urls

_SCHEME = re.compile(r"(?i)https?://")
_INSECURE = re.compile(r"(?i)^http://")


def add_scheme(post: Post, context: FixContext) -> Changes | None:
    """Return the links with https:// before those that have no scheme.

    "Amazon.com", with a capital and no path, is a name in a sentence and stays.
    """
    return edited_urls(post, _with_scheme) or None


def https(post: Post, context: FixContext) -> Changes | None:
    """Return the links with https:// instead of http://."""
    return edited_urls(post, lambda url: _INSECURE.sub("https://", url)) or None


def drop_repeated_links(post: Post, context: FixContext) -> Changes | None:
    """Return the texts and links with each link once: where it stands first.

    Only where no words follow on the line, since a sentence may need the link it ends with.
    """
    given = post["links"] or []
    once = list(dict.fromkeys(given))
    changes = edited(post, _without_repeated)
    return changes | ({"links": once} if len(once) < len(given) else {}) or None


def drop_links(post: Post, context: FixContext) -> Changes | None:
    """Return the post without the last links, down to the limit.

    Where links in the text can't be followed but the post may have a link of its own, all are
    taken out of the text, and the first becomes the post's link if it has none. A sentence that
    goes on after a link is for a person to reword.
    """
    if context.limits.get("links_clickable") == 0:
        return _out_of_text(post, context)
    most = context.room("links.unique", "links")
    text, given = body(post, context), post["links"] or []
    urls = extract_urls(text)
    different = list(dict.fromkeys([*(url.value for url in urls), *given]))
    if most is None or len(different) <= most:
        return None
    gone = set(different[most:])
    changes = {
        body_field(post, context): without_urls(text, [url for url in urls if url.value in gone]),
        "links": [link for link in given if link not in gone] or None,
    }
    return {name: value for name, value in changes.items() if value != post[name]}


def without_urls(text: str, gone: list[Entity]) -> str:
    """Return the text without some of its URLs, and the spaces they would leave."""
    for url in reversed(gone):
        text = cut_out(text, url.start, url.end)
    return text


def _with_scheme(url: str) -> str:
    is_name = "/" not in url and url != url.lower()
    return url if is_name or _SCHEME.match(url) else f"https://{url}"


def _out_of_text(post: Post, context: FixContext) -> Changes | None:
    text = body(post, context)
    urls = extract_urls(text)
    bare = _without_leads(text, urls)
    if not urls or not bare:
        return None
    typed = next((url.value for url in urls if _SCHEME.match(url.value)), None)
    changes: dict[str, object] = {body_field(post, context): bare}
    if not post["links"] and typed is not None:
        changes["links"] = [typed]
    return changes


def _without_leads(text: str, urls: list[Entity]) -> str | None:
    """Return the text without URLs and the colons before them; None where a sentence needs one."""
    for run in reversed(link_runs(text, urls)):
        start, end = run[0].start, run[-1].end
        lead = without_lead(text[:start])
        if goes_on(text, run) or (would_hang(text, run) and lead == text[:start]):
            return None
        text = cut_out(lead + text[start:], len(lead), len(lead) + end - start)
    return text


def _without_repeated(text: str) -> str:
    urls = extract_urls(text)
    seen: set[str] = set()
    repeated = []
    for url in urls:
        line_ends = text[url.end :].split("\n", 1)[0]
        if url.value in seen and not any(one.isalnum() for one in _without_all(line_ends)):
            repeated.append(url)
        seen.add(url.value)
    return without_urls(text, repeated)


def _without_all(text: str) -> str:
    return without_urls(text, extract_urls(text))
