"""Why somebody is on the list, in words: counts a person can check."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from .arrays import Counts, counted, rows_of
from .gates.seen import Seen
from .hash_codes import Codes
from .kinds import kinds
from .parts import Clock, reach
from .people_codes import grouped

KINDS_TOLD = 3
DETAILED = 10_000
_BITS, _FACTOR = 64, np.uint64(0x9E3779B97F4A7C15)
_DETAILS = ("posts", "targets", "did", "counted")
_KEYS = ("acts", "days", "people_reached", "only_through")


@dataclass(frozen=True)
class Told:
    """What is told of people.

    Attributes
    ----------
    counts : acts, days, people reached and people reached only by them, by code of people
    best : ``code, did, posts, targets, counted …`` of the first people
    with_brand : whether acts on the brand are told; all acts otherwise
    timed : whether any act has a time
    """

    counts: Mapping[str, Counts]
    best: pl.DataFrame
    with_brand: bool
    timed: bool


def with_evidence(frame: pl.DataFrame, told: Told, reasons: pl.DataFrame) -> pl.DataFrame:
    """Return the frame with ``evidence`` and the counts that it is made of.

    Kinds, posts and the discount are told of the first `DETAILED` people, which are all in most
    communities; of the rest, acts, days and people reached.

    Parameters
    ----------
    frame
        ``code, place …``, a row a person in the order of the list; ``place`` counts from 0.
    told
        What is told of the whole list.
    reasons
        ``code, reason``: what shows why somebody is held back.
    """
    codes = frame["code"].to_numpy()
    frame = frame.with_columns(
        pl.Series(name, every[codes], dtype=pl.Int64) for name, every in told.counts.items()
    )
    detailed = int((frame["place"] < told.best.height).sum())
    best, rest = frame.head(detailed), frame.slice(detailed)
    best = pl.concat([best, told.best[best["place"]].drop("code")], how="horizontal")
    if told.with_brand:
        best = best.with_columns(pl.coalesce("own_days", "days").alias("days"))
    nothing = [pl.lit(None, dtype=best.schema[name]).alias(name) for name in _DETAILS]
    lines = pl.format("{}; {}", _did(told.with_brand, told.timed), _reached()).alias("evidence")
    said = pl.concat([best.select(lines).to_series(), _lines_of(rest, nothing, lines)])
    if reasons.height:
        said = _with_reasons(said, frame["code"], reasons)
    some = ("days", *_DETAILS[:2])
    told_also = pl.concat([best.select(some), rest.with_columns(nothing).select(some)])
    return frame.with_columns(*told_also, said)


def _with_reasons(said: pl.Series, codes: pl.Series, reasons: pl.DataFrame) -> pl.Series:
    """Return the lines with the reasons of those who have one before them."""
    at = pl.DataFrame([codes]).with_row_index("at").join(reasons, on="code")
    whole = at.select(pl.format("{} · {}", "reason", said.gather(at["at"]))).to_series()
    return said.scatter(at["at"], whole)


def _lines_of(frame: pl.DataFrame, nothing: list[pl.Expr], lines: pl.Expr) -> pl.Series:
    """Return the lines of people of whom only `_KEYS` are told: each line is made once."""
    bits = [int(frame[name].max() or 0).bit_length() for name in _KEYS]  # type: ignore[arg-type]
    if sum(bits) > _BITS or frame.is_empty():
        return frame.with_columns(nothing).select(lines).to_series()
    packed = np.zeros(frame.height, dtype=np.uint64)
    for name, width in zip(_KEYS, bits, strict=True):
        packed <<= np.uint64(width)
        packed |= frame[name].to_numpy().view(np.uint64)
    packed *= _FACTOR  # An odd factor: different numbers stay different, in their upper bits too.
    _, rows, which = grouped(packed)
    several = frame[rows].with_columns(nothing).select(lines).to_series()
    return several.gather(pl.Series(which))


def _did(with_brand: bool, timed: bool) -> pl.Expr:
    """Return what a person did: ``12 shares of 9 of your posts on 8 days``."""
    yours = "of your posts" if with_brand else "posts"
    things = (
        pl.when(pl.col("posts") > 0)
        .then(pl.format(f" of {{}} {yours}", "posts"))
        .otherwise(
            pl.when((pl.col("targets") > 0) & (not with_brand))
            .then(pl.format(" on {}", _plural("targets", "person", "people")))
            .otherwise(pl.lit(" on you" if with_brand else ""))
        )
    )
    acts = pl.coalesce("did", _plural("acts", "act", "acts"))
    none = "no act on you" if with_brand else "no act of their own"
    days = pl.format(" on {}", _plural("days", "day", "days")) if timed else pl.lit("")
    return (
        pl.when(pl.col("acts") == 0).then(pl.lit(none)).otherwise(pl.concat_str(acts, things, days))
    )


def _reached() -> pl.Expr:
    """Return whom a person moved: ``41 people acted on theirs, 33 after discount; …``."""
    people = pl.format("{} on theirs", _plural("people_reached", "person acted", "people acted"))
    after = pl.format(", {} after discount", pl.col("counted").round(0).cast(pl.Int64))
    discounted = pl.col("counted").round(0) < pl.col("people_reached")
    only = pl.format(", {} only on theirs", "only_through")
    return (
        pl.when(pl.col("people_reached") == 0)
        .then(pl.lit("nobody acted on theirs"))
        .otherwise(
            pl.concat_str(
                people,
                pl.when(discounted).then(after).otherwise(pl.lit("")),
                pl.when(pl.col("only_through") > 0).then(only).otherwise(pl.lit("")),
            )
        )
    )


def _plural(column: str, one: str, several: str) -> pl.Expr:
    return (
        pl.when(pl.col(column) == 1)
        .then(pl.lit(f"1 {one}"))
        .otherwise(pl.format(f"{{}} {several}", column))
    )


def told_of(first: Codes, seen: Seen, with_brand: bool) -> Told:
    """Return what is told of people; of the first ones in the list, all."""
    people, acts = len(seen.edges.people), seen.edges.acts
    if with_brand:
        acts = acts.filter(pl.col("to").is_in(list(seen.brand)))
    made = counted(acts["from"].to_numpy(), people)
    counts = (made, seen.days, seen.amplifiers.count, seen.amplifiers.alone)
    asked = np.zeros(people, dtype=bool)
    asked[first] = True
    details = _details(rows_of(acts, "from", asked), seen)
    best = pl.DataFrame({"code": first}).join(
        details, left_on="code", right_on="from", how="left", maintain_order="left"
    )
    best = best.with_columns(_counted(rows_of(seen.pairs, "to", asked), first, seen))
    return Told(dict(zip(_KEYS, counts, strict=True)), best, with_brand, seen.edges.timed)


def _details(acts: pl.DataFrame, seen: Seen) -> pl.DataFrame:
    """Return ``from, did, posts, targets, own_days`` of the people who made the acts."""
    day = ((seen.clock.as_of - pl.col("at")) // 86_400_000_000).fill_null(0)
    sums = acts.group_by("from").agg(
        pl.col("post").n_unique().alias("posts") - pl.col("post").null_count().clip(0, 1),
        pl.col("to").n_unique().alias("targets") - pl.col("to").null_count().clip(0, 1),
        day.n_unique().cast(pl.Int64).alias("own_days"),
    )
    known = pl.DataFrame(
        {
            "kind": [kind.code for kind in kinds().values()],
            "one": [kind.words[0] for kind in kinds().values()],
            "several": [kind.words[1] for kind in kinds().values()],
        },
        schema_overrides={"kind": pl.UInt8},
    )
    said = (
        acts.group_by("from", "kind")
        .len()
        .join(known, on="kind")
        .sort("len", "one", descending=[True, False])
        .select(
            "from",
            "len",
            pl.format(
                "{} {}", "len", pl.when(pl.col("len") == 1).then("one").otherwise("several")
            ).alias("said"),
        )
        .group_by("from", maintain_order=True)
        .agg(
            pl.col("said").head(KINDS_TOLD).str.join(", ").alias("did"),
            pl.col("len").slice(KINDS_TOLD).sum().alias("more"),
        )
        .with_columns(
            pl.when(pl.col("more") > 0)
            .then(pl.format("{}, {} other", "did", "more"))
            .otherwise("did")
            .alias("did")
        )
    )
    return said.drop("more").join(sums, on="from")


def _counted(pairs: pl.DataFrame, first: Codes, seen: Seen) -> pl.Series:
    """Return the people reached by each of the first, after discounts, whatever their age."""
    still = Clock(seen.clock.as_of, seen.clock.oldest, np.inf)
    counted = reach(pairs, len(seen.edges.people), still, seen.groups)
    return pl.Series("counted", counted[first])
