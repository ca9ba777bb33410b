"""From measured posts to findings: what fired, with its words, evidence, place and source."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from ..content.platforms import Platform
from .condition_expressions import condition_expression
from .condition_nodes import Node, measures_in
from .evidence import evidence_of, mark_of
from .finding_schema import FINDING_SCHEMA, no_findings
from .fix_names import safety_of
from .inference import Inference
from .marks import mark_expressions
from .messages import message_expression, one_line, parse_template, template_measures
from .observations import Observer
from .provenance import provenances
from .rule import SEVERITIES, Rule, Rulebook
from .suppression import suppressions

_SHOWN = 80


def find(
    measured: pl.DataFrame,
    rulebook: Rulebook,
    platforms: Mapping[str, Platform],
    posts: pl.DataFrame,
    inference: Inference | None = None,
) -> pl.DataFrame:
    """Return what the rules say of measured posts.

    Parameters
    ----------
    measured
        One row a post × platform: ``index`` (the row in ``posts``), ``post``, ``platform`` and
        the measures of `measures_needed`.
    rulebook
        The rules in force.
    platforms
        Every platform that occurs in ``measured``, by id: their facts are the sources.
    posts
        The posts frame; its ``file``, ``row`` and ``ignore`` are read.
    inference
        Of the rules in force; give the same one for many batches, it remembers.

    Returns
    -------
    pl.DataFrame
        `finding_schema.FINDING_SCHEMA`, a post at a time, its platforms in the order of
        ``measured``, then by severity and rule id.
    """
    inference = inference or Inference(rulebook.rules)
    observed = _observer(rulebook, inference.observations).observe(measured)
    fired = inference.decide(observed)
    if fired.height == 0:
        return no_findings()
    told = pl.concat(
        _evidence(measured, _telling(rulebook.rules[number], rulebook), number, rows["row"])
        for (number,), rows in fired.partition_by("rule", as_dict=True).items()
    )
    found = told.join(_rule_frame(rulebook), on="number", how="left", maintain_order="left")
    found = _with_sources(found, rulebook, platforms)
    found = _with_posts(found, posts)
    return found.sort("index", "place", "rank", "rule").select(FINDING_SCHEMA.names())


@lru_cache(maxsize=8)
def measures_needed(rulebook: Rulebook) -> frozenset[str]:
    """Return the measures that `find` reads: of observations, messages, evidence and marks."""
    names = {name for rule in rulebook.rules for name in (*rule.when, *rule.unless)}
    read = {"text.body"}
    for name in names:
        read |= measures_in(rulebook.observations[name].node)
    for rule in rulebook.rules:
        read |= _told_measures(rule, rulebook)
    return frozenset(read & rulebook.kinds.keys()) - {"platform"}


def _told_measures(rule: Rule, rulebook: Rulebook) -> frozenset[str]:
    """Return the measures that the rule's message, evidence and mark read."""
    mark = mark_of(rule, rulebook)
    read = template_measures(parse_template(rule.advice, rulebook.kinds))
    for side in evidence_of(rule, rulebook):
        read |= measures_in(side) if side else frozenset()
    return read | {mark.measure} if mark is not None and mark.measure is not None else read


@dataclass(frozen=True)
class _Telling:
    """What it takes to tell of a rule: the measures read and the expressions computed."""

    measures: frozenset[str]
    expressions: tuple[pl.Expr, ...]
    excerpt: pl.Expr


@lru_cache(maxsize=2048)
def _telling(rule: Rule, rulebook: Rulebook) -> _Telling:
    template = parse_template(rule.advice, rulebook.kinds)
    left, right = evidence_of(rule, rulebook)
    mark = mark_of(rule, rulebook)
    start, end = mark_expressions(mark, rulebook.kinds.get(mark.measure or "") if mark else None)
    return _Telling(
        _told_measures(rule, rulebook) | ({"text.body"} if mark else frozenset()),
        (
            message_expression(template).alias("message"),
            _number(left).alias("measured"),
            _number(right).alias("limit"),
            start.alias("start"),
            end.alias("end"),
        ),
        (_excerpt() if mark else pl.lit(None, pl.String)).alias("excerpt"),
    )


def _excerpt() -> pl.Expr:
    """Return what of the text stands from ``start`` to ``end``, on one line and not too long."""
    length = pl.col("end") - pl.col("start")
    words = pl.col("text.body").str.slice(pl.col("start"), length.clip(upper_bound=_SHOWN))
    excerpt = pl.when(length > _SHOWN).then(one_line(words) + "…").otherwise(one_line(words))
    return pl.when(pl.col("start").is_not_null()).then(excerpt)


def _number(node: Node | None) -> pl.Expr:
    if node is None:
        return pl.lit(None, pl.Float64)
    return condition_expression(node).cast(pl.Float64)


@lru_cache(maxsize=8)
def _observer(rulebook: Rulebook, names: tuple[str, ...]) -> Observer:
    return Observer(rulebook, names)


def _evidence(
    measured: pl.DataFrame, telling: _Telling, number: int, rows: pl.Series
) -> pl.DataFrame:
    """Return what is told of the rule with that ``number`` in the ``rows`` where it fired."""
    there = measured.select(sorted({"index", "post", "platform"} | telling.measures))
    told = there[rows].with_columns(telling.expressions)
    return told.select(
        *("index", "post", "platform", "message", "measured", "limit", "start", "end"),
        telling.excerpt,
        rows.alias("place"),
        pl.lit(number, pl.UInt16).alias("number"),
    )


@lru_cache(maxsize=8)
def _rule_frame(rulebook: Rulebook) -> pl.DataFrame:
    columns = ("rule", "name", "severity", "category", "goal", "why", "fix", "fix_safety")
    rows = [
        (rule.id, rule.name, rule.severity, rule.category, rule.goal, rule.why,
         ",".join(rule.fix) or None, safety_of(rule.fix))
        for rule in rulebook.rules
    ]  # fmt: skip
    frame = pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")
    ranks = pl.Series("rank", [SEVERITIES.index(rule.severity) for rule in rulebook.rules])
    return frame.with_columns(ranks).with_row_index("number").cast({"number": pl.UInt16})


def _with_sources(
    found: pl.DataFrame, rulebook: Rulebook, platforms: Mapping[str, Platform]
) -> pl.DataFrame:
    keys = ["number", "platform"]
    pairs = found.select(keys).unique().rows()
    told = provenances(dict(enumerate(rulebook.rules)), pairs, platforms)
    schema = {"number": pl.UInt16, "platform": pl.String, "source": pl.String, "year": pl.Int64,
              "confidence": pl.String, "dispute": pl.String}  # fmt: skip
    rows = [(*pair, p.source, p.year, p.confidence, p.dispute) for pair, p in told.items()]
    sources = pl.DataFrame(rows, schema=schema, orient="row")
    joined = found.join(sources, on=keys, how="left", maintain_order="left")
    return joined.with_columns(pl.col("message") + pl.col("dispute"))


def _with_posts(found: pl.DataFrame, posts: pl.DataFrame) -> pl.DataFrame:
    where = posts.select("file", "row")[found["index"]]
    reasons = suppressions(found.select("index", "rule"), posts["ignore"])
    return found.hstack([*where.get_columns(), reasons])
