"""One platform: how a post is put together there, how it counts, what it allows."""

from collections.abc import Mapping
from dataclasses import dataclass

from .facts import Fact

COUNTS = ("weighted", "characters", "utf16", "graphemes", "mastodon", "threads")
MENTIONS = ("name", "server", "domain", "dotted", "channel")
PLATFORM_KINDS = ("news", "video", "network")
POST_FORMS = {
    "body": ("text", "description"),
    "links": ("append", "attach"),
    "hashtags": ("append", "separate"),
    "title": ("none", "optional", "required"),
}


@dataclass(frozen=True)
class PostForm:
    """How a post is put together: where its words, links, hashtags and title go.

    ``body`` is ``text`` or ``description`` (the text where that is empty); ``links`` are
    ``append`` (to the text, at a cost) or ``attach``; ``hashtags`` are ``append`` or
    ``separate``; ``title`` is ``none``, ``optional`` or ``required``.
    """

    body: str
    links: str
    hashtags: str
    title: str


@dataclass(frozen=True)
class Limit:
    """A number to compare with; ``fact`` is what it rests on, None for an account's own."""

    name: str
    value: float
    fact: Fact | None


@dataclass(frozen=True)
class Platform:
    """One platform; ``count`` is its unit of length, ``link_cost`` None for a link's own length.

    ``mentions`` is what names an account in a text: ``name`` (@ada), ``server``
    (@ada@server.example) or ``domain`` (@ada.example).
    """

    id: str
    name: str
    kind: str
    post: PostForm
    count: str
    link_cost: int | None
    mentions: str
    facts: Mapping[str, Fact]
    limits: Mapping[str, Limit]
