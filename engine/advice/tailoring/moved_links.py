"""Links that a fix takes out of a post for a person to put elsewhere: none may be lost."""

from collections.abc import Iterable

from ...content.text.entities import extract_urls

PLACES = {"link_to_bio": "for the profile", "link_to_comment": "for the first comment"}
"""Fix → where the links that it takes out belong."""


def moved_links(
    fix: str, edits: Iterable[tuple[str, str | None, str | None]]
) -> tuple[str, tuple[str, ...]] | None:
    """Return where links belong and which, None where the fix moves none.

    Parameters
    ----------
    fix : name of the fix
    edits : field, value before and after as shown, of each field that it changed
    """
    gone: dict[str, None] = {}
    for _, before, after in edits if fix in PLACES else ():
        kept = {one.value for one in extract_urls(after or "")}
        gone |= dict.fromkeys(
            one.value for one in extract_urls(before or "") if one.value not in kept
        )
    return (PLACES[fix], tuple(gone)) if gone else None


def told(place: str, links: Iterable[str]) -> str:
    """Return which links to put where, in words."""
    return f"{place}: {' '.join(links)}"
