"""Who stands apart: employees, competitors, those who said no, and the recently rewarded."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

from ...settings_gates import Thresholds
from ..parts import DAY


@dataclass(frozen=True)
class Standing:
    """What is known of people from elsewhere; handles in any spelling.

    Attributes
    ----------
    employees, competitors, opted_out : never ranked
    consent : who may be ranked; None: everyone
    rewarded : ``person`` String, ``at`` Datetime: when each was last rewarded; None: not known
    """

    employees: Sequence[str] = ()
    competitors: Sequence[str] = ()
    opted_out: Sequence[str] = ()
    consent: Sequence[str] | None = None
    rewarded: pl.DataFrame | None = field(default=None, compare=False)


def rewarded_lately(
    rewarded: pl.DataFrame, people: pl.Series, as_of: int, limits: Thresholds
) -> dict[int, str]:
    """Return who was rewarded within the cool-down before ``as_of``."""
    from ..people_codes import codes_by_handle

    since = as_of - int(limits.cool_down_days * DAY)
    last = (
        rewarded.select("person", pl.col("at").dt.epoch("us"))
        .filter(pl.col("at").is_between(since, as_of))
        .group_by("person")
        .agg(pl.col("at").max())
    )
    codes = codes_by_handle(last["person"], people)
    found = last.join(codes, on="person").select("code", pl.from_epoch("at", time_unit="us"))
    return {code: f"rewarded on {at:%Y-%m-%d}" for code, at in found.iter_rows()}


def negative(acts: pl.DataFrame, displeased: Sequence[int], limits: Thresholds) -> dict[int, str]:
    """Return whose acts of known sentiment are mostly negative.

    Parameters
    ----------
    acts
        Those on the brand; all where no brand is named.
    displeased
        Codes of the kinds that say displeasure.
    limits
        ``negative_share`` of at least three acts.
    """
    cross = pl.col("kind").is_in(list(displeased))
    known = acts.lazy().filter(cross | pl.col("sentiment").is_not_null())
    bad = cross | (pl.col("sentiment") < 0).fill_null(False)
    found = (
        known.group_by("from")
        .agg(bad.sum().alias("bad"), pl.len().alias("all"))
        .filter((pl.col("all") >= 3) & (pl.col("bad") > limits.negative_share * pl.col("all")))
        .collect()
    )
    return {
        row["from"]: f"{row['bad']} of {row['all']} acts with known sentiment are negative"
        for row in found.iter_rows(named=True)
    }
