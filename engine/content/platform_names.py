"""The platforms by id, and the other names that people write for them."""

from collections.abc import Mapping

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
    "twitter.com": "x",
    "fb": "facebook",
    "facebook page": "facebook",
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


def platform_names() -> Mapping[str, str]:
    """Return every name that people write for a platform, lower case, with the id it stands for."""
    return {**{name: name for name in PLATFORM_IDS}, **_ALIASES}


def platform_named(name: str) -> str:
    """Return the id of a platform from its id or another name for it, in any case.

    Raises
    ------
    PlatformError
        No platform has that name; the message proposes the nearest one and lists them all.
    """
    wanted = name.strip().lower()
    if wanted in PLATFORM_IDS:
        return wanted
    if wanted in _ALIASES:
        return _ALIASES[wanted]
    raise PlatformError(
        f"{_shown(name)} is no platform{_nearest(wanted)}; allowed: {', '.join(PLATFORM_IDS)}"
    )


def _shown(name: str) -> str:
    return repr(name if len(name) <= 40 else f"{name[:40]}…")


def _nearest(wanted: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(wanted[:40], (*PLATFORM_IDS, *_ALIASES), n=1, cutoff=0.6)
    return f" (did you mean {_ALIASES.get(near[0], near[0])}?)" if near else ""
