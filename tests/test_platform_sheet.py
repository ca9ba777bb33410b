"""What ``sharewise platforms`` shows."""

import json
from datetime import date

from click.testing import CliRunner

from sharewise.commands.platforms import platforms
from sharewise.engine.advice.reports.plain_text import hanging
from sharewise.engine.content.platform_data import platform_data
from sharewise.engine.content.platform_sheet import overview_lines, platform_lines
from sharewise.engine.content.platforms import load_platforms, with_account_limits

DAY = date(2026, 11, 23)
LATER = date(2028, 1, 1)


def run(*arguments: str) -> str:
    result = CliRunner().invoke(platforms, arguments, catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def test_sheet_shows_value_unit_source_year_confidence_and_where() -> None:
    line = next(line for line in run("x", "--as-of", "2026-11-23").splitlines() if "280" in line)
    for cell in ("text", "280", "weighted characters", "hard-limit", "high", "api and native"):
        assert cell in line
    assert line.endswith("twitter-text configuration v3, 2021")


def test_sheet_shows_competing_figures_once_a_fact() -> None:
    lines = platform_lines(load_platforms(["x"])["x"], DAY)
    disagreements = [line for line in lines if "one video, never mixed" in line]
    assert disagreements == [
        "  ! sources disagree: one vendor reads it as four images or videos; "
        "others allow one video, never mixed"
    ]


def test_a_narrow_sheet_loses_nothing_and_fits() -> None:
    x = load_platforms(["x"])["x"]
    wide = platform_lines(x, DAY)
    narrow = [part for line in platform_lines(x, DAY, 60) for part in hanging(line, 60)]
    assert max(map(len, narrow)) <= 60
    words = set(" ".join(wide).split()) - {"KIND", "CONFIDENCE", "WHERE", "SOURCE", "–"}
    assert words <= set(" ".join(narrow).split())
    assert platform_lines(x, DAY, 400) == wide


def test_sheet_flags_what_was_not_checked_for_a_year() -> None:
    threads = load_platforms(["threads"])["threads"]
    fresh, stale = platform_lines(threads, DAY), platform_lines(threads, LATER)
    assert fresh[-1] == "14 facts, all checked within a year of 2026-11-23"
    assert stale[-1] == "⚠ 14 of 14 facts not checked for over a year on 2028-01-01"
    assert not [line for line in fresh if "⚠" in line]
    assert "  ⚠ last checked on 2026-11-22, over a year ago" in stale


def test_overview_has_a_line_a_platform() -> None:
    lines = overview_lines(load_platforms().values(), DAY)
    assert [line.split()[0] for line in lines[1:12]] == list(load_platforms())
    assert "63,206" in lines[2]
    assert "43 not checked for over a year" in overview_lines(load_platforms().values(), LATER)[1]


def test_every_platform_has_a_sheet() -> None:
    for name in load_platforms():
        assert run(name, "--as-of", "2026-11-23").splitlines()[-1].endswith("of 2026-11-23")


def test_json_has_everything() -> None:
    data = json.loads(run("--format", "json", "--as-of", "2028-01-01"))
    assert [platform["id"] for platform in data] == list(load_platforms())
    text = next(limit for limit in data[0]["limits"] if limit["name"] == "text")
    assert text == {
        "name": "text",
        "value": 280,
        "unit": "weighted characters",
        "fact": "text.max_weighted",
        "kind": "hard-limit",
        "scope": "api and native",
        "confidence": "high",
        "source": {
            "title": "twitter-text configuration v3",
            "address": "github:twitter/twitter-text @30e2430 (2021-10-21) config/v3.json",
            "year": 2021,
        },
        "contested": None,
        "checked": "2026-11-22",
        "stale": True,
    }
    assert len(data[0]["facts"]) == 43


def test_account_s_own_limit_has_no_fact() -> None:
    own = with_account_limits(load_platforms(["x"])["x"], {"text": 25_000})
    text = next(limit for limit in platform_data(own, DAY)["limits"] if limit["name"] == "text")
    assert (text["value"], text["fact"], text["source"]) == (25_000, None, None)


def test_wrong_day_is_wrong_usage() -> None:
    result = CliRunner().invoke(platforms, ["--as-of", "soon"])
    assert result.exit_code == 2
