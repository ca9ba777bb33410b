"""The entry point: light, helpful, with the exit codes it promises."""

import json
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from sharewise import cli as entry
from sharewise.cli import COMMANDS, cli
from sharewise.engine.errors import ReadError

HEAVY = {
    *("polars", "numpy", "sklearn", "networkx", "jinja2", "yaml", "regex", "emoji", "xlsxwriter"),
    *("durable_rules_engine", "twitter_text", "wordninja", "joblib", "fastexcel", "igraph"),
}
OURS = {f"sharewise.{name}" for name in ("cli", "commands", "engine", "models", "engine.errors")}
BARE = {**os.environ, "NO_COLOR": "1"}


def run(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "sharewise", *args], capture_output=True, text=True, env=BARE
    )


def loaded_by(code: str, *, whole: bool = False) -> set[str]:
    told = subprocess.run(
        [sys.executable, "-c", f"import sys, json\n{code}\nprint(json.dumps(list(sys.modules)))"],
        capture_output=True, text=True, check=True, env=BARE,
    )  # fmt: skip
    names = json.loads(told.stdout.splitlines()[-1])
    return set(names) if whole else {name.split(".")[0] for name in names}


def commands() -> list[tuple[str, click.Command]]:
    found: list[tuple[str, click.Command]] = []

    def walk(name: str, command: click.Command) -> None:
        found.append((name, command))
        if isinstance(command, click.Group):
            context = click.Context(command)
            for sub in command.list_commands(context):
                inner = command.get_command(context, sub)
                assert inner is not None
                walk(f"{name} {sub}".strip(), inner)

    walk("", cli)
    return found


@pytest.mark.parametrize("args", ["--help", "--version"])
def test_help_loads_nothing_heavy(args: str) -> None:
    code = f"from sharewise.cli import cli\ntry: cli.main(['{args}'])\nexcept SystemExit: pass"
    assert not loaded_by(code) & HEAVY


def test_importing_the_package_loads_nothing_of_it() -> None:
    assert loaded_by("import sharewise", whole=True) & OURS == set()
    assert not loaded_by("import sharewise") & (HEAVY | {"click"})


def test_a_command_loads_no_other_command() -> None:
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys\nfrom sharewise.cli import cli\n"
            "try: cli.main(['config', '--help'])\nexcept SystemExit: pass\n"
            "print(sorted(m for m in sys.modules if m.startswith('sharewise.commands.')))",
        ],
        capture_output=True, text=True, check=True, env=BARE,
    )  # fmt: skip
    names = told.stdout.splitlines()[-1]
    assert names == "['sharewise.commands.config', 'sharewise.commands.options']"


@pytest.mark.parametrize(("name", "command"), commands(), ids=[name for name, _ in commands()])
def test_every_command_has_help_with_an_example(name: str, command: click.Command) -> None:
    assert command.help
    assert "Example:\n" in command.help
    assert f"sharewise {name}".strip() in command.help
    short = command.get_short_help_str(limit=200)
    assert len(short) <= 60
    assert "..." not in short
    for parameter in command.params:
        told = getattr(parameter, "help", None)
        assert told, f"{name}: {parameter.name} has no help"
        assert told.endswith((".", "]")), f"{name}: {parameter.name}: {told}"


def test_every_command_is_a_file() -> None:
    folder = Path(entry.__file__).parent / "commands"
    assert set(COMMANDS) <= {path.stem for path in folder.glob("*.py")}


def test_version() -> None:
    from sharewise import __version__

    told = run("--version")
    assert (told.returncode, told.stdout.strip()) == (0, f"sharewise, version {__version__}")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["recomend"], "No such command 'recomend'"),
        (["recommend"], "Missing argument 'FILE...'"),
        (["check", "a.csv", "--format", "xml"], "'xml' is not one of"),
        (["recommend", "/nowhere/a.csv"], "/nowhere/a.csv: no such file"),
        (
            ["recommend", "a.csv", "--platform", "twiter"],
            "'twiter' is no platform (did you mean X (Twitter)?",
        ),
        (["recommend", "a.csv", "--timezone", "Lisbon"], "--timezone: 'Lisbon' is no time zone"),
        (["config", "--config", "/nowhere.toml"], "/nowhere.toml: can't be read"),
        (["rules", "show", "TAG"], None),
        (["rules", "show", "XYZ999"], "'XYZ999' is no rule"),
    ],
)
def test_wrong_usage_is_told_in_a_line(args: list[str], said: str | None) -> None:
    result = CliRunner().invoke(cli, args)
    if said is None:
        assert result.exit_code == 0
        return
    assert result.exit_code == 2
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def failing(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    """Make ``sharewise config`` raise ``error``."""

    @click.command()
    def config() -> None:
        raise error

    monkeypatch.setattr(entry.Commands, "get_command", lambda *_: config)


class Panic(BaseException):
    """As Polars raises when its Rust code fails: no Exception."""


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (ReadError("a.csv: empty\x1b[31m"), 2, "sharewise: a.csv: empty [31m\n"),
        (KeyError("text"), 3, "sharewise: KeyError at test_cli.py:"),
        (Panic("index out of bounds"), 3, "This is our bug, not yours."),
        (KeyboardInterrupt(), 130, "sharewise: stopped\n"),
        (BrokenPipeError(32, "Broken pipe"), 141, ""),
        (OSError(28, "No space left on device", "out"), 2, "out: No space left on device"),
        (MemoryError(), 2, "out of memory"),
    ],
)
def test_what_goes_wrong_becomes_an_exit_code(
    monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, said: str
) -> None:
    failing(monkeypatch, error)
    result = CliRunner().invoke(cli, ["config"])
    assert result.exit_code == code
    assert said in result.stderr
    assert bool(said) == bool(result.stderr)
    assert "\x1b" not in result.stderr


def test_debug_shows_the_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, KeyError("text"))
    result = CliRunner().invoke(cli, ["--debug", "config"])
    assert isinstance(result.exception, KeyError)


def test_a_reader_that_goes_away_is_no_error() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    told = subprocess.run(
        [sys.executable, "-m", "sharewise", "config"],
        stdout=writing, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    os.close(writing)
    assert (told.returncode, told.stderr) == (141, "")


def test_a_full_disk_on_standard_output() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full on this system")
    with Path("/dev/full").open("w") as full:
        told = subprocess.run(
            [sys.executable, "-m", "sharewise", "config"],
            stdout=full, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
    assert told.returncode == 2
    assert told.stderr == "sharewise: No space left on device\n"
