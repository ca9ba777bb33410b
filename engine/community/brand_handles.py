"""Handles and the brand: mistyped ones of its own, and people who have its name in theirs."""

from collections.abc import Sequence

import polars as pl

from ..settings_values import nearest
from .edges import Edges
from .handles import handle_key

LOOKED_AT = 1_000
"""How many of those most acted on are held against a handle that is missing: a brand is there."""

LOOKED_AT_BEST = 10_000
_SHORTEST = 4
_BETWEEN_WORDS = r"[^\p{L}\p{N}]"


def with_may_be_staff(people: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    """Return the frame with ``may_be_staff``: whether a handle holds a name of the brand.

    ``@nora_at_harborroast`` may work at Harbor Roast; it is a hint, and holds nobody back. Letters
    and digits count. Null beyond the first `LOOKED_AT_BEST`, and for all where no name of four
    letters is known.
    """
    given = pl.Series("name", list(names), dtype=pl.String).to_frame()
    plain = handle_key(pl.col("name")).str.replace_all(_BETWEEN_WORDS, "")
    known = given.select(plain).filter(pl.col("name").str.len_chars() >= _SHORTEST)["name"]
    if known.is_empty():
        return people.with_columns(pl.lit(None, dtype=pl.Boolean).alias("may_be_staff"))
    letters = handle_key(pl.col("person")).str.replace_all(_BETWEEN_WORDS, "")
    best = people.head(LOOKED_AT_BEST).with_columns(
        may_be_staff=letters.str.contains_any(known.to_list())
    )
    return pl.concat([best, people.slice(LOOKED_AT_BEST)], how="diagonal")


def missing_handles(brand: Sequence[str], edges: Edges) -> tuple[str, ...]:
    """Return the handles, of a brand, that nobody in the data has in any spelling."""
    return tuple(handle for handle in brand if not edges.codes([handle]))


def told_missing(handle: str, edges: Edges) -> str:
    """Return ``@harborrost is not in the interactions (did you mean @harborroast?)``."""
    often = edges.acts.select("to").drop_nulls().group_by("to").len()
    codes = often.sort("len", "to", descending=[True, False])["to"].head(LOOKED_AT)
    return f"{handle} is not in the interactions{nearest(handle, edges.people.gather(codes))}"
