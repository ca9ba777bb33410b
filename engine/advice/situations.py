"""Distinct situations: which rules of a module are ready in a row, each such set decided once.

A rule is ready where its own observations hold (``when`` known true, ``unless`` known false).
What fires in a module depends on which of its rules are ready and on nothing else of a row, so
rows with the same ready rules share one decision, made on the observations of any one of them.
Where no target is ready, none can fire and there is nothing to decide.
"""

from collections.abc import Mapping, Sequence
from functools import reduce
from typing import Protocol

import polars as pl

from .rule import Rule

Values = Mapping[str, bool | None]
FIRED_SCHEMA = pl.Schema({"row": pl.UInt32, "rule": pl.UInt16})
_BITS = 64


class Decider(Protocol):
    """One module as situations need it; rules are positions in the rulebook."""

    @property
    def rules(self) -> tuple[int, ...]:
        """The rules of the module, whose readiness makes a situation."""

    @property
    def targets(self) -> frozenset[int]:
        """The rules whose firing is asked for."""

    @property
    def observations(self) -> tuple[str, ...]:
        """What the rules read."""

    @property
    def given(self) -> tuple[str, ...]:
        """The findings decided earlier."""

    def decided(self, situation: int) -> tuple[int, ...] | None:
        """Return what fires if this situation was met before: a bit a rule, then a bit a given."""

    def decide(self, situation: int, values: Values) -> tuple[int, ...]:
        """Decide a new situation from the observations of a row that is in it."""


class FewRows:
    """The observations of a few rows, gone through one by one."""

    def __init__(self, observed: pl.DataFrame, rules: Sequence[Rule], names: Sequence[str]) -> None:
        self._rows = observed.select(names).to_dicts() if names else [{}] * observed.height
        self._ready = [
            {position for position, rule in enumerate(rules) if _is_ready(rule, row)}
            for row in self._rows
        ]

    def decide(self, module: Decider, given: Mapping[str, pl.Series]) -> pl.DataFrame:
        """Return ``row`` and ``rule`` of the module's targets that fire; see `ManyRows.decide`."""
        there = {name: set(rows.to_list()) for name, rows in given.items()}
        fired: list[tuple[int, int]] = []
        for number, (row, ready) in enumerate(zip(self._rows, self._ready, strict=True)):
            if module.targets.isdisjoint(ready):
                continue
            bits = [rule in ready for rule in module.rules]
            bits += [number in there[name] for name in module.given]
            situation = sum(1 << place for place, bit in enumerate(bits) if bit)
            answer = module.decided(situation)
            if answer is None:
                answer = module.decide(situation, row)
            fired += [(number, rule) for rule in answer]
        return pl.DataFrame(fired, schema=FIRED_SCHEMA, orient="row")


class ManyRows:
    """The observations of many rows, in columns."""

    def __init__(self, observed: pl.DataFrame, rules: Sequence[Rule], names: Sequence[str]) -> None:
        self._observed = observed.with_columns(_everywhere=True)
        self._ready = self._observed.select(
            _readiness(rule).alias(str(place)) for place, rule in enumerate(rules)
        ).get_columns()

    def decide(self, module: Decider, given: Mapping[str, pl.Series]) -> pl.DataFrame:
        """Return ``row`` and ``rule`` of the module's targets that fire.

        ``given`` has, for each finding of ``module.given``, the rows where it was concluded.
        """
        asked = reduce(pl.Series.__or__, [self._ready[target] for target in module.targets])
        rows = asked.arg_true()
        if rows.len() == 0:
            return FIRED_SCHEMA.to_frame()
        columns = [self._ready[rule] for rule in module.rules]
        if rows.len() < asked.len():
            columns = [column.gather(rows) for column in columns]
        columns += [rows.is_in(given[name].implode()) for name in module.given]
        base, places = 0, []
        for place, column in enumerate(columns):
            if not column.any():
                continue
            if column.all():
                base |= 1 << place
            else:
                places.append(place)
        return self._distinct(module, rows.cast(pl.UInt32), columns, base, places)

    def _distinct(
        self,
        module: Decider,
        rows: pl.Series,
        columns: Sequence[pl.Series],
        base: int,
        places: Sequence[int],
    ) -> pl.DataFrame:
        chunks = [places[start : start + _BITS] for start in range(0, len(places), _BITS)]
        words = [_word([columns[place] for place in chunk]) for chunk in chunks]
        codes = pl.DataFrame([rows.alias("row"), *(w.alias(f"w{i}") for i, w in enumerate(words))])
        keys = codes.columns[1:]
        distinct = codes.unique(keys, keep="any") if keys else codes.head(1)
        situations = [
            base | sum(1 << place for word, chunk in zip(packed, chunks, strict=True)
                       for bit, place in enumerate(chunk) if word >> bit & 1)
            for _, *packed in distinct.iter_rows()
        ]  # fmt: skip
        answers = self._answers(module, situations, distinct["row"])
        firing = distinct.select(
            *keys, pl.Series("rule", answers, dtype=pl.List(pl.UInt16))
        ).filter(pl.col("rule").list.len() > 0)
        if firing.height == 0:
            return FIRED_SCHEMA.to_frame()
        how = "inner" if keys else "cross"
        joined = codes.join(firing, on=keys or None, how=how)  # type: ignore[arg-type]
        return joined.select("row", "rule").explode("rule")

    def _answers(
        self, module: Decider, situations: Sequence[int], rows: pl.Series
    ) -> list[tuple[int, ...]]:
        answers = [module.decided(situation) for situation in situations]
        new = [place for place, answer in enumerate(answers) if answer is None]
        if new:
            values = self._observed.select("_everywhere", *module.observations)[rows.gather(new)]
            for place, row in zip(new, values.iter_rows(named=True), strict=True):
                answers[place] = module.decide(situations[place], row)
        return [answer for answer in answers if answer is not None]


def _is_ready(rule: Rule, values: Values) -> bool:
    return all(values[name] is True for name in rule.conditions) and all(
        values[name] is False for name in rule.unless
    )


def _readiness(rule: Rule) -> pl.Expr:
    true = [pl.col(name) for name in rule.conditions]
    false = [~pl.col(name) for name in rule.unless]
    return pl.all_horizontal("_everywhere", *true, *false).fill_null(False)


def _word(columns: Sequence[pl.Series]) -> pl.Series:
    """Return at most `_BITS` Boolean columns as one integer a row, the first lowest."""
    sizes = ((8, pl.UInt8), (16, pl.UInt16), (32, pl.UInt32), (_BITS, pl.UInt64))
    dtype = next(dtype for bits, dtype in sizes if len(columns) <= bits)
    word = columns[0].cast(dtype)
    for bit, column in enumerate(columns[1:], start=1):
        word = word + column.cast(dtype) * (1 << bit)
    return word
