"""The kinds of values that conditions tell apart, from the catalogue of measures."""

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from .condition_nodes import NUMBER, TEXT, TEXTS, TRUTH

if TYPE_CHECKING:
    import polars as pl


@cache
def catalogue_kinds() -> Mapping[str, str]:
    """Return the kind of every measure of the catalogue, and of ``platform``."""
    from ..content.measures.catalogue import MEASURES
    from ..content.measures.page_catalogue import PAGE_MEASURES

    known = MEASURES | PAGE_MEASURES
    return kinds_of({name: measure.dtype for name, measure in known.items()})


def kinds_of(types: Mapping[str, "pl.DataType"]) -> dict[str, str]:
    """Return measure → number, text, truth or texts, from its Polars type.

    A measure of another type is left out: no condition can read it. ``platform``, the id of
    the platform that was measured for, is always there.
    """
    kinds = {name: kind for name, dtype in types.items() if (kind := _kind(dtype))}
    return {"platform": TEXT, **kinds}


def _kind(dtype: "pl.DataType") -> str | None:
    if dtype.is_numeric():
        return NUMBER
    return {"String": TEXT, "Boolean": TRUTH, "List(String)": TEXTS}.get(str(dtype))
