"""Conditions as Polars expressions: null where a value they need is not known."""

from collections.abc import Callable, Mapping

import polars as pl

from .condition_nodes import (
    NUMBER,
    TEXTS,
    Arithmetic,
    Call,
    Compare,
    Literal,
    Logic,
    Member,
    Name,
    Node,
    Not,
)

_COMPARE: dict[str, Callable[[pl.Expr, pl.Expr], pl.Expr]] = {
    "==": pl.Expr.eq,
    "!=": pl.Expr.ne,
    "<": pl.Expr.lt,
    "<=": pl.Expr.le,
    ">": pl.Expr.gt,
    ">=": pl.Expr.ge,
}


def condition_expression(node: Node, ready: Mapping[Node, str] | None = None) -> pl.Expr:
    """Return the expression that computes ``node`` from a frame of measures.

    Kleene logic: ``null and false`` is false, ``null or true`` is true, other operations on
    null are null. ``ready`` names columns that hold the value of a part already.
    """
    if ready and node in ready:
        return pl.col(ready[node])
    match node:
        case Name(name=name):
            return pl.col(name)
        case Literal(value=value):
            return pl.lit(value)
        case Not(part=part):
            return ~condition_expression(part, ready)
        case Logic(operator=operator, parts=parts):
            terms = [condition_expression(part, ready) for part in parts]
            return pl.all_horizontal(terms) if operator == "and" else pl.any_horizontal(terms)
        case Compare(operator=operator, left=left, right=right):
            sides = condition_expression(left, ready), condition_expression(right, ready)
            return _COMPARE[operator](*sides)
        case Arithmetic(operator=operator, left=left, right=right):
            return _arithmetic(
                operator, condition_expression(left, ready), condition_expression(right, ready)
            )
        case Member(item=item, values=values):
            dtype = pl.Float64() if item.kind == NUMBER else pl.String()
            tested = condition_expression(item, ready)
            tested = tested.cast(pl.Float64) if item.kind == NUMBER else tested
            return tested.is_in(pl.Series(values, dtype=dtype).implode())
        case Call():
            return _call(node, condition_expression(node.subject, ready))


def _arithmetic(operator: str, left: pl.Expr, right: pl.Expr) -> pl.Expr:
    left, right = left.cast(pl.Float64), right.cast(pl.Float64)
    if operator == "/":
        return pl.when(right != 0).then(left / right)
    return left + right if operator == "+" else left - right if operator == "-" else left * right


def _call(node: Call, subject: pl.Expr) -> pl.Expr:
    listed = node.subject.kind == TEXTS
    argument = node.argument
    match node.function:
        case "known":
            return subject.is_not_null()
        case "length":
            return (subject.list.len() if listed else subject.str.len_chars()).cast(pl.Int64)
        case "lower":
            element = pl.element().str.to_lowercase()
            return subject.list.eval(element) if listed else subject.str.to_lowercase()
        case "overlaps":
            values = pl.Series(argument, dtype=pl.String)
            return subject.list.eval(pl.element().is_in(values.implode())).list.any()
        case "contains":
            value = pl.lit(argument)
            return (
                subject.list.contains(value)
                if listed
                else subject.str.contains(value, literal=True)
            )
        case "matches":
            found = pl.element().str.contains(str(argument))
            return (
                subject.list.eval(found).list.any()
                if listed
                else subject.str.contains(str(argument))
            )
        case _:
            found = pl.element().str.contains(str(argument)).cast(pl.Int64)
            count = (
                subject.list.eval(found).list.sum()
                if listed
                else subject.str.count_matches(str(argument))
            )
            return count.cast(pl.Int64)
