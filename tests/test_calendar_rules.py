"""Rules over several posts: quotas one past the limit, examples with company, real posts."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from sharewise.engine.advice.example_posts import example_posts
from sharewise.engine.advice.recommending import adviser, recommend
from sharewise.engine.advice.rulebook import load_rulebook
from sharewise.engine.content import schema as module
from sharewise.engine.content.platforms import load_platforms
from sharewise.engine.errors import RulebookError
from sharewise.engine.settings import Account, Settings

PLATFORMS = load_platforms()
START = datetime(2026, 12, 1, tzinfo=UTC)
QUOTAS = {"quota_day": ("CAL111", "CAL112"), "quota_three_hours": ("CAL113",)}
CASES = [
    (platform.id, name)
    for platform in PLATFORMS.values()
    for name in QUOTAS
    if name in platform.limits
]
REAL = Path(module.__file__).parents[3] / "shared" / "data" / "x_analytics"
PACK = """
pack: mine
observations:
  lately: calendar.day_posts > 1
rules:
  - id: OUR101
    name: two-a-day
    when: [lately]
    severity: suggestion
    category: calendar
    advice: "{calendar.day_posts} a day"
    why: One post a day is enough.
    examples:
      fires: [{platform: x, text: a, scheduled_at: "2026-12-01 09:00", with: WITH}]
      quiet: [{platform: x, text: a, scheduled_at: "2026-12-01 09:00"}]
"""


def plan(times: list[datetime], **about: Any) -> pl.DataFrame:
    texts = [f"Cup {n}" for n in range(len(times))]
    return pl.DataFrame({"text": texts, "scheduled_at": times}).with_columns(
        *(pl.lit(value).alias(name) for name, value in about.items())
    )


def rules(posts: pl.DataFrame, settings: Settings | None = None) -> list[tuple[int, str]]:
    found = recommend(posts, settings=settings).findings
    return found.filter(category="calendar").select("index", "rule").rows()


@pytest.mark.parametrize(("platform", "name"), CASES)
def test_one_past_the_quota_fires_and_the_quota_itself_does_not(platform: str, name: str) -> None:
    allowed = int(PLATFORMS[platform].limits[name].value)
    times = [START + timedelta(seconds=n) for n in range(allowed + 1)]
    found = [index for index, rule in rules(plan(times, platform=platform)) if rule in QUOTAS[name]]
    assert found == [allowed]


def test_every_quota_of_a_platform_is_tried() -> None:
    assert {platform for platform, _ in CASES} == {
        "x",
        "instagram",
        "linkedin",
        "threads",
        "tiktok",
    }


def test_the_accounts_own_setting_replaces_ours() -> None:
    times = [START + timedelta(days=n) for n in range(7)]
    posts = plan(times, platform="facebook")
    assert [index for index, rule in rules(posts) if rule == "CAL101"] == [5, 6]
    own = Settings(accounts={"page": Account("page", "facebook", {"frequency_week_max": 6})})
    assert [index for index, rule in rules(posts, own) if rule == "CAL101"] == [6]


def test_a_file_without_times_has_no_findings_about_the_calendar() -> None:
    posts = pl.DataFrame({"text": ["Beans"] * 30, "platform": ["x"] * 30})
    assert rules(posts) == []


def test_seen_alone_no_rule_about_others_fires() -> None:
    using = adviser(["x"])
    posts = recommend(plan([START] * 9), ["x"]).files.posts
    assert set(using.findings(posts)["category"]) >= {"calendar"}
    assert "calendar" not in set(using.findings(posts, company=False)["category"])


def rulebook_with(tmp_path: Path, company: str) -> Any:
    pack = tmp_path / "mine.yaml"
    pack.write_text(PACK.replace("WITH", company), encoding="utf-8")
    return load_rulebook(extra=(pack,), thorough=True)


def test_company_of_an_example_is_written_out(tmp_path: Path) -> None:
    company = '[{text: "b {n}", scheduled_at: "2026-12-01 07:00", copies: 2, every: 90}]'
    examples = {one.name: one for one in example_posts(rulebook_with(tmp_path, company))}
    assert [json.dumps(one, default=str) for one in examples["OUR101-fires-1"].company] == [
        '{"platform": "x", "text": "b 1", "scheduled_at": "2026-12-01 07:00"}',
        '{"platform": "x", "text": "b 2", "scheduled_at": "2026-12-01 08:30:00"}',
    ]
    assert "with" not in examples["OUR101-fires-1"].post


@pytest.mark.parametrize(
    "company",
    [
        "nobody",
        "[nobody]",
        "[{text: a, copies: 1000000}]",
        "[{text: a, copies: many}]",
        "[{text: a, copies: 2, every: 5}]",
        '[{text: a, copies: 2, every: 999999999999999, scheduled_at: "2026-12-01 09:00"}]',
    ],
)
def test_company_that_cannot_be_is_refused_in_a_word(tmp_path: Path, company: str) -> None:
    with pytest.raises(RulebookError, match="OUR101: with: "):
        list(example_posts(rulebook_with(tmp_path, company)))


def test_few_real_published_posts_are_told_of_an_error_in_the_calendar() -> None:
    if not REAL.is_dir():
        pytest.skip(f"{REAL} is not here")
    using = adviser(["x"])
    posts = using.read(sorted(REAL.glob("*.csv"))).posts
    found = using.findings(posts).filter(category="calendar", severity="error")
    assert posts.height > 1000
    assert found["index"].n_unique() <= 0.005 * posts.height
