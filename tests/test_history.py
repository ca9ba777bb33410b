"""Histories: targets by hand, and every post either learned from or named with its reason."""

from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sharewise.engine.content.changed_posts import as_frame
from sharewise.engine.errors import HistoryError
from sharewise.engine.ranking.engagement import engagement, named_weights
from sharewise.engine.ranking.history import CLIP, prepare_history

START = datetime(2026, 1, 1, 9, tzinfo=UTC)
NOW = datetime(2026, 11, 1, tzinfo=UTC)


def post(day: float, **fields: Any) -> dict[str, Any]:
    known = {"published_at": START + timedelta(days=day), "platforms": ["x"], "account": "hr"}
    return {"text": f"post of day {day}", "likes": 3, **known, **fields}


def left_out(*posts: dict[str, Any], **asked: Any) -> list[str]:
    found = prepare_history(as_frame(posts), now=NOW, **asked)
    assert found.frame.height + found.left_out.height == found.rows == len(posts)
    return found.left_out["reason"].to_list()


def test_the_target_is_log1p_less_the_running_median() -> None:
    likes = [0, 1, 3, 7, 15, 31, 0, 0]
    posts = [post(day, likes=count) for day, count in enumerate(likes)]
    found = prepare_history(as_frame(posts), now=NOW, min_age_hours=0)
    # medians of the log1p before: of 5 posts ln 4, of 6 (ln 4 + ln 8) / 2, of 7 ln 4
    wanted = [np.log(32) - np.log(4), -np.log(np.sqrt(32)), -np.log(4)]
    assert found.frame["index"].to_list() == [5, 6, 7]
    assert found.frame["target"].to_list() == pytest.approx(np.clip(wanted, -CLIP, CLIP))


def test_the_median_looks_at_fifty_posts() -> None:
    likes = [1000] * 20 + [1] * 50 + [3]
    posts = [post(day / 10, likes=count) for day, count in enumerate(likes)]
    found = prepare_history(as_frame(posts), now=NOW, min_age_hours=0)
    assert found.frame["target"][-1] == pytest.approx(np.log(2))


def test_accounts_and_platforms_stand_alone() -> None:
    posts = [post(day, account=name) for day in range(7) for name in ("a", "b")]
    posts += [post(day, account="a", platforms=["facebook"]) for day in range(7)]
    found = prepare_history(as_frame(posts), now=NOW, min_age_hours=0)
    counted = found.frame.group_by("platform", "account", maintain_order=True).len().rows()
    assert counted == [("facebook", "a", 2), ("x", "a", 2), ("x", "b", 2)]


def test_every_post_left_out_has_its_reason() -> None:
    assert left_out(post(0, published_at=None)) == ["no time of publishing"]
    assert left_out(post(0, platforms=None)) == ["names no platform"]
    assert left_out(post(0, platforms=["x", "facebook"]))[0].startswith("names several")
    assert left_out(post(0, likes=None), post(1))[0] == "no outcome that counts"
    assert left_out(post(0, likes=-1)) == ["a negative outcome"]
    assert left_out(post(0, published_at=datetime(1905, 1, 1, tzinfo=UTC)))[0].startswith(
        "published before 2008"
    )
    assert left_out(post(0, published_at=NOW + timedelta(1))) == ["published in the future"]
    assert "less than 48 hours" in left_out(post(0))[0]
    assert left_out(post(0), min_age_hours=0)[0].startswith("among the first five")


def test_of_duplicates_the_first_stays() -> None:
    posts = [post(0, id="a"), post(0, id="a", text="other"), post(0, id="b", text="post of day 0")]
    reasons = left_out(*posts, post(9), min_age_hours=0)
    assert [reason.startswith("a duplicate") for reason in reasons] == [False, True, True, False]


def test_a_platform_for_posts_that_name_none() -> None:
    assert left_out(post(0, platforms=None), platform="x", min_age_hours=0)[0].startswith("among")


def test_no_outcomes_is_an_error_that_names_what_is_needed() -> None:
    posts = as_frame([post(0, likes=None, impressions=5)])
    with pytest.raises(HistoryError, match="it has impressions; needed: reactions, likes"):
        prepare_history(posts)
    with pytest.raises(HistoryError, match="no posts"):
        prepare_history(posts.clear())


def test_likes_count_only_where_reactions_are_not_known() -> None:
    posts = as_frame([post(0, likes=3, reactions=5, comments=2, shares=1), post(1, reposts=4)])
    assert posts.select(engagement()).to_series().to_list() == [8, 7]


def test_weights_have_names_or_are_given() -> None:
    posts = as_frame([post(0, likes=3, comments=2, shares=1)])
    assert posts.select(engagement("sharing")).item() == 3 + 2 * 2 + 5
    assert posts.select(engagement({"comments": 10})).item() == 20
    assert set(named_weights()) == {"all", "sharing", "applause", "conversation", "shares"}


@pytest.mark.parametrize("wrong", ["loud", {"likes": 1}, {"shares": -1}, {"shares": 0}, {}])
def test_wrong_weights_are_refused(wrong: Any) -> None:
    with pytest.raises(HistoryError, match="weights"):
        engagement(wrong)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 10**9)), min_size=1, max_size=30))
def test_targets_are_finite_and_clipped(rows: list[tuple[int, int]]) -> None:
    posts = [post(day, likes=likes, text=f"{at}") for at, (day, likes) in enumerate(rows)]
    found = prepare_history(as_frame(posts), now=NOW)
    assert found.frame.height + found.left_out.height == len(posts)
    assert found.frame["target"].is_finite().all()
    assert (found.frame["target"].abs() <= CLIP).all()
