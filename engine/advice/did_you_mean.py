"""The nearest known name to a mistyped one."""

from collections.abc import Iterable


def did_you_mean(found: str, known: Iterable[str]) -> str:
    """Return ``; did you mean 'x'?`` for the known name nearest to ``found``, else nothing."""
    from difflib import get_close_matches

    nearest = get_close_matches(found, list(known), n=1, cutoff=0.6)
    return f"; did you mean {nearest[0]!r}?" if nearest else ""


def not_one_of(what: str, found: object, allowed: Iterable[str]) -> str:
    """Return the message that ``found`` is no ``what``: the nearest, and all that are allowed."""
    names = list(allowed)
    hint = did_you_mean(str(found), names)
    return f"unknown {what} {found!r}{hint}; allowed: {', '.join(names)}"
