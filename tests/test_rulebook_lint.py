"""The linter for packs."""

from pathlib import Path

import polars as pl
import pytest

from sharewise.engine.advice.example_posts import ExamplePost
from sharewise.engine.advice.example_trials import WrongExample
from sharewise.engine.advice.rulebook import load_rulebook
from sharewise.engine.advice.rulebook_lint import lint_rulebook

MEASURES: dict[str, pl.DataType] = {"links.count": pl.Int64(), "text.body": pl.String()}
RULE = """\
  - id: {id}
    name: rule
    {when}
    severity: warning
    category: links
    advice: do it
    why: {why}
    fix: [{fix}]
    sources: [x.link.weight]
    examples: {{fires: [{{platform: {where}}}], quiet: [{{platform: x}}]}}
"""
OBSERVATIONS = """\
observations:
  none: links.count == 0
  many: links.count > 2
  odd: matches(text.body, 'odd')
rules:
"""


def lint(folder: Path, *rules: tuple[str, str, str]) -> list[tuple[int, str, str]]:
    text = OBSERVATIONS + "".join(
        RULE.format(
            id=name,
            when=when,
            fix=fix,
            why="Readers like it so.",
            where="reddit" if "reddit" in when else "x",
        )
        for name, when, fix in rules
    )
    path = folder / "pack.yaml"
    path.write_text(text, "utf-8")
    book = load_rulebook([path], ours=None, measures=MEASURES)
    return [(one.line, one.subject, one.what) for one in lint_rulebook(book)]


ALL = ("XYZ001", "when: [none, odd]", ""), ("XYZ002", "when: [many]", "")


def test_nothing_to_say(tmp_path: Path) -> None:
    assert lint(tmp_path, *ALL) == []


def test_unused_observation(tmp_path: Path) -> None:
    assert lint(tmp_path, ALL[0]) == [(3, "many", "no rule uses this observation")]


def test_rule_that_can_never_fire(tmp_path: Path) -> None:
    told = lint(
        tmp_path, *ALL, ("XYZ003", "when: [odd]\n    concludes: found", ""),
        ("XYZ004", "needs: [found]\n    unless: [odd]", ""),
    )  # fmt: skip
    assert [(line, name) for line, name, _ in told] == [(37, "XYZ004")]
    assert told[0][2] == "can never fire: what it needs makes odd both true and false"


def test_two_rules_of_one_condition(tmp_path: Path) -> None:
    told = lint(tmp_path, *ALL, ("XYZ003", "when: [odd, none]", ""))
    assert [(line, name) for line, name, _ in told] == [(28, "XYZ003")]
    assert "same condition as XYZ001" in told[0][2]


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ("when: [odd]", "when: [many]", True),
        ("when: [none, odd]", "when: [many]", False),
        ("when: [odd]", "when: [many]\n    unless: [odd]", False),
        ("when: [odd]\n    concludes: f", "when: [many]\n    blocked_by: [f]", False),
        ("when: [odd]\n    platforms: [x]", "when: [many]\n    platforms: [reddit]", False),
    ],
)
def test_advice_that_contradicts(tmp_path: Path, first: str, second: str, found: bool) -> None:
    told = lint(tmp_path, *ALL, ("XYZ003", first, "add_link"), ("XYZ004", second, "drop_links"))
    assert [name for _, name, what in told if "advises" in what] == (["XYZ004"] if found else [])


def test_examples_that_do_the_opposite_are_told_with_their_line(tmp_path: Path) -> None:
    lint(tmp_path, *ALL)
    book = load_rulebook([tmp_path], ours=None, measures=MEASURES)
    example = ExamplePost(book.rule("XYZ002"), True, 1, {}, {})
    told = lint_rulebook(book, [WrongExample(example, "does not fire")])
    assert [(one.line, one.subject, one.what) for one in told] == [
        (25, "XYZ002", "example 1 under fires: does not fire")
    ]


def test_conditions_that_exclude_each_other(tmp_path: Path) -> None:
    told = lint(tmp_path, *ALL, ("XYZ003", "when: [none, many]", ""))
    assert [(line, name) for line, name, _ in told] == [(26, "XYZ003")]
    assert told[0][2] == "can never fire: many, none can't all hold on any of its platforms"


def test_two_packs_of_one_name(tmp_path: Path) -> None:
    lint(tmp_path, *ALL)
    (tmp_path / "twin.yaml").write_text("pack: pack\nobservations: {}\nrules: []\n", "utf-8")
    told = lint_rulebook(load_rulebook([tmp_path], ours=None, measures=MEASURES))
    assert [(one.file.name, one.line, one.subject) for one in told] == [("twin.yaml", 1, "pack")]


def test_a_reason_of_two_words(tmp_path: Path) -> None:
    path = tmp_path / "pack.yaml"
    when = "when: [none, odd]\n    unless: [many]"
    rules = RULE.format(id="XYZ001", when=when, fix="", why="Too many.", where="x")
    path.write_text(OBSERVATIONS + rules, "utf-8")
    told = lint_rulebook(load_rulebook([path], ours=None, measures=MEASURES))
    assert [(one.line, one.what) for one in told] == [(13, "why has 2 words; 3 or more are needed")]
