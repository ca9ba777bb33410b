"""Make share links: each service's template with the page's address and title filled in."""

from collections.abc import Mapping
from urllib.parse import quote, urlsplit, urlunsplit

from .share_link_data import ShareForm


def share_address(form: ShareForm, url: str, title: str, image: str, utm: Mapping[str, str]) -> str:
    """Return a share link of that form; ``utm`` are parameters for the page's address.

    Everything that is filled in is percent-encoded, so that nothing of a page can break out.
    """
    values = {"url": tagged(url, utm), "title": title, "image": image}
    filled = form.template
    for name, value in values.items():
        filled = filled.replace(f"{{{name}}}", quote(value, safe=""))
    return filled


def tagged(url: str, utm: Mapping[str, str]) -> str:
    """Return ``url`` with the utm parameters that it lacks, before its fragment."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    pairs = [pair for pair in parts.query.split("&") if pair]
    named = {pair.partition("=")[0].lower() for pair in pairs}
    added = [f"{name}={quote(value, safe='')}" for name, value in utm.items() if name not in named]
    path = parts.path or "/"
    return urlunsplit(
        (parts.scheme, parts.netloc, path, "&".join([*pairs, *added]), parts.fragment)
    )
