"""Who has done too little so far to be ranked."""

import polars as pl

from ...settings_gates import Thresholds
from ..arrays import Mask
from .seen import Seen

_SPAN_FOR_DAYS = 14


def too_little(seen: Seen, limits: Thresholds) -> Mask:
    """Return by code who is below the threshold."""
    low: Mask = seen.days <= 0
    if seen.liked is not None:
        low |= seen.liked <= 0
    if _amplified(seen):
        low |= seen.amplifiers.count < limits.amplifiers
    if seen.span >= _SPAN_FOR_DAYS:
        low |= seen.days < limits.active_days
    return low


def needed_words(seen: Seen, limits: Thresholds) -> str:
    """Return what takes somebody above the threshold, such as ``acts on 2 days or more``."""
    days = limits.active_days if seen.span >= _SPAN_FOR_DAYS else 1
    words = [f"acts on {days} days or more" if days > 1 else "acts"]
    if seen.liked is not None:
        words.append("acts on you")
    if _amplified(seen):
        words.append(f"has {limits.amplifiers} people or more act on theirs")
    return " and ".join([", ".join(words[:-1]), words[-1]] if words[1:] else words)


def _amplified(seen: Seen) -> bool:
    """Tell whether anyone acts on another than the brand."""
    to = seen.pairs["to"]
    if not seen.brand:
        return len(to) > 0
    return not to.is_in(pl.Series(seen.brand, dtype=pl.UInt32).implode()).all()
