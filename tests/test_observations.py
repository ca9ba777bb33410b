"""Observations: true, false or not known, for one row as for many."""

from pathlib import Path

import polars as pl
import pytest

from sharewise.engine.advice.observations import Observer, observe
from sharewise.engine.advice.rule import Rulebook
from sharewise.engine.advice.rulebook import load_rulebook

MEASURES: dict[str, pl.DataType] = {
    "text.body": pl.String(),
    "text.length": pl.Int64(),
    "limit.text": pl.Float64(),
}


@pytest.fixture
def book(tmp_path: Path) -> Rulebook:
    path = tmp_path / "pack.yaml"
    path.write_text(
        """\
observations:
  over: text.length > limit.text
  bait: matches(text.body, '(?i)\\btag a friend\\b')
  calm: not matches(text.body, '(?i)\\btag a friend\\b') and not matches(text.body, '!')
  always: 'true'
""",
        encoding="utf-8",
    )
    return load_rulebook([path], ours=None, measures=MEASURES)


MEASURED = pl.DataFrame(
    {
        "platform": ["x", "reddit", "x"],
        "text.body": ["Tag a friend", "hello", None],
        "text.length": [281, 5, 0],
        "limit.text": [280.0, None, 280.0],
    }
)


@pytest.mark.parametrize("times", [1, 40])
def test_values(book: Rulebook, times: int) -> None:
    observed = observe(pl.concat([MEASURED] * times), book)
    assert observed.to_dict(as_series=False) == {
        "over": [True, None, False] * times,
        "bait": [True, False, None] * times,
        "calm": [False, True, None] * times,
        "always": [True, True, True] * times,
    }


def test_platforms(book: Rulebook) -> None:
    name = "platform in facebook,x"
    assert observe(MEASURED, book, [name]).rows() == [(True,), (False,), (True,)]


def test_measures_that_are_read(book: Rulebook) -> None:
    assert Observer(book, ["over"]).measures == {"text.length", "limit.text", "platform"}


def test_no_rows(book: Rulebook) -> None:
    assert observe(MEASURED.head(0), book).shape == (0, 4)
