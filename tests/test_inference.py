"""durable-rules against a plain forward chainer, and against its own limits."""

import random
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sharewise.engine.advice.inference import Inference
from sharewise.engine.advice.modules import MAX_OBSERVATIONS, MAX_RULES, group_rules
from sharewise.engine.advice.rule import Rule
from sharewise.engine.errors import RulebookError

PROGRAMS, ROWS_EACH = 250, 60
Row = dict[str, bool | None]


def chained(rules: Sequence[tuple[int, Rule]], row: Row) -> list[int]:
    """Decide one row the plain way: stratum by stratum, until nothing more fires.

    Rules come with the stratum they were generated in.
    """
    concluded: set[str] = set()
    fired: set[int] = set()
    for stratum in sorted({stratum for stratum, _ in rules}):
        grown = True
        while grown:
            grown = False
            for number, (own, rule) in enumerate(rules):
                if (
                    own == stratum
                    and number not in fired
                    and all(row[name] is True for name in rule.when)
                    and all(row[name] is False for name in rule.unless)
                    and concluded.issuperset(rule.needs)
                    and concluded.isdisjoint(rule.blocked_by)
                ):
                    fired.add(number)
                    grown = True
                    if rule.concludes is not None:
                        concluded.add(rule.concludes)
    return sorted(fired)


@st.composite
def programs(draw: st.DrawFn) -> list[tuple[int, Rule]]:
    """Random rules of up to four strata; a stratum's findings are f<stratum>_<number>."""
    rng = random.Random(draw(st.integers(0, 2**32)))
    observations = [f"o{number}" for number in range(rng.randint(1, 8))]
    strata = rng.randint(1, 4)
    findings = {level: [f"f{level}_{i}" for i in range(3)] for level in range(strata)}
    rules = []
    for number in range(rng.randint(1, 16)):
        level = rng.randrange(strata)
        upto = [name for below in range(level + 1) for name in findings[below]]
        under = [name for below in range(level) for name in findings[below]]
        when = _some(rng, observations, 2)
        needs = _some(rng, upto, rng.choice((0, 2)))
        rules.append(
            (
                level,
                Rule(
                    f"AAA{number:03}",
                    when=when,
                    unless=tuple(set(_some(rng, observations, 2)) - set(when)),
                    needs=needs,
                    blocked_by=tuple(set(_some(rng, under, 2)) - set(needs)),
                    concludes=rng.choice((None, *findings[level])),
                ),
            )
        )
    return rules


def _some(rng: random.Random, names: list[str], most: int) -> tuple[str, ...]:
    return tuple(rng.sample(names, min(len(names), rng.randint(0, most))))


def _rows(seed: int, names: Sequence[str], count: int) -> list[Row]:
    rng = random.Random(seed)
    weights = rng.choice(((1, 1, 1), (4, 1, 1), (1, 4, 1), (1, 8, 0)))
    return [{n: rng.choices((True, False, None), weights)[0] for n in names} for _ in range(count)]


def _frame(rows: list[Row], names: Sequence[str]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=dict.fromkeys(names, pl.Boolean))


@settings(max_examples=PROGRAMS, deadline=None)
@given(programs(), st.integers(0, 2**32), st.sampled_from((MAX_RULES, 4, 2)))
def test_fires_what_a_plain_chainer_fires(
    program: list[tuple[int, Rule]], seed: int, max_rules: int
) -> None:
    rules = [rule for _, rule in program]
    names = sorted({name for rule in rules for name in (*rule.when, *rule.unless)})
    rows = _rows(seed, names, ROWS_EACH)
    expected = [(i, rule) for i, row in enumerate(rows) for rule in chained(program, row)]
    try:
        inference = Inference(rules, max_rules)
    except RulebookError:
        assert max_rules < MAX_RULES
        return
    with inference:
        frame = _frame(rows, names) if names else pl.DataFrame({"_": [None] * ROWS_EACH})
        assert inference.decide(frame).rows() == expected
        # The same rows few at a time go another way through the code.
        few = [
            (start + row, rule)
            for start in range(0, ROWS_EACH, 20)
            for row, rule in inference.decide(frame[start : start + 20]).rows()
        ]
        assert few == expected


def test_at_least_ten_thousand_cases() -> None:
    assert PROGRAMS * ROWS_EACH >= 10_000


def decide(rules: Sequence[Rule], *rows: Row) -> list[tuple[int, str]]:
    with Inference(rules) as inference:
        observed = _frame(list(rows), inference.observations)
        return [(row, rules[rule].id) for row, rule in inference.decide(observed).rows()]


def test_unknown_is_neither_true_nor_false() -> None:
    rules = [Rule("AAA001", when=("a",)), Rule("AAA002", when=("b",), unless=("a",))]
    rows: list[Row] = [
        {"a": True, "b": True}, {"a": False, "b": True}, {"a": None, "b": True},
    ]  # fmt: skip
    assert decide(rules, *rows) == [(0, "AAA001"), (1, "AAA002")]


def test_chain_of_three_and_a_block() -> None:
    rules = [
        Rule("AAA003", when=("c",), blocked_by=("held",)),
        Rule("AAA001", when=("a",), concludes="bait"),
        Rule("AAA002", when=("c",), needs=("bait",), concludes="held"),
    ]
    assert decide(rules, {"a": True, "c": True}) == [(0, "AAA001"), (0, "AAA002")]
    assert decide(rules, {"a": False, "c": True}) == [(0, "AAA003")]


def test_platforms_are_an_observation_of_their_own() -> None:
    rules = [Rule("AAA001", when=("a",), platforms=("x", "facebook"))]
    name = "platform in facebook,x"
    assert decide(rules, {"a": True, name: True}, {"a": True, name: False}) == [(0, "AAA001")]


def test_findings_of_rules_switched_off() -> None:
    rules = [
        Rule("AAA001", when=("a",), needs=("nobody",)),
        Rule("AAA002", when=("a",), blocked_by=("nobody",)),
    ]
    assert decide(rules, {"a": True}) == [(0, "AAA002")]


def test_no_rules_and_no_rows() -> None:
    with Inference([]) as inference:
        assert inference.decide(pl.DataFrame({"x": [True] * 100})).rows() == []
    with Inference([Rule("AAA001", when=("a",))]) as inference:
        nothing = pl.DataFrame(schema={"a": pl.Boolean})
        assert inference.decide(nothing).schema == {"row": pl.UInt32, "rule": pl.UInt16}


@pytest.mark.parametrize("height", [1, 49, 500])
def test_a_row_alone_and_in_a_batch_decide_alike(height: int) -> None:
    rules = [
        Rule("AAA001", when=("a",), unless=("b",), concludes="f"),
        Rule("AAA002", when=("c",), blocked_by=("f",)),
    ]
    rows = _rows(7, ("a", "b", "c"), height)
    with Inference(rules) as inference, Inference(rules) as fresh:
        together = inference.decide(_frame(rows, ("a", "b", "c")))
        alone = [
            (number, rule)
            for number, row in enumerate(rows)
            for _, rule in fresh.decide(_frame([row], ("a", "b", "c"))).rows()
        ]
    assert together.rows() == alone


def test_three_hundred_rules_of_one_condition() -> None:
    # One ruleset dies of 256 rules that share a condition.
    rules = [Rule(f"A{i:05}", when=("a",), unless=("b",)) for i in range(300)]
    fired = decide(rules, {"a": True, "b": False}, {"a": True, "b": None})
    assert fired == [(0, rule.id) for rule in rules]


def test_two_hundred_rules_that_conclude_what_blocks_two_hundred() -> None:
    # More dependencies than a ruleset may hold: decided in steps, with the same outcome.
    holding = [Rule(f"H{i:05}", when=(f"o{i}",), concludes="held") for i in range(200)]
    held = [Rule(f"K{i:05}", when=("a",), blocked_by=("held",)) for i in range(200)]
    quiet: Row = {"a": True, **{f"o{i}": False for i in range(200)}}
    fired = decide([*held, *holding], quiet, quiet | {"o150": True})
    assert fired == [*((0, rule.id) for rule in held), (1, "H00150")]


def test_a_rule_of_many_observations_and_findings() -> None:
    makers = [Rule(f"M{i:05}", when=(f"m{i}",), concludes=f"f{i}") for i in range(12)]
    rule = Rule(
        "AAA001",
        when=tuple(f"a{i}" for i in range(12)),
        unless=tuple(f"b{i}" for i in range(12)),
        needs=tuple(f"f{i}" for i in range(6)),
        blocked_by=tuple(f"f{i}" for i in range(6, 12)),
    )
    row: Row = {f"a{i}": True for i in range(12)}
    row |= {f"b{i}": False for i in range(12)}
    row |= {f"m{i}": i < 6 for i in range(12)}
    fires = [(0, f"M{i:05}") for i in range(6)] + [(0, "AAA001")]
    assert decide([*makers, rule], row) == fires
    assert decide([*makers, rule], row | {"m7": True})[-1] == (0, "M00007")


def test_modules_stay_within_what_a_ruleset_can_hold() -> None:
    rng = random.Random(11)
    rules = [
        Rule(
            f"A{i:05}",
            when=tuple(rng.sample([f"o{n}" for n in range(400)], 4)),
            concludes=f"f{i}",
            needs=(f"f{rng.randrange(i)}",) if i % 3 == 2 else (),
            blocked_by=(f"f{rng.randrange(i)}",) if i % 5 == 4 else (),
        )
        for i in range(400)
    ]
    modules = group_rules(rules)
    assert max(len(one.rules) for one in modules) <= MAX_RULES
    assert max(len(one.observations) for one in modules) <= MAX_OBSERVATIONS
    assert sorted(rule for one in modules for rule in one.targets) == list(range(400))


def test_rules_that_need_one_another_in_too_large_a_circle() -> None:
    rules = [
        Rule(f"A{i:05}", when=("a",), needs=(f"f{i - 1 if i else 49}",), concludes=f"f{i}")
        for i in range(50)
    ]
    with pytest.raises(RulebookError, match="50 rules need one another in a circle"):
        Inference(rules)


def test_threads_share_one_inference() -> None:
    rules = [
        Rule("AAA001", when=("a",), concludes="f"),
        Rule("AAA002", when=("b",), blocked_by=("f",)),
    ]
    frames = [_frame(_rows(seed, ("a", "b"), 60), ("a", "b")) for seed in range(40)]
    with Inference(rules) as alone:
        expected = [alone.decide(frame).rows() for frame in frames]
    with Inference(rules) as shared, ThreadPoolExecutor(4) as pool:
        assert [found.rows() for found in pool.map(shared.decide, frames)] == expected


def test_opens_again_after_close() -> None:
    with Inference([Rule("AAA001", when=("a",))]) as inference:
        observed = pl.DataFrame({"a": [True, None]})
        assert inference.decide(observed).rows() == [(0, 0)]
        inference.close()
        assert inference.decide(observed).rows() == [(0, 0)]
