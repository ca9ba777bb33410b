"""``recommend`` and ``check`` from file to exit code."""

import csv
import io
import json
import re
from pathlib import Path

import jsonschema
import polars as pl
import pytest
from click.testing import CliRunner, Result

from sharewise.cli import cli
from sharewise.engine.advice.finding_schema import FINDING_SCHEMA

SCHEMA = Path(__file__).parent.parent / "engine" / "advice" / "reports" / "findings.schema.json"
LONG = "a" * 281


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SHAREWISE_CONFIG", raising=False)
    monkeypatch.setenv("COLUMNS", "100")


def run(*args: str, input: str | bytes | None = None) -> Result:
    result = CliRunner().invoke(cli, args, input=input)
    assert result.exit_code in (0, 1, 2), result.output
    return result


def drafts(*rows: dict[str, str], name: str = "drafts.csv") -> str:
    with Path(name).open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(dict.fromkeys(key for row in rows for key in row)))
        writer.writeheader()
        writer.writerows(rows)
    return name


def found(*args: str, input: str | bytes | None = None) -> list[dict[str, object]]:
    result = run("check", *args, "--format", "jsonl", "--exit-zero", input=input)
    assert result.exit_code == 0
    return [json.loads(line) for line in result.stdout.splitlines()]


# recommend


def test_recommend_says_what_to_change_and_exits_with_0() -> None:
    file = drafts({"id": "teaser", "Tweet text": LONG, "mood": "warm"})
    result = run("recommend", file, "--platform", "x")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "drafts.csv  1 row → 1 post × 1 platform"
    assert "  columns     Tweet text → text" in lines
    assert "  not used    mood; known names: sharewise template posts --all" in lines
    assert any(line.startswith("teaser   “aaa") for line in lines)
    assert "✖ LEN101  281 of 280" in result.stdout
    assert lines[-1].startswith("1 error")
    assert lines[-1].endswith("why: sharewise rules show LEN101")
    assert result.stderr == ""


@pytest.mark.parametrize("ending", ["html", "xlsx", "csv", "jsonl", "json", "parquet", "md"])
def test_recommend_writes_every_kind_of_file(ending: str, tmp_path: Path) -> None:
    file = drafts({"id": "teaser", "text": LONG})
    result = run("recommend", file, "-p", "x", "-o", f"out.{ending}")
    assert result.exit_code == 0
    assert f"written to out.{ending}" in result.stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == ["drafts.csv", f"out.{ending}"]
    assert (tmp_path / f"out.{ending}").stat().st_size > 100


def test_platforms_are_comma_separated_and_repeatable_and_replace_the_posts_own() -> None:
    file = drafts({"id": "a", "text": LONG, "platform": "mastodon"})
    named = [row["platform"] for row in found(file, "--select", "LEN101")]
    assert named == []
    rows = found(file, "--select", "LEN101", "-p", "twitter,x", "--platform", "bluesky, mastodon")
    assert [row["platform"] for row in rows] == ["x"]
    result = run("recommend", file, "-p", "x,bluesky", "--platform", "mastodon")
    assert "1 post × 3 platforms" in result.stdout


def test_without_any_platform_all_are_looked_at() -> None:
    file = drafts({"id": "a", "text": "Hello"}, {"id": "b", "text": "Hello", "platform": "x"})
    assert "2 posts × 11 platforms" in run("recommend", file).stdout
    Path("sharewise.toml").write_text('platforms = ["x", "threads"]')
    assert "2 posts × 2 platforms" in run("recommend", file).stdout


def test_rejected_rows_are_told_and_written() -> None:
    file = drafts({"id": "a", "text": "Hello", "date": "2026-12-01 09:00"},
                  {"id": "b", "text": "Hello", "date": "next tue"})  # fmt: skip
    result = run("recommend", file, "-p", "x", "--rejects", "rejects.csv")
    assert result.exit_code == 0
    assert "2 rows → 1 post × 1 platform, 1 row rejected" in result.stdout
    assert "  row 2  date  'next tue' is not a date" in result.stdout
    rows = list(csv.DictReader(io.StringIO(Path("rejects.csv").read_text())))
    assert [(row["file"], row["row"], row["column"], row["value"]) for row in rows] == [
        ("drafts.csv", "2", "date", "next tue")
    ]
    assert run("recommend", file, "-p", "x", "--strict").exit_code == 2


def test_when_no_row_can_be_read_it_is_2() -> None:
    file = drafts({"id": "a", "text": "Hello", "date": "next tue"})
    for command in ("recommend", "check", "measure"):
        result = run(command, file)
        assert result.exit_code == 2
        assert "no post to work on: its only row is rejected in drafts.csv" in result.stderr
        assert "'next tue' is not a date" in result.stderr
    Path("header.csv").write_text("id,text\n")
    assert run("recommend", "header.csv").exit_code == 2
    Path("empty.csv").write_text("")
    assert run("recommend", "empty.csv").exit_code == 2


def test_standard_input() -> None:
    rows = found("-", "-p", "x", "--select", "LEN101", input=f"id,text\nteaser,{LONG}\n")
    assert [(row["post"], row["file"], row["row"]) for row in rows] == [("teaser", "<stdin>", 1)]


def test_the_next_step_is_a_command_that_can_be_pasted() -> None:
    rows = {"id": "a", "text": "Our blend is here #newblendlaunch"}
    file = drafts(rows, name="my drafts.csv")
    told = run("recommend", file, "-p", "x")
    assert "try: sharewise fix 'my drafts.csv' -p x · why:" in told.stdout
    piped = run("recommend", "-", "-p", "x", input=Path(file).read_text())
    assert "1 safe fix" in piped.stdout
    assert "try:" not in piped.stdout


def test_a_fix_is_named_only_where_it_holds() -> None:
    # The campaign that the link lacks is nowhere to be found, so no fix can add it.
    unknown = {"id": "a", "text": "Hi https://harborroast.example.com/?utm_source=x"}
    told = run("recommend", drafts(unknown), "-p", "x")
    assert "LNK302" in told.stdout
    assert "fix: safe" not in told.stdout
    assert "safe fix" not in told.stdout
    Path("sharewise.toml").write_text('[brand]\ndomains = ["harborroast.example.com"]\n')
    told = run("recommend", drafts(unknown | {"campaign": "Winter"}), "-p", "x")
    assert re.search(r"LNK302 .* fix: safe", told.stdout)
    assert "1 safe fix ·" in told.stdout


def test_check_names_the_fixes_that_hold_as_recommend_does() -> None:
    unknown = {"id": "a", "text": "Hi #newblend https://harborroast.example.com/?utm_source=x"}
    file = drafts(unknown)
    told = run("check", file, "-p", "x")
    assert re.search(r"TAG104 .* \[fix: safe\]$", told.stdout, re.MULTILINE)
    assert re.search(r"LNK302 .*missing ones$", told.stdout, re.MULTILINE)
    assert "· 1 safe fix" in told.stdout
    rows = {row["rule"]: (row["fix"], row["fix_safety"]) for row in found(file, "-p", "x")}
    assert rows["TAG104"] == ("camel_case_hashtags", "safe")
    assert rows["LNK302"] == ("add_utm", "person")
    run("recommend", file, "-p", "x", "-o", "out.csv")
    table = list(csv.DictReader(io.StringIO(Path("out.csv").read_text())))
    safety = {row["rule"]: row["fix_safety"] for row in table}
    assert (safety["TAG104"], safety["LNK302"]) == ("safe", "person")


def test_what_only_tailor_fixes_leads_there() -> None:
    file = drafts({"id": "a", "text": "We are open. " * 30, "platform": "x,linkedin"})
    told = run("recommend", file)
    assert re.search(r"LEN101 .* fix: tailor", told.stdout)
    assert "fix: --unsafe" not in told.stdout
    assert f"try: sharewise tailor {file} ·" in told.stdout


def test_fixes_of_many_posts_are_not_tried_and_that_is_said() -> None:
    rows = ({"id": str(number), "text": f"Day {number} #newblend"} for number in range(501))
    file = drafts(*rows)
    told = run("check", file, "-p", "x", "--select", "TAG104").stdout
    assert "[fix" not in told
    assert told.splitlines()[-1].endswith("· fixes not tried")
    document = run("check", file, "-p", "x", "--select", "TAG104", "-f", "json").stdout
    assert json.loads(document)["summary"]["safe_fixes"] is None
    jsonschema.validate(json.loads(document), json.loads(SCHEMA.read_text()))


def test_settings_take_part() -> None:
    file = drafts({"id": "a", "text": LONG, "account": "pro"})
    Path("sharewise.toml").write_text('[accounts.pro]\nplatform = "x"\nlimits = {text = 25000}\n')
    assert found(file, "-p", "x", "--select", "LEN101") == []
    Path("other.toml").write_text('[severities]\nLEN101 = "warning"\n')
    rows = found(file, "-p", "x", "--select", "LEN101", "--config", "other.toml")
    assert [row["severity"] for row in rows] == ["warning"]
    Path("off.toml").write_text('ignore = ["LEN"]\n')
    assert found(file, "-p", "x", "--config", "off.toml", "--select", "LEN") == []


def test_time_zone_option() -> None:
    file = drafts({"id": "a", "text": "Hi", "date": "2026-12-01 09:00"})
    result = run("measure", file, "-p", "x", "-f", "jsonl", "--timezone", "Asia/Tokyo", "-q")
    assert json.loads(result.stdout)["time.hour"] == 9


# check


def test_check_exits_with_1_for_findings_and_0_without() -> None:
    bad, good = drafts({"text": LONG}), drafts({"text": "We roast on Mondays."}, name="good.csv")
    assert run("check", bad, "-p", "x").exit_code == 1
    assert run("check", bad, "-p", "x", "--exit-zero").exit_code == 0
    assert run("check", bad, "-p", "x", "--ignore", "LEN,TXT").exit_code == 0
    assert run("check", good, "-p", "x").exit_code == 0


def test_check_levels() -> None:
    file = drafts({"text": "Our blend is here #newblendlaunch"})  # a warning: TAG104
    args = ("check", file, "-p", "x", "--select", "TAG104")
    assert run(*args).exit_code == 1
    assert run(*args, "--min-severity", "warning").exit_code == 1
    result = run(*args, "--min-severity", "error")
    assert result.exit_code == 0
    assert result.stdout == "no errors in 1 post × platform; 1 finding below that level\n"
    good = drafts({"text": "We roast on Mondays."}, name="good.csv")
    result = run("check", good, "-p", "x", "--min-severity", "warning")
    assert result.stdout == "nothing to change in 1 post × platform\n"


def test_check_is_concise_by_default() -> None:
    file = drafts({"id": "teaser", "text": LONG})
    result = run("check", file, "-p", "x", "--select", "LEN101")
    first, last = result.stdout.splitlines()
    assert re.fullmatch(r"drafts\.csv:2: teaser x: LEN101 error: 281 of 280 .*", first)
    assert last == "1 error in 1 of 1 post × platform"
    assert result.stderr == ""


def test_concise_says_the_line_as_github_does() -> None:
    two = "two lines\n#newblendlaunch"
    file = drafts({"id": "a", "text": two}, {"text": "One #newblendlaunch"})
    args = ("check", file, "-p", "x", "--select", "TAG104")
    said = [line.split(" ")[:2] for line in run(*args).stdout.splitlines()[:2]]
    assert said == [["drafts.csv:2:", "a"], ["drafts.csv:4:", "x:"]]
    github = run(*args, "-f", "github").stdout
    assert re.findall(r"line=(\d+)", github) == ["2", "4"]


def test_a_fix_of_two_findings_is_said_to_be_of_both() -> None:
    text = "Our winter blend is back in the shop. " * 8
    file = drafts({"id": "a", "text": text, "platform": "x"})
    args = ("check", file, "--select", "LEN101,LEN102", "-f", "json")
    found = json.loads(run(*args).stdout)["findings"]
    assert {one["fix_safety"] for one in found} == {"unsafe"}
    second = drafts({"id": "a", "text": text, "platform": "x,linkedin"}, name="both.csv")
    found = json.loads(run("check", second, *args[2:]).stdout)["findings"]
    assert {(one["rule"], one["fix_safety"]) for one in found} == {
        ("LEN101", "tailor"), ("LEN102", "tailor")
    }  # fmt: skip


def test_a_prefix_that_no_rule_has_is_refused() -> None:
    file = drafts({"text": "Hi"})
    result = run("check", file, "--select", "LNE")
    assert result.exit_code == 2
    assert "--select LNE: no rule's id starts so" in result.stderr


def test_suppressions_are_counted_not_shown_and_missed_when_needless() -> None:
    file = drafts(
        {"id": "a", "text": LONG, "platform": "x", "ignore": "LEN101: a thread follows"},
        {"id": "b", "text": "Hello there", "platform": "x", "ignore": "LEN101"},
        {"id": "c", "text": "Hello there", "platform": "x", "ignore": "QQQ1"},
    )
    result = run("check", file, "--select", "LEN101,MED101")
    assert result.exit_code == 0
    assert result.stdout == "nothing to change in 3 posts × platforms · 1 suppressed\n"
    notes = [line for line in result.stderr.splitlines() if line.startswith("note:")]
    assert notes == [
        "note: drafts.csv:2 b: ignores LEN101, which finds nothing there",
        "note: drafts.csv:3 c: ignores QQQ1, which is no rule",
    ]
    one = run("check", file, "--select", "LEN101,MED101", "-p", "bluesky")
    assert "finds nothing" not in one.stderr


def test_front_matter_suppresses(tmp_path: Path) -> None:
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts" / "launch.md").write_text(
        "---\nid: launch\nplatform: x\n"
        f"sharewise: {{ignore: [{{rule: LEN101, reason: thread}}]}}\n---\n{LONG}\n"
    )
    result = run("check", "posts", "--select", "LEN101")
    assert result.exit_code == 0
    assert result.stdout == "nothing to change in 1 post × platform · 1 suppressed\n"


def test_machine_formats_keep_notes_off_standard_output() -> None:
    file = drafts({"id": "a", "text": LONG, "Mood": "x"})
    for form in ("json", "jsonl", "csv", "sarif", "github"):
        result = run("check", file, "-p", "x", "--format", form)
        assert result.exit_code == 1
        assert "in 1 of 1" in result.stderr
        assert "in 1 of 1" not in result.stdout
        assert run("check", file, "-p", "x", "--format", form, "-q").stderr == ""


def test_json_of_a_real_run_is_valid_against_the_schema() -> None:
    text = f"{LONG} #newblendlaunch https://example.com http://example.org TAG A FRIEND!!!"
    file = drafts({"id": "a", "text": text, "mood": "warm"}, {"text": "Hi", "mood": "calm"})
    document = json.loads(run("check", file, "--format", "json").stdout)
    jsonschema.validate(document, json.loads(SCHEMA.read_text()), jsonschema.Draft202012Validator)
    assert document["summary"]["looked_at"] == 22
    assert {row["columns"]["mood"] for row in document["findings"]} <= {"warm", "calm"}
    assert {row["post"] for row in document["findings"]} == {"a", "drafts.csv:2"}


def test_findings_as_parquet_have_the_schema() -> None:
    file = drafts({"id": "a", "text": LONG})
    assert run("check", file, "-p", "x", "-o", "findings.parquet").exit_code == 1
    frame = pl.read_parquet("findings.parquet")
    assert frame.schema == FINDING_SCHEMA
    assert "LEN101" in frame["rule"].to_list()


def test_own_packs_add_and_override(tmp_path: Path) -> None:
    (tmp_path / "house").mkdir()
    (tmp_path / "house" / "words.yaml").write_text(
        """
pack: house
observations:
  says_cheap: matches(text.body, '(?i)\\bcheap\\b')
rules:
  - id: HSE101
    name: no-cheap
    when: [says_cheap]
    severity: error
    category: text
    advice: "say affordable"
    why: It is how we speak.
    sources: [x.text.max_weighted]
    examples:
      fires: [{platform: x, text: "cheap coffee"}]
      quiet: [{platform: x, text: "good coffee"}]
"""
    )
    file = drafts({"id": "a", "text": "Really cheap coffee"})
    rows = found(file, "-p", "x", "--rules", "house", "--select", "HSE")
    assert [(row["rule"], row["start"], row["end"]) for row in rows] == [("HSE101", 7, 12)]
    Path("sharewise.toml").write_text('packs = ["house"]')
    assert len(found(file, "-p", "x", "--select", "HSE")) == 1
    assert "HSE" not in run("rules", "lint").stdout
    broken = (tmp_path / "house" / "words.yaml").read_text().replace("[says_cheap]", "[says_cheep]")
    (tmp_path / "house" / "words.yaml").write_text(broken)
    assert run("check", file, "-p", "x").exit_code == 2
    result = run("rules", "lint")
    assert result.exit_code == 1
    assert "words.yaml:" in result.stdout


@pytest.mark.parametrize("command", ["recommend", "check", "measure"])
def test_what_a_post_holds_never_reaches_the_terminal_raw(command: str) -> None:
    text = f"\x1b[31m\x9b1m\u202e{LONG} \x1b]0;owned\x07"
    line = json.dumps({"id": "\x1b[2J", "text": text, "platform": "x"})
    Path("posts.jsonl").write_text(line)
    result = run(command, "posts.jsonl")
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", result.output)


def test_output_that_can_not_be_written_leaves_nothing(tmp_path: Path) -> None:
    file = drafts({"id": "a", "text": LONG})
    for output in ("nowhere/out.html", ".", "out.doc"):
        result = run("recommend", file, "-p", "x", "-o", output)
        assert result.exit_code == 2
        assert result.stderr.startswith("sharewise: ")
    assert [path.name for path in tmp_path.iterdir()] == ["drafts.csv"]


def test_dash_is_standard_output() -> None:
    file = drafts({"id": "a", "text": LONG})
    result = run("recommend", file, "-p", "x", "-o", "-", "--format", "csv")
    assert next(csv.DictReader(io.StringIO(result.stdout)))["rule"] == "LEN101"
