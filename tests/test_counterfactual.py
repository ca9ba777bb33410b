"""The smallest set of fixes: exact, verified, and a clear word where it can't be."""

from collections.abc import Mapping
from itertools import combinations
from typing import Any

import polars as pl
import pytest

from sharewise.engine.advice.fixes.candidates import FixContexts
from sharewise.engine.advice.fixes.offering import offer
from sharewise.engine.advice.fixes.registry import FIX_ORDER, FIXES
from sharewise.engine.advice.fixes.trials import found_alone
from sharewise.engine.advice.recommending import Adviser, adviser
from sharewise.engine.advice.tailoring import counterfactual
from sharewise.engine.advice.tailoring.counterfactual import (
    closest_solution,
    closest_solutions,
    said,
    smallest_solution,
)
from sharewise.engine.content.changed_posts import as_frame, with_changes
from sharewise.engine.settings import Brand, Settings

SETTINGS = Settings(brand=Brand("Harbor Roast", ("harborroast",), ("harborroast.example.com",)))
SENTENCE = "We roast on Mondays and taste on Tuesdays. "


@pytest.fixture(scope="module")
def using() -> Adviser:
    return adviser(None, SETTINGS)


def smallest_fixes(
    post: Mapping[str, Any], platform: str, using: Adviser, level: str = "error"
) -> tuple[str, ...] | None:
    found = smallest_solution(post, platform, using, level)
    return None if found is None else tuple(dict.fromkeys(step.fix for step in found.steps))


def on(platform: str, frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(pl.lit([platform], pl.List(pl.String)).alias("platforms"))


def rules_left(post: Mapping[str, Any], platform: str, using: Adviser, *levels: str) -> set[str]:
    found = found_alone(on(platform, as_frame([post])), using)
    return set(found.filter(pl.col("severity").is_in(levels))["rule"])


def test_nothing_to_fix_needs_no_fix(using: Adviser) -> None:
    assert smallest_fixes({"text": "We roast on Mondays."}, "x", using) == ()


def test_a_text_over_the_limit_needs_one_fix(using: Adviser) -> None:
    post = {"text": SENTENCE * 8 + "#newblendlaunch"}  # 359 characters on X, which takes 280
    found = smallest_solution(post, "x", using)
    assert found is not None
    assert [step.fix for step in found.steps] == ["thread"]
    assert found.steps[0].rules == ("LEN101", "LEN102")
    assert len(found.posts) == 2
    for piece in found.posts:
        assert rules_left(piece, "x", using, "error") == set()


def test_the_level_decides(using: Adviser) -> None:
    post = {"text": "Our new blend is here #newblendlaunch"}
    assert smallest_fixes(post, "x", using, "error") == ()
    assert smallest_fixes(post, "x", using, "warning") == ("camel_case_hashtags",)


def test_no_set_suffices(using: Adviser) -> None:
    post = {"text": "Two cups, one table."}  # Instagram takes no post without a picture
    assert rules_left(post, "instagram", using, "error") == {"MED101"}
    assert smallest_fixes(post, "instagram", using) is None
    closest = closest_solution(post, "instagram", using)
    assert (closest.steps, closest.left) == ((), ("MED101",))
    assert closest.posts[0]["text"] == post["text"]


def test_what_can_be_fixed_is_when_not_all_can(using: Adviser) -> None:
    post = {"text": "Bitter cup? Read this: https://bit.ly/hr-brew"}
    assert rules_left(post, "reddit", using, "error") == {"LNK103", "PLT102"}
    assert smallest_fixes(post, "reddit", using) is None
    closest = closest_solution(post, "reddit", using)
    assert [step.fix for step in closest.steps] == ["add_title"]
    assert closest.left == ("LNK103",)


POSTS: list[tuple[str, dict[str, Any]]] = [
    ("x", {"text": "NEW BLEND TODAY!!! #newblendlaunch #newblendlaunch https://example.com"}),
    ("x", {"text": SENTENCE * 7 + "#one #two #coffeelover http://example.com/a"}),
    ("instagram", {"text": "Cup. https://example.com", "media": [{"kind": "image"}],
                   "hashtags": ["coffeelover", "coffeelover", "latteart"]}),
    ("linkedin", {"text": "𝗕𝗼𝗹𝗱 news: WE ARE OPEN AGAIN AND HAPPY!!! #openagain"}),
    ("bluesky", {"text": SENTENCE * 8, "rewarded": True}),
]  # fmt: skip


@pytest.mark.parametrize("level", ["error", "warning", "suggestion"])
@pytest.mark.parametrize(("platform", "post"), POSTS, ids=[name for name, _ in POSTS])
def test_no_smaller_set_of_offered_fixes_does_it(
    platform: str, post: dict[str, Any], level: str, using: Adviser
) -> None:
    """Every smaller set of offered edits, put together here by hand, leaves a finding."""
    levels = ("error", "warning", "suggestion")[
        : ("error", "warning", "suggestion").index(level) + 1
    ]
    found = smallest_solution(post, platform, using, level)
    if found is not None:
        for piece in found.posts:
            assert rules_left(piece, platform, using, *levels) == set()
    frame = as_frame([post])
    findings = found_alone(on(platform, frame), using)
    offers = offer(frame, findings, using)
    edits = {
        (fix, changes): rule
        for fix, rule, changes in offers.select("fix", "rule", "changes").iter_rows()
        if changes is not None
    }
    limits = {row["rule"]: row["limit"] for row in findings.to_dicts()}
    contexts = FixContexts(using, {})
    smaller = len(found.steps) if found is not None else len(edits) + 1
    for size in range(1, smaller):
        for chosen in combinations(edits, size):
            made = dict(frame.row(0, named=True))
            for fix, changes in sorted(chosen, key=lambda one: FIX_ORDER[one[0]]):
                rule = edits[fix, changes]
                context = contexts.of(made, platform, rule, limits[rule])
                made |= FIXES[fix](made, context) or {}
            assert rules_left(made, platform, using, *levels)


def test_a_solution_says_what_each_step_changed(using: Adviser) -> None:
    post = {"text": "Our new blend is here #newblendlaunch"}
    found = smallest_solution(post, "x", using, "warning")
    assert found is not None
    frame = as_frame([post])
    for step in found.steps:
        frame = with_changes(frame, {0: dict(step.changes)})
        assert step.safety == "safe"
    assert frame["text"][0] == found.posts[0]["text"] == "Our new blend is here #NewBlendLaunch"


def test_the_post_is_not_changed(using: Adviser) -> None:
    post = {"text": SENTENCE * 8, "hashtags": ["newblendlaunch"]}
    before = {
        name: list(value) if isinstance(value, list) else value for name, value in post.items()
    }
    smallest_solution(post, "x", using, "warning")
    assert post == before


MANY = {
    "id": "many",
    "text": "BIG NEWS FROM OUR ROASTERY  &amp; friends 𝐛𝐞𝐚𝐧𝐬 #newblendlaunch #coffeelover "
    "#coffeelover bit.ly/hr http://harborroast.example.com/?UTM_Source=X "
    + SENTENCE * 7
    + "#a #b #c #viral #fyp ☕☕☕☕☕☕☕☕ @a @b @c @d @e @f @g @h @i @j @k",
}


def test_what_is_found_within_the_runs_is_the_smallest_of_many(using: Adviser) -> None:
    (found,) = closest_solutions([MANY], ["x"], using, "error")
    frame = on("x", as_frame([MANY]))
    offered = offer(frame, found_alone(frame, using), using)
    assert offered.select("fix", "changes").n_unique() > 12
    assert (found.left, found.tried) == ((), None)
    assert [step.fix for step in found.steps] == ["thread"]


def test_where_the_runs_do_not_suffice_it_is_said(
    using: Adviser, monkeypatch: pytest.MonkeyPatch
) -> None:
    post = {"text": "Our  new blend &amp; beans #newblendlaunch #coffeelover"}
    (whole,) = closest_solutions([post], ["x"], using, "suggestion")
    count = len(whole.steps)
    assert whole.tried is None
    assert count > 1
    monkeypatch.setattr(counterfactual, "MOST_RUNS", 5)
    (part,) = closest_solutions([post], ["x"], using, "suggestion")
    assert part.tried == 1
    assert len(part.left) <= len(whole.left)
    assert "all sets of up to 1 fixes were tried" in (said(part) or "")
    for piece in part.posts:
        assert len(rules_left(piece, "x", using, "error", "warning", "suggestion")) == (
            len(part.left)
        )
