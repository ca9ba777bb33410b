"""Whether the brand's handles are in the data; a mistyped one is told with the nearest there is."""

from collections.abc import Sequence

from ..settings_values import nearest
from .edges import Edges

LOOKED_AT = 1_000
"""How many of those most acted on are held against a handle that is missing: a brand is there."""


def missing_handles(brand: Sequence[str], edges: Edges) -> tuple[str, ...]:
    """Return the handles, of a brand, that nobody in the data has in any spelling."""
    return tuple(handle for handle in brand if not edges.codes([handle]))


def told_missing(handle: str, edges: Edges) -> str:
    """Return ``@harborrost is not in the interactions (did you mean @harborroast?)``."""
    often = edges.acts.select("to").drop_nulls().group_by("to").len()
    codes = often.sort("len", "to", descending=[True, False])["to"].head(LOOKED_AT)
    return f"{handle} is not in the interactions{nearest(handle, edges.people.gather(codes))}"
