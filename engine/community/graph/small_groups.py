"""Withhold groups so small that their figures speak of single people."""

from dataclasses import dataclass

import polars as pl

from ...errors import GraphError
from ..counted import plural
from .groups import Groups

LEAST_PEOPLE = 5
"""Groups of fewer people are withheld where nothing else is asked; see `large_enough`."""


@dataclass(frozen=True)
class Withheld:
    """What is not shown: so many groups, with so many people in them."""

    groups: int
    people: int

    def said(self, least: int) -> str | None:
        """Return it in words, None when nothing is withheld."""
        if not self.groups:
            return None
        groups, people = (
            plural(self.groups, "group", "groups"),
            plural(self.people, "person", "people"),
        )
        return f"{groups} of under {least} people withheld ({people})"


def large_enough(groups: Groups, least: int = LEAST_PEOPLE) -> tuple[Groups, Withheld]:
    """Return the groups of at least ``least`` people, and what is withheld.

    References
    ----------
    Sweeney: k-anonymity, a model for protecting privacy (2002), for the bound; 5 is the usual
    threshold of statistical offices for small counts.

    Raises
    ------
    GraphError
        ``least`` is below 1.
    """
    if least < 1:
        raise GraphError(f"{least} people: a group to show has at least 1")
    large = groups.table.filter(pl.col("people") >= least)
    people = groups.people.join(large.select("group"), on="group", how="semi",
                                maintain_order="left")  # fmt: skip
    withheld = Withheld(groups.table.height - large.height, groups.people.height - people.height)
    return Groups(people, large), withheld
