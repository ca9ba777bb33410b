"""Addresses in a page: complete or relative, secure or not, two of them the same page or not."""

import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_WEB = re.compile(r"(?i)https?://[^\s/?#]+")
_BREAKS = dict.fromkeys(map(ord, "\t\r\n"))
_CONTROLS = "".join(map(chr, range(33)))
_UNSEEN = re.compile(r"[\x00-\x20\x7f]+")
LOCAL_HOSTS = frozenset(("localhost", "127.0.0.1", "0.0.0.0"))  # noqa: S104


def tidied(address: str) -> str:
    """Return an address as browsers take it: no line breaks, tabs or spaces around."""
    if "\n" in address or "\t" in address or "\r" in address:
        address = address.translate(_BREAKS)
    return address.strip(_CONTROLS)


def is_web(address: str) -> bool:
    """Return whether the address is complete and starts with http:// or https://."""
    return _WEB.match(address) is not None


def is_secure(address: str) -> bool:
    """Return whether the address starts with https://."""
    return address[:8].lower() == "https://"


def scheme_of(address: str) -> str:
    """Return ``javascript:``, ``data:``, ``https:`` …; "" for a relative address."""
    found = _SCHEME.match(_UNSEEN.sub("", address[:80]))
    return found.group().lower() if found else ""


def host_of(address: str) -> str:
    """Return the host in lower case without www., "" where there is none or it is malformed."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def joined(base: str, address: str) -> str:
    """Return the address seen from ``base``; as it is where it can't be joined."""
    if not base or is_web(address):
        return address
    try:
        return urljoin(base, address)
    except ValueError:
        return address


def page_key(address: str) -> str:
    """Return what two addresses of one page have in common.

    Scheme, ``www.``, the case of the host, utm parameters, fragment and a slash at the end do
    not count.
    """
    try:
        parts = urlsplit(tidied(address))
        pairs = parse_qsl(parts.query, keep_blank_values=True, max_num_fields=200)
    except ValueError:
        return address
    kept = sorted(pair for pair in pairs if not pair[0].lower().startswith("utm_"))
    host = (parts.netloc.rpartition("@")[2]).lower().removeprefix("www.")
    path = parts.path.removesuffix("index.html").rstrip("/")
    return f"{host}{path}" + (f"?{urlencode(kept)}" if kept else "")
