"""Followers and sample posts: the newest count, up to three different texts on the brand."""

from pathlib import Path

import polars as pl
import pytest

from sharewise import ambassadors

TOLD = """from,to,kind,at,text,followers
ana,harbor,comment,2026-03-01 10:00,first,10
ana,harbor,comment,2026-03-04 10:00,newest,
ana,harbor,comment,2026-03-03 10:00,third,30
ana,harbor,comment,2026-03-02 10:00,second,20
ana,harbor,comment,2026-03-03 11:00,third,
ana,bo,comment,2026-03-05 10:00,to another,
bo,ana,reply,2026-03-02 10:00,not on the brand,5
bo,harbor,like,2026-03-02 10:00,,7
cy,ana,like,2026-03-02 10:00,,
"""


def told(people: pl.DataFrame, person: str, column: str) -> object:
    """Return what is told of a person; lists as such."""
    found = people.row(by_predicate=pl.col("person") == person, named=True)
    return found[column]


@pytest.fixture(params=["file", "frame"])
def people(request: pytest.FixtureRequest, tmp_path: Path) -> pl.DataFrame:
    path = tmp_path / "acts.csv"
    path.write_text(TOLD)
    acts = path if request.param == "file" else pl.read_csv(path, infer_schema=False)
    return ambassadors(acts, brand="harbor")


def test_followers_are_the_newest_known(people: pl.DataFrame) -> None:
    assert told(people, "ana", "followers") == 30
    assert told(people, "bo", "followers") == 7  # The last of two at one time.
    assert told(people, "cy", "followers") is None


def test_samples_are_the_newest_different_texts_on_the_brand(people: pl.DataFrame) -> None:
    assert told(people, "ana", "samples") == ["newest", "third", "second"]
    assert told(people, "bo", "samples") is None


def test_without_times_the_last_row_is_the_newest() -> None:
    acts = pl.DataFrame({"from": ["ana", "ana"], "to": ["bo", "cy"], "followers": [9, 4]})
    assert told(ambassadors(acts), "ana", "followers") == 4


def test_without_texts_and_followers_nothing_is_told() -> None:
    people = ambassadors(pl.DataFrame({"from": ["ana"], "to": ["bo"]}))
    assert people["samples"].null_count() == people["followers"].null_count() == people.height
