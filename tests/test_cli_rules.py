"""``rules``: the list, the page about one, the lint."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sharewise.cli import cli


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SHAREWISE_CONFIG", raising=False)
    monkeypatch.setenv("COLUMNS", "100")


def run(*args: str) -> Result:
    result = CliRunner().invoke(cli, ["rules", *args])
    assert result.exit_code in (0, 1, 2), result.output
    return result


def test_list_has_a_line_a_rule() -> None:
    lines = run().stdout.splitlines()
    rules = [line.split()[0] for line in lines if line[:3].isupper()]
    assert "LEN101" in rules
    assert rules == list(dict.fromkeys(rules))
    assert lines[-1].startswith(f"{len(rules)} rules · ✖ error ▲ warning ● suggestion")


def test_list_of_one_platform() -> None:
    every = {rule["id"]: rule for rule in json.loads(run("--format", "json").stdout)}
    some = json.loads(run("--format", "json", "-p", "reddit").stdout)
    assert [rule["id"] for rule in some] == [
        name for name, rule in every.items() if "reddit" in rule["platforms"]
    ]


def test_json_has_the_fixed_names() -> None:
    rules = json.loads(run("--format", "json").stdout)
    for rule in rules:
        assert list(rule)[:8] == [
            *("id", "name", "severity", "category", "platforms", "why", "sources", "examples")
        ]
        assert rule["sources"], rule["id"]
        assert rule["platforms"], rule["id"]
        for source in rule["sources"]:
            assert source["title"], rule["id"]
            assert source["checked"], rule["id"]
        assert rule["examples"]["fires"], rule["id"]
        assert rule["examples"]["quiet"], rule["id"]
    text = next(rule for rule in rules if rule["id"] == "LEN101")
    assert text["examples"]["fires"][0]["text"] == "a" * 281
    of_x = [source for source in text["sources"] if source["platforms"] == ["x"]]
    assert [(source["value"], source["confidence"]) for source in of_x] == [(280, "high")]


def test_page_about_a_rule() -> None:
    text = run("show", "TAG104").stdout
    assert text.startswith("TAG104 hashtag-case · warning · accessibility · all platforms · safe")
    labels = [line[:15].strip() for line in text.splitlines() if line[:1].strip()]
    assert [label for label in labels if label in ("It says", "Why", "Fix", "Sources")] == [
        *("It says", "Why", "Fix", "Sources")
    ]
    assert "checked 20" in text
    assert "#NewBlendLaunch" in text


def test_rules_are_found_by_beginning_name_and_any_case() -> None:
    assert run("show", "text-over-limit").stdout == run("show", "len101").stdout
    assert run("show", "LEN1").stdout.count("Fires when") > 1
    result = run("show", "TAG999")
    assert result.exit_code == 2
    assert "'TAG999' is no rule (did you mean TAG1" in result.stderr
    result = run("show", "NOPE")
    assert result.stderr.strip().endswith("'NOPE' is no rule; all: sharewise rules")


def test_switched_off_rules_are_listed_as_such() -> None:
    Path("sharewise.toml").write_text('[severities]\nTAG104 = "off"\n')
    assert "TAG104  - hashtag-case" in run().stdout
    assert "1 switched off (-)" in run().stdout
    assert "switched off" in run("show", "TAG104").stdout.splitlines()[0]


def test_lint_passes_on_our_packs() -> None:
    result = run("lint")
    assert result.stdout.endswith("all as they say\n")
    assert result.exit_code == 0


def test_lint_tries_examples_and_names_what_is_wrong() -> None:
    Path("house.yaml").write_text(
        """
pack: house
observations:
  says_cheap: matches(text.body, 'cheap')
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
      fires:
        - {platform: x, text: "good coffee"}
        - {platform: x, txet: "cheap coffee", text: "cheap"}
        - {platform: x, text: [{repeat: "a", times: 100}, " cheap"]}
      quiet: [{platform: x, text: "cheap coffee"}]
"""
    )
    result = run("lint", "house.yaml")
    assert result.exit_code == 1
    assert [line for line in result.stdout.splitlines() if "HSE" in line] == [
        "house.yaml:16: HSE101: example 1 under fires: does not fire",
        "house.yaml:17: HSE101: example 2 under fires: no field of a post: txet",
        "house.yaml:19: HSE101: example 1 under quiet: fires, though it should be quiet",
    ]
    assert result.stdout.endswith(": 3 faults\n")


def test_lint_tells_what_loading_lets_pass() -> None:
    Path("house.yaml").write_text(
        """
pack: house
observations:
  says_cheap: matches(text.body, 'cheap')
  other: text.words > 9
rules:
  - id: HSE101
    name: no-cheap
    when: [says_cheap]
    severity: error
    category: text
    advice: "say affordable"
    why: It is how we speak.
    sources: [x.text.max_weighted]
    examples: {fires: [{platform: x, text: cheap}], quiet: [{platform: x, text: good coffee}]}
"""
    )
    result = run("lint", "house.yaml")
    assert result.exit_code == 1
    assert "house.yaml:5: other: no rule uses this observation" in result.stdout.splitlines()


def test_an_example_can_not_blow_up() -> None:
    from sharewise.engine.advice.example_posts import expanded
    from sharewise.engine.errors import RulebookError

    assert expanded({"text": [{"repeat": "ab", "times": 2}, "c"], "tags": [["a", "b"], "c"]}) == {
        "text": "ababc",
        "tags": ["ab", "c"],
    }
    for times in (10**12, -1, "3", 2.5):
        with pytest.raises(RulebookError, match="allowed: a whole number"):
            expanded({"text": {"repeat": "ab", "times": times}})
