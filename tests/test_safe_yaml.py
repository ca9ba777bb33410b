"""Reading YAML safely."""

import pytest

from sharewise.engine.content.safe_yaml import MAX_DEPTH, YamlError, line_of, load_yaml


def test_plain_values() -> None:
    assert load_yaml("a: 1\nb: [x, 2.5, true, null]\n") == {"a": 1, "b": ["x", 2.5, True, None]}


def test_alias_bomb_is_refused() -> None:
    bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
    with pytest.raises(YamlError, match="alias") as caught:
        load_yaml(bomb)
    assert caught.value.line == 2


def test_ampersand_and_star_in_plain_text_are_no_aliases() -> None:
    assert load_yaml("a: R & D *really*\nb: 'x &y'\n") == {"a": "R & D *really*", "b": "x &y"}


@pytest.mark.parametrize("depth", [MAX_DEPTH + 1, 900, 20_000])
def test_deep_nesting_is_refused(depth: int) -> None:
    with pytest.raises(YamlError):
        load_yaml("[" * depth + "]" * depth)


def test_python_tags_are_refused() -> None:
    with pytest.raises(YamlError):
        load_yaml("!!python/object/apply:os.system ['true']")


def test_key_twice_names_the_second_line() -> None:
    with pytest.raises(YamlError, match="'a' stands twice") as caught:
        load_yaml("a: 1\nb: 2\na: 3\n")
    assert caught.value.line == 3


def test_syntax_error_names_its_line() -> None:
    with pytest.raises(YamlError) as caught:
        load_yaml("a: 1\nb: [1, 2\nc: 3\n")
    assert caught.value.line == 3


def test_too_long_is_refused() -> None:
    with pytest.raises(YamlError, match="at most"):
        load_yaml("#" * 4_000_001)


def test_impossible_date_is_an_error_not_a_crash() -> None:
    with pytest.raises(YamlError):
        load_yaml("a: 2026-13-45")


def test_line_of_follows_keys_and_positions() -> None:
    text = "rules:\n  - id: A\n    when: [x]\n  - id: B\n    when: [y]\n"
    assert line_of(text, ["rules", 1, "when"]) == 5
    assert line_of(text, ["rules", 0]) == 2
    assert line_of(text, ["rules", 7, "when"]) == 1
