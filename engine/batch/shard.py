"""A share of a run's parts, for job arrays that know their number and how many they are."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..errors import BatchError
from .plan import Part


@dataclass(frozen=True)
class Shard:
    """Share ``number`` of ``shares``, counted from 1."""

    number: int
    shares: int

    def parts(self, parts: Sequence[Part]) -> list[Part]:
        """Return the parts of this share: every ``shares``-th."""
        return [part for part in parts if part.number % self.shares == self.number - 1]


def shard_named(text: str) -> Shard:
    """Return the share that ``K/N`` names.

    Raises
    ------
    BatchError
        Not of that form, or K is not one of 1 … N.
    """
    found = re.fullmatch(r"(\d{1,7})/(\d{1,7})", text.strip())
    if found is None or not 1 <= int(found[1]) <= int(found[2]):
        raise BatchError(f"--shard {text}: K/N is needed, K from 1 to N, such as 3/8")
    return Shard(int(found[1]), int(found[2]))
