"""Rewards from the command line: a round given, measured, thanked for, and a person forgotten."""

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sharewise.cli import cli

READERS = Path(__file__).parent.parent / "fixtures" / "reader_groups.csv"
CONFIG = """
[brand]
name = "Harbor Roast"
handles = ["@harborroast"]

[rewards]
currency = "EUR"
quota = 0.5

[rewards.tiers.gold]
cost = 18
places = 2
gift = "a bag of the winter blend"

[rewards.tiers.card]
cost = 1
gift = "a card"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("SHAREWISE_CONFIG", raising=False)
    monkeypatch.delenv("SHAREWISE_PSEUDONYM_KEY", raising=False)
    (tmp_path / "sharewise.toml").write_text(CONFIG, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*args: str) -> Result:
    return CliRunner().invoke(cli, list(args))


def give(*more: str) -> Result:
    return run("rewards", "assign", str(READERS), "--budget", "50", "--seed", "7", *more)


def entries(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / "rewards.jsonl").read_text().splitlines()]


@pytest.mark.parametrize("what", [("assign", "--budget", "20"), ("measure",)])
def test_rewards_stop_at_a_brand_that_is_not_there(folder: Path, what: tuple[str, ...]) -> None:
    acts = str(READERS.with_name("interactions.csv"))
    done = run("rewards", what[0], acts, *what[1:], "--brand", "@harborrost")
    assert done.exit_code == 2
    assert "@harborrost is not in the interactions (did you mean @harborroast?)" in done.output
    assert not (folder / "rewards.jsonl").exists()


def test_a_round_is_within_the_budget_and_written_with_reasons_and_duties(folder: Path) -> None:
    done = give()
    assert done.exit_code == 0, done.output
    book = entries(folder)
    given = [one for one in book if one["role"] == "reward"]
    assert sum(one["cost"] for one in given if isinstance(one["cost"], float)) <= 50
    assert [one["tier"] for one in given].count("gold") == 2
    for one in given:
        assert "FTC: " in str(one["disclosure"])
        assert "ASA: " in str(one["disclosure"])
        assert one["reason"]
    assert len(book) - len(given) == pytest.approx(len(book) / 5, abs=1)
    assert "set aside at random" in done.output
    assert "written to" in done.output
    held_out = {str(one["person"]) for one in book if one["role"] == "held out"}
    assert not any(person in done.output for person in held_out)


def test_nobody_is_rewarded_twice(folder: Path) -> None:
    give()
    first = {one["person"] for one in entries(folder)}
    done = give("--format", "json")
    again = json.loads(done.stdout)
    assert not first & {one["person"] for one in again["rewards"] + again["held_out"]}
    assert any("rewarded on 2025-04-29" in one["why"] for one in again["left"])


def test_a_dry_run_writes_nothing(folder: Path) -> None:
    done = give("--dry-run")
    assert "nothing written" in done.output
    assert not (folder / "rewards.jsonl").exists()


def test_the_same_seed_gives_the_same_round(folder: Path) -> None:
    first, second = (give("--dry-run", "--format", "jsonl").stdout for _ in range(2))
    assert first == second
    assert first


def test_csv_is_safe_to_open_in_a_spreadsheet(folder: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(give("--dry-run", "--format", "csv").stdout)))
    assert rows[0]["person"].startswith("'@")


def test_praise_in_the_settings_stops_it(folder: Path) -> None:
    (folder / "sharewise.toml").write_text('[rewards]\ncondition = "a positive review"\n')
    done = give()
    assert done.exit_code == 2
    assert "depend on praise" in done.output
    assert "16 CFR 465" in done.output
    assert not (folder / "rewards.jsonl").exists()


def test_measuring_too_soon_says_so(folder: Path) -> None:
    give()
    done = run("rewards", "measure", str(READERS))
    assert done.exit_code == 2
    assert "no interaction after 2025-04-29" in done.output


def test_measuring_without_a_ledger_says_so(folder: Path) -> None:
    done = run("rewards", "measure", str(READERS))
    assert done.exit_code == 2
    assert "no such ledger" in done.output


def test_what_came_after_is_measured_and_no_evidence_is_said(folder: Path) -> None:
    give()
    later = "".join(
        f"{one['person']},@harborroast,share,2025-05-{day:02}\n"
        for one in entries(folder)
        for day in (5, 9)
    )
    (folder / "later.csv").write_text("from,to,kind,at\n" + later + "@x,@y,like,2025-06-05\n")
    done = run("rewards", "measure", "later.csv")
    assert done.exit_code == 0, done.output
    assert "rewarded 2.00  set aside 2.00  difference +0.00" in done.output
    assert "no evidence that rewards changed acts on the brand" in done.output
    data = json.loads(run("rewards", "measure", "later.csv", "--format", "json").stdout)
    assert [one["evidence"] for one in data["effects"]] == [False] * 3
    assert data["days"] == 30


def test_a_thank_you_shows_its_sources(folder: Path) -> None:
    give()
    person = next(str(one["person"]) for one in entries(folder) if one["role"] == "reward")
    done = run("rewards", "message", person)
    assert done.exit_code == 0, done.output
    assert "Subject: Thank you from Harbor Roast" in done.output
    assert "Lexology: FTC letters to influencers, 2017" in done.output
    data = json.loads(run("rewards", "message", person, "--format", "json").stdout)
    assert {one["authority"] for one in data["disclosure"]} == {"FTC", "ASA"}


def test_a_thank_you_needs_somebody_who_thanks(folder: Path) -> None:
    give()
    person = next(str(one["person"]) for one in entries(folder) if one["role"] == "reward")
    (folder / "sharewise.toml").unlink()
    done = run("rewards", "message", person)
    assert done.exit_code == 2
    assert "say who thanks" in done.output
    assert "Harbor" in run("rewards", "message", person, "--brand", "Harbor").output


def test_a_forgotten_person_is_in_no_file_any_more(folder: Path) -> None:
    give()
    person = str(entries(folder)[0]["person"])
    done = run("forget", person)
    assert done.exit_code == 0, done.output
    assert "rewards.jsonl: 1 place" in done.output
    assert "forgotten in 1 of 1 files" in done.output
    assert person not in (folder / "rewards.jsonl").read_text()
    assert person not in done.output


def test_with_a_key_the_ledger_holds_pseudonyms_only(folder: Path) -> None:
    (folder / "key").write_text("a key that is long enough")
    done = give("--key-file", "key")
    assert done.exit_code == 0, done.output
    text = (folder / "rewards.jsonl").read_text()
    assert "espresso_" not in text
    assert '"person": "p_' in text
    assert "Harbor Roast" in text
    plain = give("--dry-run", "--ledger", "other.jsonl", "--format", "jsonl").stdout
    person = json.loads(plain.splitlines()[0])["person"]
    assert "forgotten in 0 of 1" in run("forget", person).output
    assert "forgotten in 1 of 1" in run("forget", person, "--key-file", "key").output


def test_pseudonyms_without_a_key_are_refused(folder: Path) -> None:
    done = give("--pseudonyms")
    assert done.exit_code == 2
    assert "no key for pseudonyms" in done.output


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["--budget", "0.5"], "the cheapest reward costs 1"),
        (["--budget", "nan"], "allowed: a number above 0"),
        (["--holdout", "0.9"], "allowed: a share from 0 to 0.5"),
        (["--as-of", "soon"], "--as-of: 'soon' is not a date"),
    ],
)
def test_what_is_wrong_is_said(folder: Path, args: list[str], told: str) -> None:
    done = give(*args)
    assert done.exit_code == 2
    assert told in done.output


def test_interactions_without_times_need_a_day(folder: Path) -> None:
    rows = "".join(f"@a{at},@a{at % 3},share\n" for at in range(30))
    (folder / "untimed.csv").write_text("from,to,kind\n" + rows)
    args = ("rewards", "assign", "untimed.csv", "--budget", "5")
    done = run(*args)
    assert done.exit_code == 2
    assert "no times; say --as-of" in done.output
    assert run(*args, "--as-of", "2026-11-01").exit_code == 0
