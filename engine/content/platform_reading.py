"""A platform or a topic from what its YAML file says; everything about it is checked."""

from collections.abc import Mapping
from typing import Any

from .fact_reading import WrongData, one_of, only_keys, read_facts, text
from .facts import Fact
from .platform import COUNTS, MENTIONS, PLATFORM_KINDS, POST_FORMS, Limit, Platform, PostForm

_KEYS = ("platform", "name", "kind", "post", "count", "link_cost", "mentions", "facts")


def read_platform(data: Mapping[str, Any], name: str) -> Platform:
    """Return the platform that a file of ours describes; `WrongData` where it is wrong."""
    only_keys(data, _KEYS, ())
    for key in _KEYS:
        if key not in data:
            raise WrongData((), f"no {key}")
    one_of(data["platform"], (name,), ("platform",))
    cost = data["link_cost"]
    if cost is not None and (type(cost) is not int or cost < 1):
        raise WrongData(("link_cost",), f"{cost!r} is no length; a whole number from 1, or null")
    facts = read_facts(data["facts"], name)
    return Platform(
        id=name,
        name=text(data["name"], ("name",)),
        kind=one_of(data["kind"], PLATFORM_KINDS, ("kind",)),
        post=_form(data["post"]),
        count=one_of(data["count"], COUNTS, ("count",)),
        link_cost=cost,
        mentions=one_of(data["mentions"], MENTIONS, ("mentions",)),
        facts=facts,
        limits=limits_of(facts),
    )


def read_platform_facts(data: Mapping[str, Any], name: str) -> dict[str, Fact]:
    """Return the facts of a file that adds to a platform; its keys: ``platform``, ``facts``."""
    only_keys(data, ("platform", "facts"), ())
    one_of(data.get("platform"), (name,), ("platform",))
    return read_facts(data.get("facts"), name)


def read_topic(data: Mapping[str, Any], name: str) -> dict[str, Fact]:
    """Return the facts of a topic file; they give no limits, for no platform would have them."""
    only_keys(data, ("topic", "facts"), ())
    one_of(data.get("topic"), (name,), ("topic",))
    facts = read_facts(data.get("facts"), name)
    for fact in facts.values():
        if fact.limits:
            raise WrongData(("facts", fact.id, "limits"), "limits are for platforms, not topics")
    return facts


def limits_of(facts: Mapping[str, Fact]) -> dict[str, Limit]:
    """Return the limits that these facts give; `WrongData` where two give the same one."""
    limits: dict[str, Limit] = {}
    for fact in facts.values():
        for name, value in fact.limits.items():
            if name in limits:
                first = limits[name].fact
                raise WrongData(
                    ("facts", fact.id, "limits", name),
                    f"{name}: {first.id if first else ''} gives this limit too",
                )
            limits[name] = Limit(name, value, fact)
    return limits


def _form(data: object) -> PostForm:
    if not isinstance(data, dict) or data.keys() != POST_FORMS.keys():
        raise WrongData(("post",), f"found {data!r}; the keys {', '.join(POST_FORMS)} are needed")
    return PostForm(
        **{key: one_of(data[key], allowed, ("post", key)) for key, allowed in POST_FORMS.items()}
    )
