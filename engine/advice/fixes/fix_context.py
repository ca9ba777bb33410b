"""What a fix is given beside the post itself, and what it gives back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ...content.measures.context import Context
from ...content.platform import Platform

Post = Mapping[str, Any]
"""One row of the posts frame: values by column of `schema.POST_SCHEMA`."""

Changes = Mapping[str, Any]
"""The columns that a fix changes, with their new values."""


@dataclass(frozen=True)
class FixContext:
    """Where the post goes, what is allowed there, who posts it.

    ``platform`` is None for a post looked at on no platform in particular; ``limits`` are those
    in force, an account's own included. ``brand`` has the brand's handles, domains and
    employees, ``brand_name`` its name. ``history_hashtags`` gives the mean outcome by hashtag,
    lower case. ``measured`` is the measure that the finding compared and ``target`` the number
    it was held against; None where it compared none. ``lists`` are the rulebook's word lists.
    """

    platform: Platform | None = None
    limits: Mapping[str, float] = field(default_factory=dict)
    brand: Context = field(default_factory=Context)
    brand_name: str | None = None
    history_hashtags: Mapping[str, float] = field(default_factory=dict)
    measured: str | None = None
    target: float | None = None
    lists: Mapping[str, tuple[str | float, ...]] = field(default_factory=dict)

    def room(self, measure: str, limit: str) -> int | None:
        """Return the most allowed of ``measure``: the finding's number, else that limit."""
        allowed = self.target if self.measured == measure else self.limits.get(limit)
        return None if allowed is None else int(allowed)


FixFunction = Callable[[Post, FixContext], Changes | None]
"""A fix: the changed columns, or None where it can't help. It changes neither argument."""

SplitFunction = Callable[[Post, FixContext], tuple[str, ...] | None]
"""A fix that makes several posts of one: their texts in order, or None."""
