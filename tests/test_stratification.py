"""Strata: what may block must be decided first."""

import pytest

from sharewise.engine.advice.rule import Rule
from sharewise.engine.advice.stratification import (
    NegationCycleError,
    depends_on,
    producers,
    strata,
)

RULES = [
    Rule("AAA001", when=("a",), concludes="f"),
    Rule("AAA002", needs=("f",), concludes="g"),
    Rule("AAA003", when=("a",), blocked_by=("g",), concludes="h"),
    Rule("AAA004", needs=("h",), blocked_by=("f",)),
]


def test_strata() -> None:
    assert strata(RULES) == (0, 0, 1, 1)


def test_needs_in_a_circle_are_one_stratum() -> None:
    circle = [
        Rule("AAA001", needs=("g",), concludes="f"),
        Rule("AAA002", needs=("f",), concludes="g"),
    ]
    assert strata(circle) == (0, 0)


def test_dependencies() -> None:
    made = producers(RULES)
    assert made == {"f": (0,), "g": (1,), "h": (2,)}
    assert depends_on(RULES, made, 3) == {0, 1, 2}
    assert depends_on(RULES, made, 0) == frozenset()


def test_recursion_through_blocked_by() -> None:
    rules = [*RULES, Rule("AAA005", needs=("h",), concludes="f")]
    with pytest.raises(NegationCycleError, match="AAA003 → AAA002 → AAA005 → AAA003") as caught:
        strata(rules)
    assert caught.value.rules == (2, 1, 4, 2)
