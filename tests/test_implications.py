"""What a rule's firing implies, and rules that can never fire."""

from collections.abc import Sequence

import pytest

from sharewise.engine.advice.implications import implications, never_fires
from sharewise.engine.advice.rule import Rule


def told(rules: Sequence[Rule]) -> list[str | None]:
    implied = implications(rules)
    return [never_fires(position, rules, implied) for position in range(len(rules))]


def test_over_all_ways_to_conclude_what_is_needed() -> None:
    rules = [
        Rule("AAA001", when=("a", "b"), unless=("c",), concludes="f"),
        Rule("AAA002", when=("a",), unless=("d",), concludes="f"),
        Rule("AAA003", when=("e",), needs=("f",)),
    ]
    implied = implications(rules)[2]
    assert (set(implied.true), set(implied.false)) == ({"a", "e"}, set())
    assert implied.findings == {"f"}
    assert told(rules) == [None, None, None]


MAKER = Rule("AAA001", when=("a",), concludes="f")


@pytest.mark.parametrize(
    ("rules", "reason"),
    [
        (
            [MAKER, Rule("AAA002", when=("b",), unless=("a",), needs=("f",))],
            "a both true and false",
        ),
        (
            [
                Rule("AAA001", when=("a",), concludes="g"),
                Rule("AAA003", needs=("g",), concludes="f"),
                Rule("AAA002", needs=("f",), blocked_by=("g",)),
            ],
            "concludes g, which blocks it",
        ),
        ([MAKER, Rule("AAA002", when=("a", "b"), blocked_by=("f",))], "AAA001 fires wherever"),
        (
            [
                Rule("AAA001", when=("a",), platforms=("x",), concludes="f"),
                Rule("AAA002", when=("a",), platforms=("reddit",), needs=("f",)),
            ],
            "f is never concluded on its platforms",
        ),
        ([Rule("AAA001", needs=("f",), concludes="f")], "rests on the rule itself"),
    ],
)
def test_never_fires(rules: list[Rule], reason: str) -> None:
    *others, last = told(rules)
    assert others == [None] * len(others)
    assert last is not None
    assert reason in last


@pytest.mark.parametrize(
    "rules",
    [
        [MAKER, Rule("AAA002", when=("b",), blocked_by=("f",))],
        [
            Rule("AAA001", when=("a",), platforms=("x",), concludes="f"),
            Rule("AAA002", when=("a",), blocked_by=("f",)),
        ],
        [
            Rule("AAA001", when=("a",), blocked_by=("g",), concludes="f"),
            Rule("AAA003", when=("c",), concludes="g"),
            Rule("AAA002", when=("a",), blocked_by=("f",)),
        ],
    ],
)
def test_may_fire(rules: list[Rule]) -> None:
    assert told(rules) == [None] * len(rules)
