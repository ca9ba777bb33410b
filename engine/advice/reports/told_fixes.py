"""Fixes in words for a reader: what is done, and by whom."""

from ..fix_names import FIX_NAMES

_WHO = {"tailor": "sharewise tailor", "person": "by a person"}


def told_fixes(fixes: str | None) -> list[str]:
    """Return what each fix of a finding does; ``fixes`` are names joined by commas."""
    return [FIX_NAMES.get(name, ("", name))[1] for name in (fixes or "").split(",") if name]


def who_fixes(safety: str | None) -> str:
    """Return who makes a fix, in words: safe, unsafe, sharewise tailor, by a person."""
    return _WHO.get(safety or "", safety or "")
