"""Mentions as each platform makes them of a text: ``@name``, ``@a.name``, ``@name@server``."""

from collections.abc import Callable, Mapping
from functools import cache

import regex

from .entities import extract_mentions
from .entity import Entity
from .later import later
from .top_level_domains import top_level_domains

_WORD = r"\p{L}\p{M}\p{Nd}\p{Pc}"
_ON_SERVERS = later(
    lambda: regex.compile(
        rf"(?<![=/{_WORD}])@([a-zA-Z0-9_]++(?:[.\-]++[a-zA-Z0-9_]++)*+)"
        rf"(@[{_WORD}]++(?:[.\-]++[{_WORD}]++)*+)?"
    )
)
_DOMAIN_RUN = later(
    lambda: regex.compile(r"(?:^|(?<=[\s(]))@([a-zA-Z0-9.\-]*[a-zA-Z0-9])(?![a-zA-Z0-9_])")
)
_LABEL = r"[a-zA-Z0-9](?:[a-zA-Z0-9\-]{0,61}[a-zA-Z0-9])?"
_HANDLE = later(lambda: regex.compile(rf"(?:{_LABEL}\.)++{_LABEL}"))
_LONGEST_HANDLE = 253
_BEFORE = rf"(?<![=/@.\-{_WORD}])"
_DOTTED = later(lambda: regex.compile(rf"{_BEFORE}@([a-zA-Z0-9_]++(?:\.[a-zA-Z0-9_]++)*+)(?!@)"))
_CHANNEL = later(
    lambda: regex.compile(rf"{_BEFORE}@([\p{{L}}\p{{N}}]++(?:[._\-·]++[\p{{L}}\p{{N}}]++)*+)(?!@)")
)
_LONGEST_DOTTED = 30
_CHANNEL_LENGTHS = range(3, 31)


def extract_server_mentions(text: str) -> list[Entity]:
    """Return Mastodon's mentions, without the first '@': "ada", or "ada@server.example".

    Source: the mention pattern of app/models/account.rb in github.com/mastodon/mastodon (2026).
    """
    if "@" not in text:
        return []
    return [
        Entity(match.group()[1:], match.start(), match.end())
        for match in _ON_SERVERS.finditer(text)
    ]


def extract_domain_mentions(text: str) -> list[Entity]:
    """Return Bluesky's mentions, without '@'; a handle is a domain name, so "@ada" is none.

    Sources: atproto.com/specs/handle and packages/api/src/rich-text/detection.ts in
    github.com/bluesky-social/atproto (2026): after a space or "(", and ending in a known
    top-level domain in lower case.
    """
    if "@" not in text:
        return []
    return [
        Entity(match.group(1), match.start(), match.end())
        for match in _DOMAIN_RUN.finditer(text)
        if _is_handle(match.group(1))
    ]


def extract_dotted_mentions(text: str) -> list[Entity]:
    """Return the mentions of Instagram, Threads and TikTok, without '@': "ada.lovelace".

    Letters, digits, underscores and single stops inside, at most 30 characters. Sources: Meta,
    Instagram Help Center, "Usernames" (2025); TikTok Support, "Changing your username" (2025).
    """
    if "@" not in text:
        return []
    return [
        Entity(match.group(1), match.start(), match.end())
        for match in _DOTTED.finditer(text)
        if len(match.group(1)) <= _LONGEST_DOTTED
    ]


def extract_channel_mentions(text: str) -> list[Entity]:
    """Return YouTube's mentions, without '@': "harbor-roast".

    3 to 30 letters and digits of any script; stops, hyphens, underscores and middle dots inside.
    Source: YouTube Help, "Handle naming guidelines" (2025).
    """
    if "@" not in text:
        return []
    return [
        Entity(match.group(1), match.start(), match.end())
        for match in _CHANNEL.finditer(text)
        if len(match.group(1)) in _CHANNEL_LENGTHS
    ]


MENTION_FORMS: Mapping[str, Callable[[str], list[Entity]]] = {
    "name": extract_mentions,
    "server": extract_server_mentions,
    "domain": extract_domain_mentions,
    "dotted": extract_dotted_mentions,
    "channel": extract_channel_mentions,
}
"""What a mention looks like on a platform → how to find it."""


def _is_handle(name: str) -> bool:
    ending = name.rpartition(".")[2]
    return len(name) <= _LONGEST_HANDLE and ending in _endings() and bool(_HANDLE.fullmatch(name))


@cache
def _endings() -> frozenset[str]:
    return frozenset(name for name in top_level_domains() if name.isascii())
