"""The utm parameters of links: who brought the visit, by which way, for which campaign."""

import re

from ...content.text.entities import extract_urls
from .fix_context import Changes, FixContext, Post
from .urls_in_post import edited_urls, host_of

MEDIUM = "social"
_VALUE = re.compile(r"(?i)(?<=[?&])(utm_[a-z]+=)([^&#]*)")
_SPACE = re.compile(r"%20|\+| ")
_NOT_IN_NAME = re.compile(r"[^\w-]+")


def lowercase_utm(post: Post, context: FixContext) -> Changes | None:
    """Return the links with utm parameters in lower case, ``-`` for spaces in their values."""
    return edited_urls(post, lambda url: _VALUE.sub(_lower, url)) or None


def add_utm(post: Post, context: FixContext) -> Changes | None:
    """Return the links to own domains with utm_source, utm_medium and utm_campaign.

    The source is the platform, the medium `MEDIUM`, the campaign the post's ``campaign``, else
    its ``series``; what a link has already stays. None where the platform, the own domains or
    the campaign are not known: a made-up name would spoil the figures. Nothing is added where
    the lengthened link would stop being found as one.
    """
    campaign = utm_value(post["campaign"] or post["series"] or "")
    if context.platform is None or not context.brand.domains:
        return None
    wanted = {"utm_source": context.platform.id, "utm_medium": MEDIUM, "utm_campaign": campaign}

    def tagged(url: str) -> str:
        return with_parameters(url, wanted) if _is_own(url, context.brand.domains) else url

    return edited_urls(post, tagged) or None


def with_parameters(url: str, wanted: dict[str, str]) -> str:
    """Return ``url`` with the parameters it lacks, before its fragment.

    Unchanged where a parameter that it lacks has no value, or where X would not take all of the
    new address as one link.
    """
    address, hash_sign, fragment = url.partition("#")
    base, _, query = address.partition("?")
    pairs = [pair for pair in query.split("&") if pair]
    named = {name.lower() for name, _, value in (pair.partition("=") for pair in pairs) if value}
    missing = {name: value for name, value in wanted.items() if name not in named}
    if not missing or not all(missing.values()):
        return url
    kept = [pair for pair in pairs if pair.partition("=")[0].lower() not in missing]
    query = "&".join([*kept, *(f"{name}={value}" for name, value in missing.items())])
    slash = "" if "/" in base.split("://", 1)[-1] else "/"
    longer = f"{base}{slash}?{query}{hash_sign}{fragment}"
    found = extract_urls(longer)
    return longer if [one.value for one in found] == [longer] else url


def utm_value(name: str) -> str:
    """Return a campaign's name as a utm value ("Winter 2026!" → "winter-2026")."""
    return _NOT_IN_NAME.sub("-", name.lower()).strip("-_")


def _is_own(url: str, domains: tuple[str, ...]) -> bool:
    host = host_of(url)
    return any(host == domain or host.endswith(f".{domain}") for domain in domains)


def _lower(match: re.Match[str]) -> str:
    return match.group(1).lower() + _SPACE.sub("-", match.group(2)).lower()
