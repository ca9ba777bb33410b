"""What the command line refuses, and what it says although nothing is refused."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sharewise.cli import cli

LONG = "a" * 281


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SHAREWISE_CONFIG", raising=False)
    monkeypatch.setenv("COLUMNS", "100")


def run(*args: str) -> Result:
    return CliRunner().invoke(cli, args)


def file(text: str, name: str = "drafts.csv", encoding: str = "utf-8") -> str:
    Path(name).write_text(text, encoding=encoding)
    return name


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("check", ""), "'' is no file"),
        (("recommend", "a.csv", " "), "' ' is no file"),
        (("check", "a.csv", "-p", ""), "'' names none"),
        (("check", "a.csv", "--select", ","), "',' names none"),
    ],
)
def test_an_empty_name_is_no_name(args: tuple[str, ...], said: str) -> None:
    Path("post.md").write_text("Hello\n")
    result = run(*args)
    assert (result.exit_code, said in result.stderr) == (2, True)


def test_quiet_leaves_data_whole() -> None:
    name = file(f"id,text,mood\na,{LONG},warm\n")
    for command in ("check", "recommend"):
        loud = json.loads(run(command, name, "-p", "x", "-f", "json").stdout)
        quiet = json.loads(run(command, name, "-p", "x", "-f", "json", "-q").stdout)
        assert quiet == loud
        assert quiet["files"][0]["unknown"] == ["mood"]
    assert "drafts.csv  1 row" not in run("recommend", name, "-p", "x", "-q").stdout


@pytest.mark.parametrize("choice", ["--select", "--ignore"])
def test_the_case_of_a_rule_id_does_not_matter(choice: str) -> None:
    name = file(f"id,text\na,{LONG}\n")
    small, large = (run("check", name, "-p", "x", choice, rule) for rule in ("len101", "LEN101"))
    assert (small.exit_code, small.stdout) == (large.exit_code, large.stdout)


@pytest.mark.parametrize(
    "args",
    [
        ("check", "-f", "csv", "-o", "a.json"),
        ("recommend", "-f", "html", "-o", "a.csv"),
        ("measure", "-f", "csv", "-o", "a.jsonl"),
    ],
)
def test_format_and_ending_that_disagree_are_refused(args: tuple[str, ...]) -> None:
    command, *options = args
    result = run(command, file("id,text\na,Hello\n"), "-p", "x", *options)
    assert result.exit_code == 2
    assert f"-f {options[1]}" in result.stderr
    assert not Path(options[3]).exists()


@pytest.mark.parametrize(
    "args",
    [
        ("check", "-f", "sarif", "-o", "a.json"),
        ("check", "-f", "csv", "-o", "a.dat"),
        ("check", "-f", "github", "-o", "a.txt"),
        ("check", "-f", "csv", "-o", "a"),
        ("measure", "-f", "jsonl", "-o", "a.ndjson"),
    ],
)
def test_format_and_ending_that_agree_are_written(args: tuple[str, ...]) -> None:
    command, *options = args
    result = run(command, file("id,text\na,Hello\n"), "-p", "x", *options)
    assert result.exit_code in (0, 1), result.output
    assert Path(options[3]).exists()


@pytest.mark.parametrize("command", ["check", "measure"])
def test_what_was_assumed_and_mapped_is_told(command: str) -> None:
    name = file("id,Tweet text,mood\na,Café à Évora,warm\n", encoding="cp1252")
    result = run(command, name, "-p", "x")
    assert "not UTF-8; read as cp1252" in result.stderr
    assert "Tweet text → text" in result.stderr
    assert "mood" in result.stderr
    assert run(command, name, "-p", "x", "-q").stderr == ""


def test_a_rejected_file_of_a_folder_is_named() -> None:
    Path("posts").mkdir()
    Path("posts/bad.md").write_text("---\na: 1\nb: [\n---\nHello\n")
    Path("posts/good.md").write_text("Hello\n")
    result = run("recommend", "posts", "-p", "x")
    assert "  bad.md  front matter, line" in result.stdout
    assert "row 1" not in result.stdout


def test_one_row_is_not_all_rows() -> None:
    result = run("check", file("id,text\na,\n"), "-p", "x")
    assert (result.exit_code, "its only row is rejected" in result.stderr) == (2, True)


ACCOUNTS = '[accounts.harbor]\nplatform = "mastodon"\nlimits = { text = 5000 }\n'


def test_an_account_that_is_not_there_is_told() -> None:
    file(ACCOUNTS, "sharewise.toml")
    name = file("id,text,platform,account\na,Hello,mastodon,nosuch\nb,Hi,mastodon,@Harbor\n")
    result = run("check", name)
    assert (
        "note: drafts.csv:1 a: account 'nosuch' is not in the settings; "
        "they have harbor" in result.stderr
    )
    assert "drafts.csv:2" not in result.stderr


def test_an_account_of_another_platform_is_told() -> None:
    file(ACCOUNTS, "sharewise.toml")
    name = file("id,text,platform,account\na,Hello,x,harbor\n")
    result = run("check", name)
    assert "note: drafts.csv:1 a: account 'harbor' is on mastodon, the post is for x" in (
        result.stderr
    )


def test_without_accounts_in_the_settings_any_name_will_do() -> None:
    name = file("id,text,platform,account\na,Hello,x,nosuch\n")
    assert "nosuch" not in run("check", name).stderr


@pytest.mark.parametrize("front", ["sharewise: {ignored: LEN101}", "sharewise: LEN101"])
def test_a_typing_error_in_front_matter_is_not_swallowed(front: str) -> None:
    name = file(f"---\nid: a\n{front}\n---\nHello\n", "a.md")
    result = run("check", name, "-p", "x")
    assert result.exit_code == 2
    assert "sharewise: {ignore: 'LEN101: why'}" in result.stderr


def test_a_suppression_without_a_reason_is_told() -> None:
    name = file(f"id,text,ignore\na,{LONG},LEN101\nb,{LONG}b,LEN101: a thread follows\n")
    result = run("check", name, "-p", "x", "--select", "LEN101")
    assert result.exit_code == 0
    assert "note: drafts.csv:1 a: ignores LEN101 without a reason; write LEN101: why" in (
        result.stderr
    )
    assert "drafts.csv:2" not in result.stderr


def test_init_asks_again_for_a_wrong_answer() -> None:
    answers = "Harbor Roast\n@harborroast\n\ntwiter\nx,linkedin\nLisbon\nEurope/Lisbon\n"
    result = CliRunner().invoke(cli, ["init"], input=answers)
    assert result.exit_code == 0, result.output
    assert "'twiter' is no platform" in result.output
    assert "'Lisbon' is no time zone" in result.output
    assert "[]" not in result.output
    written = Path("sharewise.toml").read_text()
    assert 'platforms = ["x", "linkedin"]' in written
    assert 'timezone = "Europe/Lisbon"' in written


def test_the_order_of_day_and_month_can_be_said() -> None:
    name = file("id,text,date\na,Hello,05/06/2026\nb,Hi,07/06/2026 9am\n")
    refused = run("check", name, "-p", "x")
    assert refused.exit_code == 2
    assert "--dates day-first or month-first" in refused.stderr
    for order, said in (("day-first", "day/month/year"), ("month-first", "month/day/year")):
        told = json.loads(run("check", name, "-p", "x", "-f", "json", "--dates", order).stdout)
        assert told["summary"]["rejected"] == 0
        assert f"dates with slashes were read as {said}" in told["files"][0]["warnings"]


@pytest.mark.parametrize("command", ["recommend", "measure"])
def test_lines_fit_a_narrow_terminal(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    name = file(f"id,Tweet text,date,mood,weather,place\na,{LONG},2026-12-01 09:00,b,c,d\n")
    shown = run(command, name, "-p", "x").stdout.splitlines()
    assert shown
    assert max(map(len, shown)) <= 50


def test_template_of_every_column_is_read(tmp_path: Path) -> None:
    from sharewise.engine.content.reading import read_posts
    from sharewise.engine.content.schema import POST_SCHEMA

    header = run("template", "posts", "--all").stdout.strip()
    assert len(header.split(",")) == len(POST_SCHEMA) - 2
    cells = ["a", "Hello", *[""] * (len(header.split(",")) - 2)]
    name = file(f"{header}\n{','.join(cells)}\n")
    assert read_posts([name]).files[0].unknown == ()


def test_an_unknown_limit_proposes_three() -> None:
    file("[accounts.a]\nplatform = 'x'\nlimits = { hashtag = 1 }\n", "sharewise.toml")
    result = run("config")
    assert result.exit_code == 2
    assert "did you mean hashtags or " in result.stderr
    assert len(result.stderr) < 300
