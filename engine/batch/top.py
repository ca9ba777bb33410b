"""The best posts of each platform, over all parts, holding no more than those."""

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from .entries import posts_file
from .plan import Part
from .row_files import scan_rows, write_rows
from .rows import ROW_SCHEMA


def write_top(out: Path, parts: Sequence[Part], number: int, form: str) -> Path:
    """Write the ``number`` best rows of each platform, best first; of equals, the earlier ones.

    The parts must be ranked. Each gives its best, of which only so many are kept.
    """
    best: pl.DataFrame | None = None
    for part in parts:
        rows = scan_rows([posts_file(out, part, form)], form)
        found = rows.filter(pl.col("rank") <= number).collect()
        both = found if best is None else pl.concat([best, found])
        ordered = both.sort("platform", "rank", maintain_order=True)
        best = ordered.group_by("platform", maintain_order=True).head(number)
        best = best.select(ROW_SCHEMA.names())
    target = out / f"top.{form}"
    write_rows(ROW_SCHEMA.to_frame() if best is None else best, target, form)
    return target
