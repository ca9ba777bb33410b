"""``ambassadors``, ``community`` and ``template interactions`` as people and machines use them."""

import json
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner, Result

import sharewise
from sharewise.cli import cli

FIXTURE = Path(__file__).parent.parent / "fixtures/interactions.csv"
ACTS = "from,to,kind,at\n"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(*arguments: str | Path, code: int = 0) -> Result:
    result = CliRunner().invoke(cli, [str(one) for one in arguments])
    assert result.exit_code == code, result.output
    return result


def test_table_for_a_reader() -> None:
    out = run("ambassadors", FIXTURE, "--brand", "@harborroast", "--top", "5").stdout
    assert "5 of " in out
    assert "@mira_pours" in out
    assert "of your posts on" in out
    assert "Checked on your own past: of the best 5 of 48 people" in out
    assert "are among the 11 most active on you since (drawn at random: 1.1; by" in (
        out.replace("\n", " ")
    )
    assert "one or two more or less show nothing" in out.replace("\n", " ")
    assert "Chosen by audience" in out


def test_a_mistyped_brand_is_told_with_the_nearest_handle() -> None:
    result = run("ambassadors", FIXTURE, "--brand", "@HarborRoast,@harborrost", "--quiet")
    told = "warning: @harborrost is not in the interactions (did you mean @harborroast?)"
    assert result.stderr.splitlines() == [told]
    assert "loyalty is left out" not in result.stdout


def test_cleaning_is_told_on_stderr() -> None:
    result = run("ambassadors", FIXTURE, "--brand", "@harborroast")
    assert "on oneself" in result.stderr
    assert "on oneself" not in result.stdout
    assert run("ambassadors", FIXTURE, "-q").stderr == ""


def test_everyone_is_a_line_of_json() -> None:
    out = run("ambassadors", FIXTURE, "--brand", "@harborroast", "--format", "jsonl").stdout
    rows = [json.loads(line) for line in out.splitlines()]
    names = ["person", "rank", "score", "loyalty", "activity", "reach", "gate", "evidence"]
    assert list(rows[0])[:8] == names
    people = pl.read_csv(FIXTURE)
    assert len(rows) == pl.concat([people["from"], people["to"]]).n_unique() - 1
    assert all((row["rank"] is None) == (row["gate"] is not None) for row in rows)
    assert [row["rank"] for row in rows if row["rank"]] == list(range(1, 1 + _ranked(rows)))
    assert all(row["evidence"] for row in rows)


def _ranked(rows: list[dict[str, object]]) -> int:
    return sum(row["rank"] is not None for row in rows)


def test_gated_shows_reasons_and_how_to_lift_them() -> None:
    out = run("ambassadors", FIXTURE, "--brand", "@harborroast", "--gated").stdout
    assert "@grumpy_gull" in out
    assert "--allow negative" in out
    lifted = run(
        "ambassadors", FIXTURE, "--brand", "@harborroast", "--allow", "negative", "--gated"
    ).stdout
    assert "@grumpy_gull" not in lifted


def test_unknown_gate_is_refused() -> None:
    result = run("ambassadors", FIXTURE, "--allow", "negativ", code=2)
    assert "did you mean negative" in result.output


def test_settings_name_employees(tmp_path: Path) -> None:
    config = tmp_path / "sharewise.toml"
    config.write_text(
        'employees = ["@nora_at_harborroast"]\n[brand]\nhandles = ["@harborroast"]\n'
        '[community]\nhalf_life = "30d"\nopted_out = ["@mira_pours"]\n'
    )
    out = run("ambassadors", FIXTURE, "--config", config, "--format", "jsonl").stdout
    gates = {row["person"]: row["gate"] for row in map(json.loads, out.splitlines())}
    assert gates["@nora_at_harborroast"] == "employee"
    assert gates["@mira_pours"] == "no_consent"


def test_wrong_settings_are_told(tmp_path: Path) -> None:
    config = tmp_path / "sharewise.toml"
    config.write_text('[community]\nhalf_live = "30d"\n')
    assert "half_life" in run("ambassadors", FIXTURE, "--config", config, code=2).output


def test_change_since_last_time(tmp_path: Path) -> None:
    before = tmp_path / "before.jsonl"
    run("ambassadors", FIXTURE, "--brand", "@harborroast", "-o", before, "--as-of", "2026-11-01")
    out = run(
        *("ambassadors", FIXTURE, "--brand", "@harborroast", "--previous", before),
        *("--format", "jsonl"),
    ).stdout
    changes = [json.loads(line)["change"] for line in out.splitlines()]
    assert any(changes)


def test_csv_is_safe_for_spreadsheets(tmp_path: Path) -> None:
    path = tmp_path / "acts.csv"
    path.write_text(ACTS + "=cmd(),bo,like,2026-01-01 09:30:01\n@ana,bo,like,2026-01-01 09:30:02\n")
    out = run("ambassadors", path, "--format", "csv").stdout
    assert "'=cmd()" in out
    assert "'@ana" in out


def test_terminal_is_not_steered(tmp_path: Path) -> None:
    path = tmp_path / "acts.csv"
    path.write_text(ACTS + "\x1b[31mred,bo,like,2026-01-01 09:30:01\n")
    assert "\x1b" not in run("ambassadors", path, "--gated").output


def test_rejects_and_strict(tmp_path: Path) -> None:
    path, rejects = tmp_path / "acts.csv", tmp_path / "rejects.csv"
    path.write_text(ACTS + "ana,bo,like,nonsense\nana,bo,like,2026-01-01 09:30:01\n")
    result = run("ambassadors", path, "--strict", "--rejects", rejects, code=2)
    assert "nonsense" in rejects.read_text()
    assert "1 row rejected" in result.stderr


def test_nothing_left_to_rank(tmp_path: Path) -> None:
    path = tmp_path / "acts.csv"
    path.write_text(ACTS + "ana,ana,like,2026-01-01 09:30:01\n")
    assert "no interaction is left" in run("ambassadors", path, code=2).output


@pytest.mark.parametrize("by", ["reach", "loyal", "pagerank", "orbit"])
def test_other_rankings(by: str) -> None:
    out = run("ambassadors", FIXTURE, "--brand", "@harborroast", "--by", by, "-q").stdout
    assert "eligible shown" in out


def test_evaluate() -> None:
    arguments = ("community", "evaluate", FIXTURE, "--brand", "@harborroast", "--top", "10")
    out = run(*arguments).stdout
    assert "NDCG@5 " in out
    assert "the best 5 count, not 10" in out
    assert "for 22 to 48 people" in out
    assert "small differences show nothing" in out
    data = json.loads(run(*arguments, "--format", "json").stdout)
    assert {row["method"] for row in data["methods"]} >= {
        *("sharewise", "degree", "pagerank", "core", "orbit", "rfm", "random")
    }
    assert data["windows"] == 9
    assert (data["top"], data["asked_top"]) == (5, 10)
    chance = next(row for row in data["methods"] if row["method"] == "random")
    assert chance["precision"] < 0.5
    assert len(data["by_window"]) == 9 * len(data["methods"])


def test_evaluate_needs_times(tmp_path: Path) -> None:
    path = tmp_path / "acts.csv"
    path.write_text("from,to\nana,bo\nbo,ana\n")
    assert "no times" in run("community", "evaluate", path, code=2).output


def test_a_file_of_few_people_is_not_checked_on_its_past(tmp_path: Path) -> None:
    acts = [f"p{n},p{n + 1},like,2026-01-{day:02}" for n in range(8) for day in range(1, 28)]
    (tmp_path / "few.csv").write_text(ACTS + "\n".join(acts))
    out = run("ambassadors", tmp_path / "few.csv", "-q").stdout
    assert "Not checked on your own past: 8 people acted before, which is too few." in out


def test_attack_counts_the_people_there_are() -> None:
    arguments = ("community", "attack", FIXTURE, "--brand", "@harborroast")
    assert "gates hold back 54 of the 73 people" in run(*arguments).stdout.replace("\n", " ")


def test_attack() -> None:
    data = json.loads(run("community", "attack", FIXTURE, "--format", "json").stdout)
    assert data["attacks"][0]["attack"] == "farm of 100"
    assert all(row["rank"] is None for row in data["attacks"])
    assert "rank reached" in run("community", "attack", FIXTURE).stdout


def test_template_interactions(tmp_path: Path) -> None:
    text = run("template", "interactions").stdout
    assert text == "from,to,kind,at,post,text,sentiment,followers\n"
    path = tmp_path / "interactions.csv"
    run("template", "interactions", "-o", path)
    assert path.read_text() == text
    assert "exists already" in run("template", "interactions", "-o", path, code=2).output


def test_python_name() -> None:
    people = sharewise.ambassadors(FIXTURE, brand="@harborroast")
    assert people["person"][0] == "@mira_pours"
    assert sharewise.ambassadors(pl.read_csv(FIXTURE), brand="harborroast")["rank"][0] == 1
