"""Which conditions can't hold together."""

import pytest

from sharewise.engine.advice.conditions import parse_condition
from sharewise.engine.advice.exclusion import exclusive

_NUMBERS = ("media.count", "media.images", "links.count", "limit.images", "limit.media_items")
KINDS = dict.fromkeys(_NUMBERS, "number") | {"text.present": "truth", "text.body": "text"}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("links.count == 0", "links.count > 2", True),
        ("links.count == 0", "links.count >= 0", False),
        ("links.count < 2", "links.count >= 2", True),
        ("links.count <= 2", "links.count >= 2", False),
        ("links.count != 2", "links.count == 2", True),
        ("2 > links.count", "3 < links.count", True),
        ("media.count == 0", "media.images > 0", True),
        ("media.images == 0", "media.count > 0", False),
        ("media.count > limit.media_items", "media.count < 4", True),
        ("media.count > limit.media_items", "media.count < 10", False),
        ("media.images > limit.images", "links.count > 0", True),
        ("text.present", "not text.present", True),
        ("not (links.count > 1 or media.count > 1)", "media.count == 3", True),
        ("links.count > 1 or media.count > 1", "media.count == 0", False),
        ("matches(text.body, 'a')", "not matches(text.body, 'a')", False),
    ],
)
def test_exclusive(one: str, other: str, expected: bool) -> None:
    nodes = [parse_condition(text, KINDS) for text in (one, other)]
    # A platform that takes four media items and has no limit for images.
    assert exclusive(nodes, {"media_items": 4}) is expected
    assert exclusive(nodes[::-1], {"media_items": 4}) is expected


def test_a_limit_that_an_account_may_set_excludes_nothing() -> None:
    node = parse_condition("media.images > limit.images", KINDS)
    assert exclusive([node], {})
    assert not exclusive([node], {}, may_be_set=True)
    assert exclusive([node], {"images": 4}) is exclusive([node], {"images": 4}, may_be_set=True)
