"""The condition language: what it says, and what it refuses."""

import polars as pl
import pytest

from sharewise.engine.advice.condition_expressions import condition_expression
from sharewise.engine.advice.conditions import ConditionError, parse_condition
from sharewise.engine.advice.measure_kinds import kinds_of

TYPES: dict[str, pl.DataType] = {
    "text.body": pl.String(),
    "text.length": pl.Int64(),
    "limit.text": pl.Float64(),
    "time.known": pl.Boolean(),
    "links.list": pl.List(pl.String()),
    "type": pl.String(),
    "part": pl.Int64(),
}
KINDS = kinds_of(TYPES)
LISTS: dict[str, tuple[str | float, ...]] = {"short": ("bit.ly", "t.co"), "hours": (9, 10)}
ROWS = pl.DataFrame(
    {
        "text.body": ["Tag a FRIEND", "nothing", None],
        "text.length": [281, 280, None],
        "limit.text": [280.0, 280.0, 280.0],
        "time.known": [True, False, None],
        "links.list": [["bit.ly", "a.org"], [], None],
        "type": ["video", "image", None],
        "part": [0, 9, None],
        "platform": ["x", "x", "x"],
    },
    schema={**TYPES, "platform": pl.String()},
)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("text.length > limit.text", [True, False, None]),
        ("not text.length > limit.text", [False, True, None]),
        ("280 < text.length <= 281", [True, False, None]),
        ("text.length - limit.text == 1", [True, False, None]),
        ("text.length / part > 1", [None, True, None]),
        ("part == -1 or part == 9", [False, True, None]),
        ("time.known", [True, False, None]),
        ("time.known == false", [False, True, None]),
        # Kleene: what is known decides where it can.
        ("time.known and text.length > 0", [True, False, None]),
        ("text.length > 0 or limit.text > 0", [True, True, True]),
        ("text.length > 0 and limit.text < 0", [False, False, False]),
        ("known(text.body)", [True, True, False]),
        (r"matches(text.body, '(?i)\btag a friend\b')", [True, False, None]),
        (r'count(text.body, "[aeiou]") >= 2', [True, True, None]),
        ("contains(text.body, 'a F')", [True, False, None]),
        ("lower(text.body) == 'tag a friend'", [True, False, None]),
        ("length(text.body) == 12", [True, False, None]),
        ("type in ['video', 'short']", [True, False, None]),
        ("type not in ['video', 'short']", [False, True, None]),
        ("part in list.hours", [False, True, None]),
        ("overlaps(links.list, list.short)", [True, False, None]),
        ("overlaps(links.list, ['b.org'])", [False, False, None]),
        ("contains(links.list, 'a.org')", [True, False, None]),
        ("matches(links.list, '^bit')", [True, False, None]),
        ("count(links.list, 'i') == 1", [True, False, None]),
        ("length(links.list) == 0", [False, True, None]),
        ("platform == 'x'", [True, True, True]),
    ],
)
def test_value(condition: str, expected: list[bool | None]) -> None:
    node = parse_condition(condition, KINDS, LISTS)
    assert ROWS.select(condition_expression(node).alias("o"))["o"].to_list() == expected


@pytest.mark.parametrize(
    ("condition", "told"),
    [
        ("text.lenght > 3", "unknown measure 'text.lenght'; did you mean 'text.length'?"),
        ("text.body > 3", "a text > a number can't be compared"),
        ("'a' > text.length", "a text > a number"),
        ("time.known > true", "yes/no can't be compared with >"),
        ("text.length", "a number where a yes/no is needed"),
        ("text.length and time.known", "'and' takes yes/no, 'text.length' is a number"),
        ("not text.body", "'not' takes yes/no"),
        ("text.body + 1 > 2", "only numbers go there"),
        ("type in list.shrt", "unknown list 'list.shrt'; did you mean 'list.short'?"),
        ("part in ['a']", "a number is never in a list with 'a'"),
        ("part in type", "'type' is no list"),
        ("list.short == 'a'", "stands only after 'in'"),
        ("matches(text.body)", r"write matches\(measure, pattern\)"),
        ("matches(text.length, 'a')", "reads a text or list of texts measure"),
        ("matches('abc', 'a')", "reads a text"),
        ("overlaps(links.list, list.hours)", "needs a list of texts"),
        ("macthes(text.body, 'a')", "unknown function 'macthes'.*did you mean 'matches'"),
        ("type == null", r"write known\(measure\)"),
        ("__import__('os').system('true') == 0", "unknown function"),
        ("text.body[0] == 'a'", "not of the language"),
        ("text.length ** 9 > 1", "not of the language"),
        ("(lambda: 1)() == 1", "unknown function"),
        ("[1 for _ in part] == part", "not of the language"),
        ("f'{type}' == 'a'", "a text has no prefix"),
        ("part > 1e999", "out of range"),
        ("part > 99999999999999999999", "out of range"),
        ("part >", "not a condition"),
        ("part > 1\0", "not a condition"),
        ("(" * 300 + "part > 1" + ")" * 300, "nested deeper|not a condition"),
        ("not " * 40 + "time.known", "nested deeper than 30"),
        ("part > 1 or " * 500 + "part > 1", "characters long; at most"),
    ],
)
def test_refused(condition: str, told: str) -> None:
    with pytest.raises(ConditionError, match=told):
        parse_condition(condition, KINDS, LISTS)


def test_wide_conditions_are_fine() -> None:
    condition = " or ".join(f"part == {number}" for number in range(200))
    node = parse_condition(condition, KINDS)
    assert ROWS.select(condition_expression(node).alias("o"))["o"].to_list() == [True, True, None]


def test_a_quote_inside_a_pattern() -> None:
    node = parse_condition(r"""matches(text.body, "it's") or matches(text.body, 'it\'s')""", KINDS)
    frame = pl.DataFrame({"text.body": ["it's here"]})
    assert frame.select(condition_expression(node).alias("o"))["o"].to_list() == [True]


def test_number_can_be_asked_for() -> None:
    node = parse_condition("text.length - limit.text", KINDS, expect="number")
    assert ROWS.select(condition_expression(node).alias("o"))["o"].to_list() == [1.0, 0.0, None]
