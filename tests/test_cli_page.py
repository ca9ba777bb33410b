"""``sharewise page`` from file to exit code, and what other commands make of pages."""

import json
import re
import shutil
from pathlib import Path

import jsonschema
import polars as pl
import pytest
from click.testing import CliRunner, Result

from sharewise.cli import cli

ROOT = Path(__file__).parent.parent
PAGES = ROOT / "fixtures" / "pages"
SCHEMA = ROOT / "engine" / "advice" / "reports" / "findings.schema.json"


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SHAREWISE_CONFIG", raising=False)
    monkeypatch.setenv("COLUMNS", "100")
    shutil.copytree(PAGES, tmp_path / "site")


def run(*args: str, input: str | bytes | None = None) -> Result:
    result = CliRunner().invoke(cli, args, input=input)
    assert result.exit_code in (0, 1, 2), result.output
    return result


def test_findings_are_exit_code_1_and_a_good_page_is_0() -> None:
    assert run("page", "site/subscribe.html").exit_code == 1
    assert run("page", "site/subscribe.html", "--exit-zero").exit_code == 0
    good = run("page", "site/winter-blend.html")
    assert good.exit_code == 0
    assert "nothing to change in 1 page" in good.output


def test_the_text_names_file_barrier_and_next_step() -> None:
    lines = run("page", "site/subscribe.html", "--no-cards").output.splitlines()
    assert lines[0] == "site/subscribe.html  1 file → 1 page × 8 platforms"
    assert "site/subscribe.html   “Coffee by post”" in lines
    assert any(line.startswith("  all       ✖ PAG209  the picture is 160×120") for line in lines)
    assert lines[-1].endswith(
        "in 1 of 1 page · paste: sharewise page site/subscribe.html --suggest"
        " · why: sharewise rules show PAG209"
    )


def test_cards_are_shown_for_one_page_and_when_asked_for() -> None:
    assert "┌" in run("page", "site/winter-blend.html").output
    assert "┌" not in run("page", "site/winter-blend.html", "--no-cards").output
    assert "┌" not in run("page", "site").output
    assert "┌" in run("page", "site", "--cards").output


def test_platforms_narrow_cards_and_findings() -> None:
    result = run("page", "site/subscribe.html", "--platform", "x,instagram", "-f", "jsonl")
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert {row["platform"] for row in found} == {"all", "x"}
    assert {row["post"] for row in found} == {"site/subscribe.html"}


def test_formats_follow_the_contract() -> None:
    document = json.loads(run("page", "site", "-f", "json").stdout)
    jsonschema.validate(document, json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert document["summary"]["posts"] == 3
    assert document["summary"]["with_findings"] == 2
    sarif = json.loads(run("page", "site", "-f", "sarif").stdout)
    places = {
        one["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for one in sarif["runs"][0]["results"]
    }
    assert places == {"site/roastery.html", "site/subscribe.html"}
    concise = run("page", "site", "-f", "concise", "--select", "PAG401").stdout.splitlines()
    assert concise[0].startswith("site/subscribe.html:1: all: PAG401 warning: robots says noindex")
    assert "file=site/subscribe.html,line=1" in run("page", "site", "-f", "github").stdout
    for ending in ("xlsx", "parquet", "csv", "md", "html"):
        assert run("page", "site", "-o", f"out.{ending}").exit_code == 1
        assert Path(f"out.{ending}").stat().st_size > 0
    assert "<script" not in Path("out.html").read_text(encoding="utf-8")


def test_select_ignore_and_severity_narrow_the_exit_code_too() -> None:
    assert run("page", "site/subscribe.html", "--select", "PAG7").exit_code == 2
    assert run("page", "site/subscribe.html", "--select", "PAG2").exit_code == 1
    assert run("page", "site/roastery.html", "--min-severity", "error").exit_code == 0
    assert run("page", "site/roastery.html", "--ignore", "PAG").exit_code == 0


def test_the_html_report_escapes_pages_and_draws_cards() -> None:
    evil = "&lt;script&gt;alert(1)&lt;/script&gt;"
    Path("evil.html").write_text(
        f'<title>{evil}</title><meta property="og:title" content="{evil}">'
        '<meta property="og:image" content="javascript:alert(1)">'
        f'<meta property="og:image:alt" content="{evil}\x1b[31m">',
        encoding="utf-8",
    )
    run("page", "evil.html", "-o", "out.html")
    page = Path("out.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "<figure>" in page
    assert '="javascript:' not in page
    assert "\x1b" not in page + run("page", "evil.html").output


def test_stdin_and_a_settings_file() -> None:
    html = "<title>Winter</title>"
    assert run("page", "-", input=html).output.startswith("-  1 file → 1 page")
    Path("sharewise.toml").write_text('ignore = ["PAG"]\nplatforms = ["x"]\n', encoding="utf-8")
    assert run("page", "-", input=html).exit_code == 0
    Path("sharewise.toml").write_text("[utm]\ncampain = 'a'\n", encoding="utf-8")
    assert "did you mean campaign" in run("page", "-", input=html).output


def test_a_page_sets_rules_aside() -> None:
    Path("a.html").write_text(
        '<meta name="sharewise:ignore" content="PAG: a draft; XYZ1: typo"><title>A</title>',
        encoding="utf-8",
    )
    result = run("page", "a.html", "--no-cards")
    assert result.exit_code == 0
    assert "suppressed" in result.output
    assert "a.html: ignores XYZ1, which is no rule" in result.output


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.html", b"%PDF-1.7", "a PDF, not a page"),
        ("a.html", b"", "empty"),
        ("a.html", b"<div>" * 100_000, "can't be read in time: nested about"),
    ],
)
def test_no_page_at_all_is_exit_code_2(name: str, data: bytes, reason: str) -> None:
    Path(name).write_bytes(data)
    result = run("page", name)
    assert result.exit_code == 2
    assert f"no page to work on: {name}: {reason}" in result.output
    beside = run("page", name, "site/winter-blend.html", "--no-cards")
    assert beside.exit_code == 0
    assert f"{name}  {reason}" in beside.output
    assert run("page", name, "site/winter-blend.html", "--strict").exit_code == 2


@pytest.mark.parametrize(
    "args", [("none.html",), ("site/img",), ("site", "--site", "harbor.example")]
)
def test_wrong_usage_is_exit_code_2(args: tuple[str, ...]) -> None:
    assert run("page", *args).exit_code == 2


def test_suggest_prints_what_to_paste() -> None:
    Path("sharewise.toml").write_text(
        '[brand]\nname = "Harbor Roast"\nhandles = ["@harborroast"]\n'
        'domains = ["harborroast.example"]\n[utm]\ncampaign = "winter"\n',
        encoding="utf-8",
    )
    result = run("page", "site", "--suggest")
    assert result.exit_code == 0
    assert '<meta property="og:site_name" content="Harbor Roast">' in result.stdout
    assert (
        '<link rel="canonical" href="https://harborroast.example/roastery.html">' in result.stdout
    )
    assert "utm_source%3Dbluesky%26utm_medium%3Dsocial%26utm_campaign%3Dwinter" in result.stdout
    run("page", "site", "--suggest", "-o", "paste.txt")
    assert Path("paste.txt").read_text(encoding="utf-8") == result.stdout


def test_measure_reads_pages() -> None:
    result = run("measure", "site/winter-blend.html", "--platform", "x", "-f", "jsonl")
    general, card = (json.loads(line) for line in result.stdout.splitlines())
    assert (general["platform"], general["page.title_length"]) == ("all", 45)
    assert (card["platform"], card["card.kind"], card["card.title_length"]) == ("x", "large", 33)
    text = run("measure", "--pages", "site", "--only", "page.share_links").output
    assert re.search(r"page\.share_links +3", text)
    run("measure", "--pages", "site", "-o", "m.parquet")
    assert pl.read_parquet("m.parquet").height == 3 * 9
    assert run("measure", "site/winter-blend.html", "--only", "nothing").exit_code == 2


def test_check_takes_the_pages_that_posts_link_to() -> None:
    Path("posts.csv").write_text(
        "id,text,platforms\n"
        "a,Our blend https://harborroast.example/subscribe.html for you,mastodon\n"
        "b,Nothing to see,mastodon\n",
        encoding="utf-8",
    )
    without = run("check", "posts.csv", "-f", "jsonl")
    assert "PAG" not in without.stdout
    result = run("check", "posts.csv", "--pages", "site", "-f", "jsonl", "--select", "PAG4")
    assert result.exit_code == 1
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert {(row["post"], row["row"], row["platform"]) for row in found} == {("a", 1, "all")}
    assert all(row["message"].startswith("site/subscribe.html: ") for row in found)
    assert "1 of 1 posts with links lead to one of 3 pages given" in result.stderr
    told = run("recommend", "posts.csv", "--pages", "site").output
    assert "PAG401" in told
    assert run("check", "posts.csv", "--pages", "nowhere").exit_code == 2


def test_help_has_an_example() -> None:
    assert "sharewise page winter.html --suggest" in run("page", "--help").output
