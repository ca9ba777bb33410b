"""Alternative texts written to where a post's media are listed."""

from collections.abc import Mapping, Sequence
from typing import Any

from ..reading.cells import BadValueError
from ..reading.media_items import media_item
from .unwritable import UnwritableError

_ALT_KEYS = ("alt", "alt_text")
_GUESSED = ("alt", "kind")


def with_alts(written: Any, media: Sequence[Mapping[str, Any]] | None) -> Any:
    """Return the media as a JSON or YAML value lists them, with the alt texts of ``media``.

    Raises
    ------
    UnwritableError
        ``media`` differs in more than alternative texts.
    """
    entries = written if isinstance(written, list) else [written]
    places = [at for at, entry in enumerate(entries) if entry not in (None, "")]
    wanted = list(media or ())
    if len(places) != len(wanted):
        raise UnwritableError("media can be described here, not added or dropped")
    made = list(entries)
    for at, item in zip(places, wanted, strict=True):
        made[at] = _with_alt(entries[at], item)
    return made if isinstance(written, list) else made[0]


def joined_alts(media: Sequence[Mapping[str, Any]] | None) -> str:
    """Return the alternative texts as one cell holds them, parted by ``|``.

    Raises
    ------
    UnwritableError
        One has a ``|`` in it and there are several.
    """
    alts = [item["alt"] or "" for item in media or ()]
    if len(alts) > 1 and any("|" in alt for alt in alts):
        raise UnwritableError("an alternative text with | among several; write media as JSON")
    return "|".join(alts) if any(alts) else ""


def differs_in_alts_only(
    old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]] | None
) -> bool:
    """Return whether two lists of media are the same but for their alternative texts."""
    return [_known(item) for item in old] == [_known(item) for item in new or ()]


def _with_alt(entry: Any, item: Mapping[str, Any]) -> Any:
    try:
        before = media_item(entry)
    except BadValueError as error:
        raise UnwritableError(str(error)) from None
    if not differs_in_alts_only([before], [item]):
        raise UnwritableError("media can be described here, not changed")
    if before["alt"] == item["alt"]:
        return entry
    fields = {"path": entry} if isinstance(entry, str) else dict(entry)
    key = next((key for key in fields if str(key).lower() in _ALT_KEYS), "alt")
    return {**fields, key: item["alt"]}


def _known(item: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in item.items() if key not in _GUESSED}
