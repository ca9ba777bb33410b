"""The platforms by id, and the other names that people write for them."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from ..errors import PlatformError

PLATFORM_IDS = (
    "x",
    "facebook",
    "instagram",
    "linkedin",
    "youtube",
    "reddit",
    "tiktok",
    "pinterest",
    "threads",
    "mastodon",
    "bluesky",
)
TOPIC_IDS = (
    "aggregators",
    "landing_page",
    "utm",
    "accessibility",
    "legal",
    "kpi",
    "metrics_semantics",
    "general",
)
_ALIASES = {
    "twitter": "x",
    "twitter/x": "x",
    "x/twitter": "x",
    "x.com": "x",
    "x (twitter)": "x",
    "x (formerly twitter)": "x",
    "twitter.com": "x",
    "fb": "facebook",
    "ig": "instagram",
    "insta": "instagram",
    "li": "linkedin",
    "linked in": "linkedin",
    "yt": "youtube",
    "you tube": "youtube",
    "tik tok": "tiktok",
    "tt": "tiktok",
    "pin": "pinterest",
    "thread": "threads",
    "masto": "mastodon",
    "fediverse": "mastodon",
    "bsky": "bluesky",
}
_ENDINGS = (
    *("page", "profile", "account", "channel", "group", "business", "feed", "board"),
    *("company page", "business page", "business account", "business profile", "personal profile"),
)


def platform_names() -> Mapping[str, str]:
    """Return every name that people write for a platform, lower case, with the id it stands for."""
    return _names()


@cache
def _names() -> Mapping[str, str]:
    """Return the names, and each as tools write it of an account: "LinkedIn Page"."""
    names = {**{name: name for name in PLATFORM_IDS}, **_ALIASES}
    ended = {f"{name} {end}": platform for name, platform in names.items() for end in _ENDINGS}
    return MappingProxyType(names | ended)


def platform_named(name: str) -> str:
    """Return the id of a platform from its id or another name for it, in any case.

    Raises
    ------
    PlatformError
        No platform has that name; the message proposes the nearest one and lists them all.
    """
    wanted = name.strip().lower()
    if wanted in _names():
        return _names()[wanted]
    raise PlatformError(
        f"{_shown(name)} is no platform{_nearest(wanted)}; allowed: {', '.join(PLATFORM_IDS)}"
    )


def _shown(name: str) -> str:
    return repr(name if len(name) <= 40 else f"{name[:40]}…")


def _nearest(wanted: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(wanted[:40], (*PLATFORM_IDS, *_ALIASES), n=1, cutoff=0.6)
    if not near:
        return ""
    platform = _ALIASES.get(near[0], near[0])
    return f" (did you mean {'X (Twitter)' if platform == 'x' else platform}?)"
