"""``config``, ``init`` and ``template``."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from sharewise.cli import cli
from sharewise.engine.settings import load_settings


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SHAREWISE_CONFIG", raising=False)


def test_config_says_where_each_value_comes_from(tmp_path: Path) -> None:
    file = tmp_path / "sharewise.toml"
    file.write_text(
        'timezone = "Asia/Tokyo"\n[accounts.a]\nplatform = "x"\nlimits = {text = 25000}\n'
    )
    result = CliRunner().invoke(cli, ["config", "--format", "json"])
    held = json.loads(result.stdout)
    assert held["timezone"] == {"value": "Asia/Tokyo", "from": str(file)}
    assert held["accounts.a.limits.text"] == {"value": 25000, "from": str(file)}
    assert held["ignore"] == {"value": [], "from": "default"}
    shown = CliRunner().invoke(cli, ["config"]).stdout.splitlines()
    assert [line.split() for line in shown if line.startswith("timezone")] == [
        ["timezone", '"Asia/Tokyo"', str(file)]
    ]


def test_init_asks_and_writes_what_can_be_read() -> None:
    answers = 'Harbor "Roast" ☕\n@harborroast, @harbor\nharborroast.example\ntwitter,linkedin\n'
    result = CliRunner().invoke(cli, ["init"], input=f"{answers}Europe/Lisbon\n")
    assert result.exit_code == 0
    assert "wrote sharewise.toml" in result.stdout
    settings = load_settings()
    assert settings.brand.name == 'Harbor "Roast" ☕'
    assert settings.brand.handles == ("@harborroast", "@harbor")
    assert settings.brand.domains == ("harborroast.example",)
    assert (settings.platforms, settings.timezone) == (("x", "linkedin"), "Europe/Lisbon")


def test_init_by_options_asks_nothing() -> None:
    options = ["--brand", "B", "--handles", "", "--domains", "", "--platforms", ""]
    result = CliRunner().invoke(cli, ["init", *options, "--timezone", "UTC"])
    assert result.exit_code == 0
    assert load_settings().platforms == ()


def test_init_overwrites_nothing(tmp_path: Path) -> None:
    file = tmp_path / "sharewise.toml"
    file.write_text('timezone = "Asia/Tokyo"\n')
    result = CliRunner().invoke(cli, ["init"], input="B\n\n\n\nUTC\n")
    assert result.exit_code == 2
    assert "exists already" in result.stderr
    assert file.read_text() == 'timezone = "Asia/Tokyo"\n'


def test_init_writes_nothing_wrong(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["init", "--brand", "B", "--platforms", "twiter"])
    assert result.exit_code == 2
    assert "'twiter' is no platform" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_init_without_answers_stops(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["init"], input="")
    assert result.exit_code == 130
    assert list(tmp_path.iterdir()) == []


def test_template_prints_a_header_that_is_read(tmp_path: Path) -> None:
    from sharewise.engine.content.reading import read_posts

    printed = CliRunner().invoke(cli, ["template", "posts"]).stdout
    result = CliRunner().invoke(cli, ["template", "posts", "-o", "drafts.csv"])
    assert result.exit_code == 0
    assert (tmp_path / "drafts.csv").read_text() == printed
    columns = printed.strip().split(",")
    cells = {"id": "a", "text": "hello", "link": "https://example.com", "platform": "x"}
    row = ",".join(cells.get(column, "") for column in columns)
    (tmp_path / "drafts.csv").write_text(f"{printed}{row}\n")
    files = read_posts(["drafts.csv"])
    assert files.posts.height == 1
    assert files.files[0].unknown == ()


def test_template_overwrites_nothing(tmp_path: Path) -> None:
    (tmp_path / "drafts.csv").write_text("mine")
    result = CliRunner().invoke(cli, ["template", "posts", "-o", "drafts.csv"])
    assert result.exit_code == 2
    assert (tmp_path / "drafts.csv").read_text() == "mine"
