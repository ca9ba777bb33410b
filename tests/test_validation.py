"""Whether a history can be learned from: each check fails for its own reason, and only then."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from sharewise.engine.content.reading import PostFiles, from_frame, read_posts
from sharewise.engine.ranking.checks import Check
from sharewise.engine.ranking.leakage import leakage_suspects, rank_correlation
from sharewise.engine.ranking.validation import validate_history

START = datetime(2026, 1, 1, 7, tzinfo=UTC)
NOW = datetime(2026, 11, 1, tzinfo=UTC)
LIKES = [3, 14, 1, 5, 9, 2, 6, 53, 58, 97, 93, 23, 84, 62, 64, 33, 83, 27, 95, 28]
LIKES += [41, 97, 16, 93, 99, 37, 51, 5, 82, 9, 74, 94, 45, 92, 30, 78, 16, 40, 62, 86]


def posts(count: int = 120, /, **columns: Any) -> pl.DataFrame:
    """Posts of one account, one every 15 hours, with texts and likes that follow nothing."""
    words = ("beans", "frost", "farm", "cup", "steam", "shelf", "dawn")
    return pl.DataFrame(
        {
            "id": [f"p{n}" for n in range(count)],
            "text": [f"{words[n % 7]} {words[n * n % 5]} {n}" for n in range(count)],
            "platform": ["x"] * count,
            "account": ["harborroast"] * count,
            "published_at": [START + timedelta(hours=15 * n) for n in range(count)],
            "likes": [LIKES[(n * 7 + n // 40) % 40] for n in range(count)],
            **columns,
        }
    )


def checked(frame: pl.DataFrame | PostFiles, **asked: Any) -> dict[str, Check]:
    files = from_frame(frame) if isinstance(frame, pl.DataFrame) else frame
    return {check.name: check for check in validate_history(files, now=NOW, **asked)}


def failed(checks: dict[str, Check]) -> list[str]:
    return [name for name, check in checks.items() if not check.passed]


def changed(column: str, at: int, value: Any) -> pl.DataFrame:
    frame = posts()
    values = frame[column].to_list()
    values[at] = value
    return frame.with_columns(pl.Series(column, values, dtype=frame[column].dtype))


def test_a_good_history_passes() -> None:
    checks = checked(posts())
    assert failed(checks) == []
    assert checks["times"].found == "2026-01-01 to 2026-03-16"
    assert checks["enough"].found == "posts to learn from: x harborroast 111"
    assert checks["immature"].count == 4


@pytest.mark.parametrize(
    ("column", "value", "check", "found"),
    [
        ("published_at", None, "times", "1 no time of publishing"),
        ("published_at", datetime(2031, 1, 1, tzinfo=UTC), "times", "1 published in the future"),
        ("published_at", datetime(2005, 1, 1, tzinfo=UTC), "times", "1 published before 2008"),
        ("published_at", datetime(1936, 1, 1, tzinfo=UTC), "times", "1 that can't be read"),
        ("likes", -4, "outcomes", "1 that can't be read"),
        ("likes", None, "outcomes", "1 no outcome that counts"),
        ("platform", "x, linkedin", "platforms", "1 name several platforms"),
        ("platform", None, "platforms", "1 name no platform"),
        ("id", "p3", "duplicates", "1 rows with an id again"),
        ("text", "x" * 300_000, "rows", "1 of 120 rows can't be read"),
    ],
)
def test_one_wrong_row_fails_its_check(column: str, value: Any, check: str, found: str) -> None:
    checks = checked(changed(column, 17, value))
    assert failed(checks) in ([check], [check, "enough"])
    assert found in checks[check].found
    assert checks[check].count == 1
    assert checks[check].advice
    assert [example.row for example in checks[check].examples] == [18]


def test_the_same_post_twice() -> None:
    frame = pl.concat([posts(), posts().head(2).with_columns(id=pl.lit(None, pl.String))])
    checks = checked(frame)
    assert failed(checks) == ["duplicates"]
    assert checks["duplicates"].count == 2
    assert [example.row for example in checks["duplicates"].examples] == [121, 122]


def test_posts_whose_counts_still_grow() -> None:
    fresh = changed("published_at", 119, NOW - timedelta(hours=3))
    checks = checked(fresh)
    assert failed(checks) == ["immature"]
    assert checks["immature"].found.startswith("1 younger than 48 hours now")


def test_many_posts_at_the_end_are_too_young_to_judge() -> None:
    times = [START + timedelta(hours=n) for n in range(120)]
    checks = checked(posts(published_at=times))
    assert "immature" in failed(checks)
    assert checks["immature"].count == 48


@pytest.mark.parametrize("likes", [[None] * 120, [0] * 120])
def test_no_outcomes_and_all_zero(likes: list[int | None]) -> None:
    checks = checked(posts().with_columns(pl.Series("likes", likes, dtype=pl.Int64)))
    assert "outcomes" in failed(checks)
    assert not any("nan" in check.found.lower() for check in checks.values())


def test_one_post() -> None:
    checks = checked(posts(1))
    assert failed(checks) == ["immature", "enough"]
    assert checks["enough"].found == "posts to learn from: none"


def test_constant_text() -> None:
    checks = checked(posts(text=["the same"] * 120))
    assert failed(checks) == ["texts"]


def test_too_few_of_one_account() -> None:
    names = ["harborroast"] * 100 + ["harborcafe"] * 20
    checks = checked(posts(account=names))
    assert failed(checks) == ["immature", "enough"]
    assert checks["enough"].found.endswith("x harborcafe 11, x harborroast 91")


def test_missing_impressions_are_said() -> None:
    assert "no impressions, so no rates" in checked(posts())["outcomes"].found
    assert "no impressions" not in checked(posts(impressions=[9] * 119 + [8]))["outcomes"].found


def test_a_platform_named_for_all() -> None:
    frame = posts().drop("platform")
    assert failed(checked(frame)) == ["platforms"]
    assert failed(checked(frame, platform="x")) == []


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ({"impressions": list(range(500, 620))}, "impressions follows the time of publishing"),
        ({"reach": [7000] * 120}, "reach is 7000 for every post"),
        ({"comments": [LIKES[(n * 7 + n // 40) % 40] for n in range(120)]}, "the same numbers"),
        (
            {"campaign": [("flop", "hit")[n * n % 2] for n in range(120)],
             "likes": [(1, 1000)[n * n % 2] for n in range(120)]},
            "campaign explains 100% of the engagement",
        ),
    ],
)  # fmt: skip
def test_an_outcome_that_is_none_and_a_column_that_tells_it(
    columns: dict[str, list[Any]], told: str
) -> None:
    checks = checked(posts(**columns))
    assert failed(checks) == ["leakage"]
    assert told in checks["leakage"].found


def test_an_outcome_that_counts_the_text() -> None:
    texts = ["roast " * (1 + n * 37 % 90) for n in range(120)]
    checks = checked(posts(text=texts, shares=[len(text) for text in texts]))
    assert "shares follows the length of the text" in checks["leakage"].found


def test_a_text_that_tells_its_own_count() -> None:
    counts = [100 + like for like in posts()["likes"]]
    texts = [f"{like} people loved it, day {n}" for n, like in enumerate(counts)]
    assert "text holds the post's own count" in checked(posts(text=texts, likes=counts))[
        "leakage"
    ].found  # fmt: skip


def test_outcomes_of_another_name_are_told_and_do_no_harm() -> None:
    engagements = [str(like * 2) for like in posts()["likes"]]
    checks = checked(posts(engagements=engagements))
    assert failed(checks) == []
    assert checks["leakage"].found.endswith("they follow it: engagements")


def test_few_posts_show_no_leak() -> None:
    frame = from_frame(posts(19)).posts
    assert leakage_suspects(frame, frame["likes"].cast(pl.Float64)) == ()


def test_rank_correlation_by_hand() -> None:
    first = pl.Series(range(20))
    assert rank_correlation(first, first.pow(3)) == pytest.approx(1)
    assert rank_correlation(first, -first) == pytest.approx(-1)
    assert rank_correlation(first, pl.Series([1] * 20)) == 0
    swapped = pl.Series([1, 0, *range(2, 20)])
    assert rank_correlation(first, swapped) == pytest.approx(1 - 6 * 2 / (20 * (400 - 1)))


def test_files_are_checked_with_their_rejects(tmp_path: Path) -> None:
    path = tmp_path / "history.csv"
    path.write_text("text,published_at,likes,platform\na,next tue,3,x\nb,2026-01-02,4,x\n")
    checks = checked(read_posts([path]))
    assert checks["times"].examples[0].value == (
        "published_at: 'next tue' is not a date; write 2026-12-01 09:00"
    )


def test_enough_means_what_the_refusal_rule_means() -> None:
    from sharewise.engine.ranking.validation import ENOUGH, PLENTY
    from sharewise.models.evidence import refusal

    assert refusal(ENOUGH - 1, 9.0) is not None
    assert refusal(ENOUGH, 9.0) is None
    assert refusal(PLENTY - 1, 2.0) is not None
    assert refusal(PLENTY, 2.0) is None


def test_of_many_accounts_the_fewest_and_the_most_are_told() -> None:
    names = [f"shop{n % 7}" for n in range(110)] + ["harborroast"] * 60
    found = checked(posts(170, account=names))["enough"].found
    assert found == "posts to learn from: 7 accounts, from x shop5 9 to x shop4 10"
