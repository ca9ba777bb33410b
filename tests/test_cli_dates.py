"""``--dates`` reaches every command that reads files of its user."""

from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from sharewise.cli import cli

SLASHED = "from,to,kind,at\nana,harborroast,share,05/06/2026 09:30:01\n"
HISTORY = "id,text,platform,published_at,likes\np1,Fresh beans,x,05/06/2026 09:30,3\n"


def commands(group: click.Group, path: tuple[str, ...] = ()) -> dict[str, click.Command]:
    found: dict[str, click.Command] = {}
    for name in group.list_commands(click.Context(group)):
        one = group.get_command(click.Context(group), name)
        assert one is not None
        if isinstance(one, click.Group):
            found |= commands(one, (*path, name))
        else:
            found[" ".join((*path, name))] = one
    return found


def options(command: click.Command) -> set[str]:
    return {name for one in command.params for name in one.opts}


def test_whoever_names_a_zone_can_name_the_order_of_dates() -> None:
    everyone = commands(cli)
    without = {
        name
        for name, command in everyone.items()
        if "--timezone" in options(command) and "--dates" not in options(command)
    }
    assert without == {"batch", "init"}
    assert {"ambassadors", "rank", "besttime", "compare", "model train", "rewards assign"} <= {
        name for name, command in everyone.items() if "--dates" in options(command)
    }


@pytest.mark.parametrize(("dates", "day"), [("day-first", "06-05"), ("month-first", "05-06")])
def test_interactions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dates: str, day: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("acts.csv").write_text(SLASHED)
    plain = CliRunner().invoke(cli, ["ambassadors", "acts.csv"])
    assert "say --dates day-first or month-first" in plain.output
    done = CliRunner().invoke(cli, ["ambassadors", "acts.csv", "--dates", dates])
    assert done.exit_code == 0, done.output
    assert f"age measured from 2026-{day} 09:30 UTC" in done.stdout


@pytest.mark.parametrize("command", [["model", "validate"], ["besttime"]])
def test_histories(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]) -> None:
    monkeypatch.chdir(tmp_path)
    Path("history.csv").write_text(HISTORY)
    plain = CliRunner().invoke(cli, [*command, "history.csv"])
    assert plain.exit_code == 2
    assert "--dates" in plain.output
    done = CliRunner().invoke(cli, [*command, "history.csv", "--dates", "day-first"])
    assert "1 row → 1 post" in done.stderr


def test_the_history_beside_a_backlog(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("history.csv").write_text(HISTORY)
    Path("backlog.csv").write_text("id,text,platform\nb1,Late beans,x\n")
    arguments = ["rank", "backlog.csv", "--history", "history.csv", "--format", "json"]
    assert CliRunner().invoke(cli, arguments).exit_code == 2
    done = CliRunner().invoke(cli, [*arguments, "--dates", "month-first"])
    assert "history.csv  1 row → 1 post" in done.stderr
