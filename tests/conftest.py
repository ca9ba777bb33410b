"""What several tests need, and what holds for all: nothing goes into the home folder, nothing is
timed, and a terminal is 100 columns wide."""

import os
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner
from hypothesis import settings

os.environ["SHAREWISE_CACHE"] = ""
os.environ["COLUMNS"] = "100"
settings.register_profile("sharewise", deadline=None)
settings.load_profile("sharewise")
FIXTURES = Path(__file__).parent.parent / "fixtures"


@pytest.fixture(scope="session")
def model_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model trained on the fictional brand's history."""
    from sharewise.cli import cli

    target = tmp_path_factory.mktemp("model") / "harbor.model"
    history = str(FIXTURES / "history.csv")
    done = CliRunner().invoke(cli, ["model", "train", history, "--fast", "-q", "-o", str(target)])
    assert done.exit_code == 0, done.output
    return target


@pytest.fixture(scope="session")
def backlog_of() -> Callable[..., pl.DataFrame]:
    """Make a backlog: every tenth post too long for X, every thirteenth with no time in it."""

    def made(rows: int, start: int = 0) -> pl.DataFrame:
        numbers = range(start, start + rows)
        return pl.DataFrame(
            {
                "id": [f"p{n}" for n in numbers],
                "text": [
                    "a" * 281 if n % 10 == 0 else f"Fresh roast {n} #newblendlaunch"
                    for n in numbers
                ],
                "scheduled_at": ["next tue" if n % 13 == 5 else None for n in numbers],
                "platform": ["x, instagram"] * rows,
            },
            schema_overrides={"scheduled_at": pl.String},
        )

    return made
