"""URLs, with and without scheme, as X and Mastodon find them, in time linear in the text.

X: the published grammar of twitter-text 3.1.0. Mastodon: the same, other characters in paths,
the scheme required.
"""

import re
from collections.abc import Callable, Iterator

from .entity import Entity
from .hosts import Chain, chains, everyday_host
from .latin_hosts import latin_hosts
from .url_patterns import SHORT_LINK, mastodon_tail, x_tail

MAX_URL_LENGTH = 4096
MAX_SHORT_LINK_SLUG = 40
MAX_LABEL_LENGTH = 63
_LONGEST_LABEL_ENCODED = 256  # some characters vanish in encoding, but encoding is slow
_DEFAULT_SCHEME = "https://"
_NOT_BEFORE_BARE_URL = frozenset("-_./")
_IDNA_DOT = re.compile("[.\u3002\uff0e\uff61]")


def extract_urls(text: str) -> list[Entity]:
    """Return the URLs X would shorten, in order; without scheme too ("example.com/a").

    The value can differ from the slice only where X itself drops text before the host.
    """
    return list(_urls(text, x_tail, on_x=True)) if "." in text else []


def extract_mastodon_urls(text: str) -> list[Entity]:
    """Return the http and https URLs Mastodon counts as 23 characters, in order."""
    return list(_urls(text, mastodon_tail, on_x=False)) if "://" in text else []


def _urls(text: str, tail: Callable[[], re.Pattern[str]], *, on_x: bool) -> Iterator[Entity]:
    floor = 0
    for chain_start, chain_end in chains(text):
        if chain_end <= floor:
            continue
        chain = None
        found = everyday_host(text, chain_start, chain_end, floor)
        if found is None and (chain := Chain.read(text, chain_start, chain_end)):
            found = chain.leftmost(text, floor)
        while found:
            start, domain_start, end = found
            rest = tail().match(text, end)
            stop = rest.end() if rest else end
            scheme, domain = text[start:domain_start], text[domain_start:end]
            path = rest.group(1) if rest else None
            floor = stop
            if _fits(text[start:stop], scheme or _DEFAULT_SCHEME, domain):
                if not scheme and on_x and text[start - 1 : start] not in _NOT_BEFORE_BARE_URL:
                    yield from _bare_urls(text, start, end, stop if path else end)
                elif scheme and (entity := _shortened(text, start, stop, on_x)):
                    yield entity
            if floor >= chain_end:
                break
            chain = chain or Chain.read(text, chain_start, chain_end)
            found = chain.leftmost(text, floor) if chain else None


def _shortened(text: str, start: int, stop: int, on_x: bool) -> Entity | None:
    """Return the URL with scheme; one of t.co without what can't belong to it."""
    short = SHORT_LINK.match(text, start, stop) if on_x else None
    if short is None:
        return Entity(text[start:stop], start, stop)
    if len(short.group(1)) > MAX_SHORT_LINK_SLUG:
        return None
    return Entity(short.group(), start, short.end())


def _fits(url: str, scheme: str, domain: str) -> bool:
    """Say whether the host can be encoded and the URL isn't too long."""
    encoded = _encoded_length(domain)
    return encoded > 0 and len(scheme) + len(url) + encoded - len(domain) <= MAX_URL_LENGTH


def _encoded_length(domain: str) -> int:
    """Return the length of the domain in ASCII form; 0 for one that has none."""
    longest = len(domain)
    if longest > MAX_LABEL_LENGTH:
        longest = max(map(len, _IDNA_DOT.split(domain)))
    if domain.isascii():
        return len(domain) if longest <= MAX_LABEL_LENGTH else 0
    if longest > _LONGEST_LABEL_ENCODED:
        return 0
    try:
        return len(domain.encode("idna"))
    except UnicodeError:
        return 0


def _bare_urls(text: str, start: int, end: int, stop: int) -> list[Entity]:
    """Return the hosts in text[start:end] that are ASCII or Latin; the last gets the path."""
    domain = text[start:end]
    hosts = latin_hosts(domain)
    if not hosts:
        return []
    entities = [Entity(domain[a:b], start + a, start + b) for a, b in hosts]
    if stop > end:
        last = entities.pop()
        value = text[start:stop].replace(domain, last.value)
        entities.append(Entity(value, last.start, stop))
    return entities
