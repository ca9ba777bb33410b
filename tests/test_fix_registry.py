"""The fixes a machine can do, and those that need a person, are together all fixes."""

import json
from collections import defaultdict

import polars as pl
import pytest

from sharewise.engine.advice.example_posts import ExamplePost, example_posts
from sharewise.engine.advice.example_trials import example_frame
from sharewise.engine.advice.fix_names import FIX_NAMES, PERSON, SAFE, UNSAFE
from sharewise.engine.advice.fixes.offering import offer
from sharewise.engine.advice.fixes.registry import FIX_ORDER, FIXES, MACHINE_FIXES, SPLITS
from sharewise.engine.advice.recommending import adviser
from sharewise.engine.advice.rulebook import load_rulebook
from sharewise.engine.content.platforms import platform_names
from sharewise.engine.content.reading import from_frame
from sharewise.engine.settings import settings_from_table

FOR_A_PERSON = {
    *("hook_first", "add_link", "expand_link", "add_captions"),
    *("add_media", "split_media", "resize_image", "crop_image", "trim_video", "compress_video"),
    *("add_cover", "add_text", "add_board", "add_flair", "add_community"),
    *("add_question", "drop_bait", "more_options", "reschedule", "link_series"),
}
NOT_BY_MACHINE = {
    ("CAL120", "link_to_comment"): "fixes are tried on a post without its neighbours",
    ("DIS108", "add_label"): "no column says that the platform's AI label is on",
    ("LNK301", "add_utm"): "the example names no campaign, and none is made up",
    ("LNK302", "add_utm"): "the example names no own domain: the link may be another's",
    ("PLT105", "add_label"): "who a film is made for is for a person to say",
    ("PLT106", "drop_media"): "poll or media: a person has to choose",
    ("TAG107", "drop_tags"): "the example has one tag, too long alone",
    ("TXT109", "drop_exclamations"): "the example shouts a word besides",
}
RULEBOOK = load_rulebook()
FIRING = [example for example in example_posts(RULEBOOK) if example.fires]


def test_every_name_is_a_machines_or_a_persons() -> None:
    assert FIX_NAMES.keys() == MACHINE_FIXES | FOR_A_PERSON
    assert not MACHINE_FIXES & FOR_A_PERSON
    assert not FIXES.keys() & SPLITS.keys()


def test_every_safe_fix_is_a_machines() -> None:
    assert {name for name, (safety, _) in FIX_NAMES.items() if safety == SAFE} <= MACHINE_FIXES


def test_safe_fixes_are_tried_first() -> None:
    order = sorted(FIX_ORDER, key=FIX_ORDER.__getitem__)
    safeties = [FIX_NAMES[name][0] for name in order]
    assert safeties == sorted(safeties, key=[SAFE, UNSAFE, PERSON].index)


def test_what_is_a_persons_is_said_to_be() -> None:
    assert {name for name, (safety, _) in FIX_NAMES.items() if safety == PERSON} == FOR_A_PERSON


def test_every_fix_is_named_by_a_rule() -> None:
    assert FIX_NAMES.keys() == {fix for rule in RULEBOOK.rules for fix in rule.fix}


@pytest.fixture(scope="module")
def offered() -> set[tuple[str, str]]:
    """The rules and fixes for which at least one of the rule's own examples gets an offer."""
    groups: dict[str, list[ExamplePost]] = defaultdict(list)
    for example in FIRING:
        groups[json.dumps(example.settings)].append(example)
    found: set[tuple[str, str]] = set()
    for settings, examples in groups.items():
        using = adviser(None, settings_from_table(json.loads(settings), "example"))
        posts = from_frame(example_frame(examples), platform_names=platform_names()).posts
        offers = offer(posts, using.findings(posts), using)
        own = offers.filter(pl.col("post").str.starts_with(pl.col("rule") + "-"))
        found |= set(own.select("rule", "fix").iter_rows())
    return found


PAIRS = sorted(
    {(one.rule.id, fix) for one in FIRING for fix in one.rule.fix if fix in MACHINE_FIXES}
)


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_a_rules_example_gets_the_fix_it_names(
    pair: tuple[str, str], offered: set[tuple[str, str]]
) -> None:
    assert (pair in offered) is (pair not in NOT_BY_MACHINE)


def test_exceptions_are_still_needed() -> None:
    assert NOT_BY_MACHINE.keys() <= set(PAIRS)
