"""The addresses of share buttons, from ``rules/pages/share_links.yaml``; checked on loading."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from ..fact_reading import WrongData, mapping, one_of, only_keys, text
from ..facts import CONFIDENCES
from ..platform_files import RULES, read_file
from ..platform_names import PLATFORM_IDS

STATES = ("working", "outdated", "broken")
FILE = RULES / "pages" / "share_links.yaml"
_KEYS = ("service", "platform", "state", "hosts", "path", "address", "template", "why")
_SOURCE = ("source", "confidence", "checked")


@dataclass(frozen=True, slots=True)
class ShareForm:
    """One form of share address.

    ``address`` names the parameters that carry the page, with ``#`` those of the fragment;
    ``template`` is filled in for a new link, "" where the form is only recognised; ``why`` says
    what is wrong with one that is not working.
    """

    service: str
    state: str
    address: tuple[str, ...]
    platform: str | None = None
    path: re.Pattern[str] | None = None
    template: str = ""
    why: str = ""


@dataclass(frozen=True)
class ShareForms:
    """All forms: by host, by scheme (with its colon), by part of a script's address.

    ``none`` says of platforms without a share address why they have none.
    """

    hosts: Mapping[str, tuple[ShareForm, ...]]
    schemes: Mapping[str, ShareForm]
    scripts: Mapping[str, ShareForm]
    none: Mapping[str, str] = field(default_factory=dict)

    @property
    def templates(self) -> dict[str, ShareForm]:
        """The forms to make new links of, by service, in file order."""
        forms = [form for some in self.hosts.values() for form in some]
        return {one.service: one for one in (*forms, *self.schemes.values()) if one.template}


@cache
def load_share_forms() -> ShareForms:
    """Return the forms of our data file.

    Raises
    ------
    PlatformError
        The file is wrong, with its line.
    """
    return read_file(FILE, _forms)


def _forms(data: dict[str, Any]) -> ShareForms:
    only_keys(data, ("share_links", "schemes", "scripts", "none"), ())
    hosts: dict[str, tuple[ShareForm, ...]] = {}
    for number, entry in enumerate(_list(data, "share_links")):
        path = ("share_links", number)
        only_keys(entry, _KEYS + _SOURCE, path)
        for key in ("source", "confidence", "checked", "hosts", "path"):
            if key not in entry:
                raise WrongData(path, f"no {key}")
        one_of(entry["confidence"], CONFIDENCES, (*path, "confidence"))
        form = _form(entry, path)
        for host in entry["hosts"]:
            hosts[host] = (*hosts.get(host, ()), form)
    schemes = {
        text(entry.get("scheme"), ("schemes", number)): _form(
            {key: value for key, value in entry.items() if key != "scheme"}, ("schemes", number)
        )
        for number, entry in enumerate(_list(data, "schemes"))
    }
    scripts = {
        text(entry.get("part"), ("scripts", number)): _form(
            {key: value for key, value in entry.items() if key != "part"}, ("scripts", number)
        )
        for number, entry in enumerate(_list(data, "scripts"))
    }
    none = dict(mapping(data.get("none", {}), ("none",)))
    for platform in none:
        one_of(platform, PLATFORM_IDS, ("none", platform))
    return ShareForms(hosts, schemes, scripts, none)


def _list(data: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    entries = data.get(key)
    if not isinstance(entries, list):
        raise WrongData((key,), f"found {entries!r}, a list is needed")
    return [mapping(entry, (key, number)) for number, entry in enumerate(entries)]


def _form(entry: Mapping[str, Any], path: tuple[str | int, ...]) -> ShareForm:
    state = one_of(entry.get("state"), STATES, (*path, "state"))
    if state != "working" and not entry.get("why"):
        raise WrongData(path, f"a form that is {state} needs a why")
    platform = entry.get("platform")
    if platform is not None:
        one_of(platform, PLATFORM_IDS, (*path, "platform"))
    try:
        pattern = re.compile(entry["path"]) if "path" in entry else None
    except re.error as error:
        raise WrongData((*path, "path"), f"{entry['path']!r} is no pattern: {error}") from None
    return ShareForm(
        service=text(entry.get("service"), (*path, "service")),
        state=state,
        address=tuple(entry.get("address") or ()),
        platform=platform,
        path=pattern,
        template=entry.get("template") or "",
        why=entry.get("why") or "",
    )
