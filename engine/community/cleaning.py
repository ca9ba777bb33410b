"""What is set aside before anything is counted: self-loops, doubles, acts of the future."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl

from .edges import Edges
from .kinds import kinds

FAR = 30
_BLOCK = 1 << 17
_FACTORS = tuple(
    np.uint64(factor)
    for factor in (
        0x9E3779B97F4A7C15,
        0xC2B2AE3D27D4EB4F,
        0x165667B19E3779F9,
        0xD6E8FEB86659FD93,
        0xFF51AFD7ED558CCD,
    )
)
_NEAR_BITS = 24
_DAY = 86_400_000_000
_HALF_HOUR = 1_800_000_000


@dataclass(frozen=True)
class Cleaned:
    """``edges`` to work with, and how many acts were set aside for what reason.

    ``kept`` says of each act that was given whether it stayed.
    """

    edges: Edges
    kept: pl.Series
    self_loops: int = 0
    doubles: int = 0
    future: int = 0


def cleaned(edges: Edges, as_of: int | None = None, *, clock: bool | None = None) -> Cleaned:
    """Return the acts that count.

    Set aside are acts on oneself, doubles, and acts after ``as_of`` (microseconds; None: none).
    A double has the same people, time, post and text as another act and is of the same kind, or
    both are parts of one written post: a reply that also mentions is one act. Without a time of
    day, post and text nothing tells two acts from one, and none is set aside. ``clock`` says
    whether times have a time of day, where these acts are a part of more; None finds it out.
    """
    acts = edges.acts
    nothing = pl.repeat(False, acts.height, eager=True)
    looped = late = nothing
    if not edges.clean:
        looped = acts.select((pl.col("from") == pl.col("to")).fill_null(False)).to_series()
    if as_of is not None:
        late = (acts["at"] > as_of).fill_null(False) & ~looped
    kept = ~(looped | late)
    if not kept.all():
        acts = acts.filter(kept)
    again = nothing[:0] if edges.clean else _doubles(acts, clock)
    if len(again):
        kept = kept.scatter(kept.arg_true().gather(again), False)
        acts = edges.acts.filter(kept)
    loops, future = int(looped.sum()), int(late.sum())
    return Cleaned(replace(edges, acts=acts, clean=True), kept, loops, len(again), future)


def tomorrow() -> int:
    """Return the moment a day from now, in microseconds: clocks elsewhere may be ahead."""
    return int((datetime.now(UTC) + timedelta(days=1)).timestamp() * 1_000_000)


def last_plausible(times: pl.Series, now: int) -> int | None:
    """Return the newest time that can have been; None where all can.

    A time is of the future when it is later than ``now`` and more than `FAR` days later than any
    before it: a clock that is wrong by less, or data dated wholly after it, lose nothing.
    """
    later = times.filter(times > now).drop_nulls().sort()
    before = times.filter(times <= now).max()
    if later.is_empty() or not isinstance(before, int):
        return None
    steps = (later - later.shift(1, fill_value=before)) > FAR * _DAY
    first = steps.arg_max()
    if first is None or not steps[first]:
        return None
    return before if first == 0 else int(later[first - 1])


def _doubles(acts: pl.DataFrame, clock: bool | None) -> pl.Series:
    """Return the positions of acts that are doubles of an earlier one."""
    nothing = pl.Series("at", [], dtype=pl.UInt32)
    known = [name for name in ("post", "text") if acts[name].null_count() < acts.height]
    told = [pl.col(name).is_not_null() for name in known]
    if _has_clock(acts) if clock is None else clock:
        told.append(pl.col("at").is_not_null())
    if not told:
        return nothing
    suspects = _alike(acts, known)
    if not len(suspects):
        return nothing
    found = acts[suspects].select(
        suspects.alias("at"), pl.any_horizontal(told).alias("told"), _key(known)
    )
    return found.filter("told").filter(~pl.col("key").is_first_distinct())["at"]


def _alike(acts: pl.DataFrame, known: list[str]) -> pl.Series:
    """Return the positions of all acts that may be doubles, and of a few others.

    Only rows whose 32-bit marks are the same can be: sorting marks is far faster than grouping.
    """
    marks = np.empty(acts.height, dtype=np.uint32)
    for start in range(0, acts.height, _BLOCK):
        block = acts.slice(start, _BLOCK)
        mark = np.zeros(block.height, dtype=np.uint64)
        for factor, name in zip(_FACTORS, ("from", "to", "at", *known), strict=False):
            mark += block[name].fill_null(0).to_numpy().astype(np.uint64) * factor
        marks[start : start + block.height] = mark >> np.uint64(32)
    ordered = np.sort(marks)
    again = ordered[1:][ordered[1:] == ordered[:-1]]
    del ordered
    if not len(again):
        return pl.Series("at", [], dtype=pl.UInt32)
    near = np.zeros(1 << _NEAR_BITS, dtype=bool)
    far = np.uint32(32 - _NEAR_BITS)
    near[again >> far] = True
    rows = np.flatnonzero(near[marks >> far])
    return pl.Series("at", rows[np.isin(marks[rows], again)].astype(np.uint32))


def _has_clock(acts: pl.DataFrame) -> bool:
    """Tell whether times have a time of day; dates alone are all midnight in some zone."""
    clock = off_the_half_hour().any()
    return any(bool(some.select(clock).item()) for some in (acts.head(1_000), acts))


def off_the_half_hour() -> pl.Expr:
    """Tell of a time in microseconds, ``at``, whether it can't be midnight in some zone."""
    return pl.col("at") % _HALF_HOUR != 0


def _key(known: list[str]) -> pl.Expr:
    """Return a hash of all that makes two acts one."""
    written = [kind.code for kind in kinds().values() if kind.written]
    group = pl.when(pl.col("kind").is_in(written)).then(255).otherwise(pl.col("kind"))
    people = pl.col("from").cast(pl.UInt64) * 2**32 + pl.col("to").fill_null(2**32 - 1)
    key = people.hash(1) ^ (pl.col("at").fill_null(0).reinterpret(signed=False) + group).hash(2)
    for seed, name in enumerate(known, start=3):
        key = key ^ pl.col(name).fill_null(0).hash(seed)
    return key.alias("key")
