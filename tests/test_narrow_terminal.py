"""In a terminal of 80 columns the proofs and rankings print no line that is wider."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from sharewise.cli import cli
from sharewise.engine.advice.reports.plain_text import width

FIXTURES = Path(__file__).parent.parent / "fixtures"
ACTS = ("interactions.csv", "--brand", "@harborroast", "-q")


@pytest.mark.parametrize(
    "command",
    [
        ("ambassadors", *ACTS),
        ("rewards", "assign", *ACTS, "--budget", "20", "--dry-run"),
        ("community", "show", *ACTS),
        ("community", "evaluate", *ACTS),
        ("community", "attack", *ACTS),
        ("besttime", "history.csv"),
        ("model", "evaluate", "history.csv"),
        ("model", "train", "history.csv", "-o", "OUT"),
        ("rank", "backlog.csv", "--history", "history.csv"),
        ("rank", "backlog.csv", "--history", "history.csv", "--explain", "winter-menu"),
    ],
    ids=lambda command: " ".join(command[:2]),
)
def test_no_line_is_wider_than_the_terminal(
    command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    named = [str(FIXTURES / one) if one.endswith(".csv") else one for one in command]
    named = [str(tmp_path / "model") if one == "OUT" else one for one in named]
    result = CliRunner().invoke(cli, named)
    assert result.exit_code == 0, result.output
    # the path of a file is as long as it is
    lines = [line for line in result.output.splitlines() if str(FIXTURES) not in line]
    assert [line for line in lines if width(line) > 80 and str(tmp_path) not in line] == []
