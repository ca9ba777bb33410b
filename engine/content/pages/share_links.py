"""Recognise share buttons by the address that they lead to, and what is wrong with them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from .addresses import LOCAL_HOSTS, is_web, page_key, scheme_of, tidied
from .markup import Element, Markup, element_of
from .share_link_data import ShareForm, load_share_forms

_PLACEHOLDER = re.compile(
    r"\{\{|\$\{|\{url\}|\{link\}|<%|\[url\]|%7B%7B|YOUR[-_ ]?URL|undefined", re.I
)
# A search for these takes a tenth of the pattern's; none of its alternatives goes without one.
_IN_PLACEHOLDERS = ("{", "<%", "[", "%7b", "your", "undefined")
_ADDRESS = re.compile(r"https?://[^\s]+", re.I)
_UTM = re.compile(r"[?&]utm_source=[^&]")
# A mail to the shop or a link to one's own profile is no share button.
_MAILS = ("email", "sms")
_MAYBE = ("mastodon", "whatsapp")
_SHOWN = 60
_MOST_PARAMETERS = 100
_MOST_HOSTS = 4
_PLAIN_HOST = re.compile(r"[a-z0-9.-]+")


@dataclass(frozen=True, slots=True)
class ShareLink:
    """A share link: its form, the page it shares ("" for none) and what keeps it from working.

    ``encoded`` is False where the page's own parameters get lost, since they stand bare.
    """

    form: ShareForm
    page: str
    encoded: bool = True

    @property
    def tagged(self) -> bool:
        """Whether the page's address says who brought the visit."""
        return _UTM.search(self.page) is not None


def share_link(address: str) -> ShareLink | None:
    """Return what a link shares and how; None where it is no share link."""
    forms = load_share_forms()
    address = tidied(address)
    form = None
    if some := forms.hosts.get(_host(address)):
        path = "/" + address.partition("//")[2].partition("/")[2]
        path = path.partition("?")[0].partition("#")[0]
        form = next((one for one in some if one.path and one.path.fullmatch(path)), None)
    elif not address.startswith("http"):
        form = forms.schemes.get(scheme_of(address))
    if form is None:
        return None
    page, encoded = _shared_page(address, form)
    if not page and form.service in _MAYBE and not _carries_anything(address, form):
        return None
    return None if not page and form.service in _MAILS else ShareLink(form, page, encoded)


def share_measures(markup: Markup, address: str) -> dict[str, Any]:
    """Return the measures of sharing; ``address`` is the page's own, "" where not known."""
    links = list(_share_links(markup))
    placed = [(one, _fault(one)) for one, _ in links if one.form.address]
    good = [one for one, fault in placed if one.form.state == "working" and fault is None]
    scripts = list(_scripts(markup))
    return {
        "share_links": len(good),
        "share_services": _named(one.form.service for one in good),
        "share_broken": _named(
            _told(form)
            for form in (*(one.form for one, _ in links), *scripts)
            if form.state == "broken"
        ),
        "share_outdated": _named(
            _told(one.form) for one, _ in placed if one.form.state == "outdated"
        ),
        "share_empty": _named(
            f"{one.form.service} ({fault})"
            for one, fault in placed
            if one.form.state != "broken" and fault is not None
        ),
        "share_unencoded": _named(one.form.service for one, _ in placed if not one.encoded),
        "share_elsewhere": _named(
            f"{one.form.service} → {one.page[:_SHOWN]}"
            for one in good
            if not _is_page(one.page, address)
        ) if address else None,
        "share_untagged": sum(not one.tagged for one in good),
        "share_unnamed": sum(_is_unnamed(element) for _, element in links),
        "share_widgets": sum(form.state == "working" for form in scripts),
        "web_share": "navigator.share" in markup.signs,
        "copy_link": not markup.signs.isdisjoint(("clipboard", "execcommand")),
    }  # fmt: skip


def _share_links(markup: Markup) -> Iterator[tuple[ShareLink, Element]]:
    hosts = load_share_forms().hosts
    others: set[str] = set()
    most: tuple[str, ...] = ()
    for address, node in markup.links:
        if address.startswith(most):
            continue
        if address[:8] == "https://":
            # Most links lead to a few other hosts, written plainly: those need no closer look.
            host = address[8 : address.find("/", 8)]
            if host in others:
                continue
            if _PLAIN_HOST.fullmatch(host) and host.removeprefix("www.") not in hosts:
                others.add(host)
                if len(most) < _MOST_HOSTS:
                    most = (*most, f"https://{host}/")
        elif ":" not in address and address[:2] != "//":
            continue
        found = share_link(address)
        if found is not None:
            yield found, element_of(node)


def _scripts(markup: Markup) -> Iterator[ShareForm]:
    forms = load_share_forms().scripts
    for element in markup.named("script", "iframe"):
        source = element.get("src")
        if not source:
            continue
        for part, form in forms.items():
            if part in source:
                yield form
        found = share_link(source) if element.tag == "iframe" else None
        if found is not None and found.form.state == "broken":
            yield found.form


def _shared_page(address: str, form: ShareForm) -> tuple[str, bool]:
    """Return the page that a share link carries, and whether its address stands encoded."""
    query, fragment = _parts(address)
    for name in form.address:
        within, key = (fragment, name[1:]) if name.startswith("#") else (query, name)
        value = _value(within, key) if within else ""
        if not value:
            continue
        found = value if is_web(value) else next(iter(_ADDRESS.findall(value)), "")
        if not found and _holds_placeholder(value):
            found = value
        if found:
            return found.rstrip(".,)"), _is_encoded(within, key)
        if key in ("url", "u", "href", "link"):
            return value, True
    return "", True


def _is_encoded(query: str, key: str) -> bool:
    """Return whether the parameter's address has no parameters of its own that stand bare."""
    return "://" not in query or not re.search(rf"(?:^|[&;]){key}=https?://[^&]*\?", query)


def _host(address: str) -> str:
    """Return the host of an address with two slashes, lower case, without www. and port."""
    scheme, slashes, rest = address.partition("//")
    if not slashes or len(scheme) > 6:
        return ""
    host = rest.partition("/")[0].partition("?")[0].partition("#")[0]
    host = host.rpartition("@")[2].partition(":")[0]
    return host.lower().removeprefix("www.")


def _parts(address: str) -> tuple[str, str]:
    before, _, fragment = address.partition("#")
    return before.partition("?")[2], fragment


def _value(query: str, name: str) -> str | None:
    """Return the first value of a parameter, None where it is not there or among hundreds."""
    pairs = query.split("&", _MOST_PARAMETERS)
    if len(pairs) > _MOST_PARAMETERS:
        return None
    for pair in pairs:
        key, _, value = pair.partition("=")
        if key == name or ("%" in key and unquote(key) == name):
            return unquote(value.replace("+", " "))
    return None


def _carries_anything(address: str, form: ShareForm) -> bool:
    query, fragment = _parts(address)
    return any(
        _value(*((fragment, name[1:]) if name.startswith("#") else (query, name))) is not None
        for name in form.address
    )


def _fault(link: ShareLink) -> str | None:
    """Return why nothing useful is shared, None where the page's address is in order."""
    page = unquote(link.page) if "%" in link.page else link.page
    if not page:
        return "names no page"
    if _holds_placeholder(link.page) or (page != link.page and _holds_placeholder(page)):
        return f"a placeholder: {page[:_SHOWN]}"
    if not is_web(page):
        return f"not a complete address: {page[:_SHOWN]}"
    if _host(page) in LOCAL_HOSTS:
        return f"an address of your own machine: {page[:_SHOWN]}"
    return None


def _holds_placeholder(text: str) -> bool:
    low = text.lower()
    return any(part in low for part in _IN_PLACEHOLDERS) and _PLACEHOLDER.search(text) is not None


def _is_unnamed(element: Element) -> bool:
    """Return whether a screen reader has nothing to say of the link but its address."""
    if element.get("aria-label") or element.get("title") or element.get("aria-labelledby"):
        return False
    return not element.text and not element.holds_named_image


def _is_page(shared: str, address: str) -> bool:
    """Return whether a shared address is the page's own."""
    if shared.startswith(address) and shared[len(address) :][:5] in ("", "?utm_"):
        return True
    return not is_web(shared) or page_key(shared) == page_key(address)


def _told(form: ShareForm) -> str:
    return f"{form.service} ({form.why})"


def _named(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))
