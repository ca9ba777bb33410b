"""Platform and topic files are checked to the last key; errors name file and line."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sharewise.engine.content.platform_files import read_file
from sharewise.engine.content.platform_reading import read_platform, read_topic
from sharewise.engine.content.platforms import Platform
from sharewise.engine.errors import PlatformError

SMALL = """\
platform: x
name: X
kind: network
post: {body: text, links: append, hashtags: append, title: none}
count: weighted
link_cost: 23
facts:
  text.max:
    limits: {text: 280}
    value: 280
    unit: weighted characters
    kind: hard-limit
    scope: api
    confidence: high
    statement: So long.
    source: {title: A page, address: null, year: 2021}
    checked: 2026-11-22
mentions: name
"""


def read_x(data: dict[str, Any]) -> Platform:
    return read_platform(data, "x")


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("    kind: hard-limit", "    kind: rule", 12, "'rule' is none of hard-limit"),
        ("confidence: high", "confidence: sure", 14, "'sure' is none of high, medium, low"),
        ("scope: api", "scope: web", 13, "'web' is none of api"),
        ("unit: w", "units: w", 11, "unknown key 'units'"),
        ("    statement: So long.\n", "", 8, "no statement"),
        ("statement: So long.", "statement: ''", 15, "a text is needed"),
        ("{text: 280}", "{texts: 280}", 9, "'texts' is no limit"),
        ("{text: 280}", "{text: .inf}", 9, "not a finite number"),
        ("{text: 280}", "{text: -1}", 9, "not a finite number"),
        ("{text: 280}", "{text: true}", 9, "a number is needed"),
        ("{text: 280}", "[text]", 9, "a mapping is needed"),
        ("value: 280", "value: [1, .nan]", 10, "nan is not finite"),
        ("year: 2021", "year: '2021'", 16, "'2021' is no year"),
        ("year: 2021", "year: 21", 16, "21 is no year"),
        ("year: 2021", "year: true", 16, "True is no year"),
        (", year: 2021", "", 16, "no year; write null"),
        ("title: A page", "titel: A page", 16, "unknown key 'titel'"),
        ("2026-11-22", "yesterday", 17, "'yesterday' is no day"),
        ("2026-11-22", "2026-11-22T10:00:00", 17, "is no day"),
        ("kind: network", "kind: shop", 3, "'shop' is none of news, video, network"),
        ("count: weighted", "count: words", 5, "'words' is none of weighted"),
        ("link_cost: 23", "link_cost: 0", 6, "0 is no length"),
        ("body: text, ", "", 4, "the keys body, links, hashtags, title"),
        ("links: append", "links: drop", 4, "'drop' is none of append, attach"),
        ("platform: x", "platform: y", 1, "'y' is none of x"),
        ("name: X\n", "", 1, "no name"),
        ("facts:\n", "facts: []\nmore:\n", 8, "unknown key 'more'"),
        ("kind: hard-limit", "kind: convention\n    no_rule: 3", 13, "a text is needed"),
        ("facts:\n", "facts: [\n", 9, "expected"),
    ],
)
def test_wrong_data_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, message: str
) -> None:
    assert SMALL.count(old) == 1
    path = tmp_path / "x.yaml"
    path.write_text(SMALL.replace(old, new))
    with pytest.raises(PlatformError, match=message) as caught:
        read_file(path, read_x)
    assert str(caught.value).startswith(f"{path}:{line}: ")


def test_small_file_is_right_as_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(SMALL)
    assert read_file(path, read_x).limits["text"].value == 280


@pytest.mark.parametrize(
    ("write", "message"),
    [
        (lambda path: None, "can't be read"),
        (lambda path: path.write_bytes(b"\xff\xfe\x00"), "can't be read"),
        (lambda path: path.write_text(""), "found nothing, a mapping is needed"),
        (lambda path: path.write_text("platform: x\nfacts: {}\n"), "no name"),
        (lambda path: path.write_text(f"a: &a [x]\n{SMALL}b: *a\n"), "alias"),
    ],
)
def test_unreadable_file_is_an_error(
    tmp_path: Path, write: Callable[[Path], None], message: str
) -> None:
    path = tmp_path / "x.yaml"
    write(path)
    with pytest.raises(PlatformError, match=message):
        read_file(path, read_x)


def test_topics_give_no_limits(tmp_path: Path) -> None:
    path = tmp_path / "utm.yaml"
    facts = SMALL.split("facts:\n")[1].replace("mentions: name\n", "")
    path.write_text(f"topic: utm\nfacts:\n{facts}")
    with pytest.raises(PlatformError, match=r"utm\.yaml:4: limits are for platforms"):
        read_file(path, lambda data: read_topic(data, "utm"))
