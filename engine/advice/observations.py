"""From measures to observations: each condition computed for every row, null where not known."""

from collections.abc import Sequence

import polars as pl

from .condition_expressions import condition_expression
from .condition_nodes import TEXT, Call, Name, Node, measures_in, walk
from .rule import Rulebook, platform_in_observation
from .text_matching import first_rows, match_texts


class Observer:
    """Computes some of a rulebook's observations; compiled once, used for any frame.

    Parameters
    ----------
    rulebook
        Where the conditions stand.
    names
        The observations wanted; implicit ones (`rule.platform_observation`) too.
    """

    def __init__(self, rulebook: Rulebook, names: Sequence[str]) -> None:
        self._names = tuple(names)
        self._patterns: dict[str, list[str]] = {}
        self._ready: dict[Node, str] = {}
        nodes = {name: rulebook.observations[name].node for name in names
                 if platform_in_observation(name) is None}  # fmt: skip
        for node in nodes.values():
            self._set_aside_matches(node)
        self.measures = frozenset[str]().union(*map(measures_in, nodes.values())) | {"platform"}
        """The measures that the observations read."""
        self._expressions = [
            condition_expression(nodes[name], self._ready).alias(name)
            if name in nodes
            else pl.col("platform").is_in(platform_in_observation(name) or ()).alias(name)
            for name in names
        ]

    def observe(self, measured: pl.DataFrame) -> pl.DataFrame:
        """Return a Boolean column an observation, a row for each row of ``measured``.

        ``measured`` has ``platform`` and the `measures`; ``index``, the post, if it has it,
        saves work. Null: a value that the condition needs is not known.
        """
        first = first_rows(measured["index"]) if "index" in measured.columns else None
        found: list[pl.Series] = []
        for measure, patterns in self._patterns.items():
            answers = match_texts(measured[measure], patterns, first)
            found += [answers[p].alias(_column(measure, p)) for p in patterns]
        # with_columns: a condition of constants alone must have as many rows as the others.
        return measured.with_columns(found).with_columns(self._expressions).select(self._names)

    def _set_aside_matches(self, node: Node) -> None:
        for part in walk(node):
            match part:
                case Call("matches", Name(name=measure, kind=kind), str(pattern)) if kind == TEXT:
                    self._ready[part] = _column(measure, pattern)
                    patterns = self._patterns.setdefault(measure, [])
                    if pattern not in patterns:
                        patterns.append(pattern)


def observe(
    measured: pl.DataFrame, rulebook: Rulebook, names: Sequence[str] | None = None
) -> pl.DataFrame:
    """Return the observations of ``measured``; all of the rulebook's, or those named."""
    return Observer(rulebook, tuple(names or rulebook.observations)).observe(measured)


def _column(measure: str, pattern: str) -> str:
    return f"{measure} ~ {pattern}"
