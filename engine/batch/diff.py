"""What changed between two runs, each change of score or finding with its cause."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from .entries import POSTS
from .manifest import Manifest, read_manifest
from .row_files import scan_rows
from .rows import ROW_SCHEMA

BUCKET_ROWS = 3_000_000
CHANGE_SCHEMA = pl.Schema(
    {
        "post": pl.String(),
        "platform": pl.String(),
        "change": pl.String(),
        "rule": pl.String(),
        "before": pl.String(),
        "after": pl.String(),
        "cause": pl.String(),
    }
)
"""One row a change. ``change`` is ``row``, ``score`` or ``finding``; ``rule`` is set for findings.
``before`` and ``after`` are a score, a severity, or ``there``; null: not there. ``cause`` is what
differs between the runs and can bring it, joined by commas: ``input`` (what was read of the post),
``rules``, ``model``, ``settings`` (platforms, brand, accounts), ``versions``; ``unexplained`` where
nothing does."""

UNEXPLAINED = "unexplained"
_KEYS = ["post", "platform"]
_ELSE = ("settings", "versions")


@dataclass(frozen=True)
class Compared:
    """Some of the rows of two runs: how many were compared, and what changed.

    ``moved`` are rows whose rank changed while their score did not: others' did.
    """

    rows: int
    moved: int
    changes: pl.DataFrame


def compare_runs(first: Path, second: Path, bucket_rows: int = BUCKET_ROWS) -> Iterator[Compared]:
    """Yield the changes between two finished runs, some posts at a time.

    Raises
    ------
    BatchError
        One of the folders holds no finished run.
    """
    runs = read_manifest(first), read_manifest(second)
    rows = max(int(run.data["counts"]["rows"]) for run in runs)
    buckets = max(1, -(-rows // bucket_rows))
    for bucket in range(buckets):
        here = pl.col("post").hash(3) % buckets == bucket
        left, right = (_rows(run).filter(here).collect(engine="streaming") for run in runs)
        yield _compared(left, right, *runs)


def _rows(run: Manifest) -> pl.LazyFrame:
    """Return the rows of a run with each finding as rule, severity and fix in one text."""
    files = sorted((run.folder / POSTS).glob(f"part-*.{run.form}"))
    names = ("post", "platform", "score", "rank", "findings", "content")
    if not files:
        return ROW_SCHEMA.to_frame().lazy().select(*names).with_columns(_told())
    rows = scan_rows(files, run.form).select(*names)
    if run.form == "csv":
        return rows.with_columns(pl.col("findings").fill_null("").str.split(" "))
    return rows.with_columns(_told())


def _told() -> pl.Expr:
    one = pl.element().struct
    told = pl.concat_str(
        *(one.field("rule"), pl.lit(":"), one.field("severity")),
        pl.when(one.field("fix").is_null()).then(pl.lit("")).otherwise(":" + one.field("fix")),
    )
    return pl.col("findings").list.eval(told)


def _compared(
    left: pl.DataFrame, right: pl.DataFrame, first: Manifest, second: Manifest
) -> Compared:
    differ = {cause for cause in ("rules", "model", *_ELSE)
              if first.digest(cause) != second.digest(cause)}  # fmt: skip
    both = left.join(right, on=_KEYS, how="full", suffix="_2", coalesce=True).with_columns(
        there=pl.col("content").is_not_null(),
        there_2=pl.col("content_2").is_not_null(),
    )
    met = both.filter("there", "there_2").with_columns(
        edited=pl.col("content") != pl.col("content_2")
    )
    same = pl.col("score").eq_missing(pl.col("score_2"))
    moved = met.filter(same & pl.col("rank").ne_missing(pl.col("rank_2"))).height
    changes = [
        CHANGE_SCHEMA.to_frame(),
        _row_changes(both.filter(pl.col("there") != pl.col("there_2")), left, right, differ),
        _score_changes(met.filter(~same), differ),
        _finding_changes(met, first, second, differ),
    ]
    told = pl.concat([one.select(pl.col(name).cast(kind) for name, kind in CHANGE_SCHEMA.items())
                      for one in changes])  # fmt: skip
    return Compared(both.height, moved, told.sort("post", "platform", "change", "rule"))


def _row_changes(
    rows: pl.DataFrame, left: pl.DataFrame, right: pl.DataFrame, differ: set[str]
) -> pl.DataFrame:
    """Return rows of one run alone: the post is new or gone, or goes to other platforms."""
    posts = left.select("post").unique().join(right.select("post").unique(), on="post")
    elsewhere = "settings" if "settings" in differ else "input"
    return rows.join(posts.with_columns(known=True), on="post", how="left").select(
        *_KEYS,
        change=pl.lit("row"),
        rule=pl.lit(None, pl.String),
        before=pl.when("there").then(pl.lit("there")),
        after=pl.when("there_2").then(pl.lit("there")),
        cause=pl.when(pl.col("known").is_null()).then(pl.lit("input")).otherwise(pl.lit(elsewhere)),
    )


def _score_changes(rows: pl.DataFrame, differ: set[str]) -> pl.DataFrame:
    known = _joined(("input", pl.col("edited")), ("model", pl.lit("model" in differ)))
    return rows.select(
        *_KEYS,
        change=pl.lit("score"),
        rule=pl.lit(None, pl.String),
        before=pl.col("score").cast(pl.String),
        after=pl.col("score_2").cast(pl.String),
        cause=_cause(known, differ),
    )


def _finding_changes(
    rows: pl.DataFrame, first: Manifest, second: Manifest, differ: set[str]
) -> pl.DataFrame:
    ids = first.rules.keys() | second.rules.keys()
    altered = [name for name in sorted(ids) if first.rules.get(name) != second.rules.get(name)]
    other = rows.filter(pl.col("findings") != pl.col("findings_2"))
    sides = [_findings(other, name, side) for name, side in (("findings", "before"),
                                                           ("findings_2", "after"))]  # fmt: skip
    keys = [*_KEYS, "rule", "edited"]
    both = sides[0].join(sides[1], on=keys, how="full", coalesce=True)
    known = _joined(("input", pl.col("edited")), ("rules", pl.col("rule").is_in(altered)))
    # What a rule compares with, the facts of a platform, is no part of the rule.
    facts = {"rules", *_ELSE} & differ
    return both.filter(pl.col("before").ne_missing(pl.col("after"))).select(
        *_KEYS,
        "rule",
        "before",
        "after",
        change=pl.lit("finding"),
        cause=_cause(known, facts, ("rules", *_ELSE)),
    )


def _findings(rows: pl.DataFrame, column: str, side: str) -> pl.DataFrame:
    """Return a row a finding: the rule, and the rest of its text under the name of its side."""
    parts = pl.col(column).str.splitn(":", 2).struct
    return (
        rows.select(*_KEYS, "edited", column)
        .explode(column, empty_as_null=True)
        .filter(pl.col(column).is_not_null() & (pl.col(column) != ""))
        .select(
            *_KEYS,
            "edited",
            parts.field("field_0").alias("rule"),
            parts.field("field_1").alias(side),
        )
    )


def _joined(*causes: tuple[str, pl.Expr]) -> pl.Expr:
    named = [pl.when(holds).then(pl.lit(name)) for name, holds in causes]
    return pl.concat_list(named).list.drop_nulls().list.join(",")


def _cause(known: pl.Expr, differ: set[str], others: tuple[str, ...] = _ELSE) -> pl.Expr:
    """Return the causes known, else what else differs between the runs."""
    rest = ",".join(name for name in others if name in differ) or UNEXPLAINED
    return pl.when(known == "").then(pl.lit(rest)).otherwise(known)
