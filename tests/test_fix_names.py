"""The closed list of fixes."""

from sharewise.engine.advice.fix_names import FIX_NAMES, OPPOSING, safety_of


def test_safety_is_that_of_the_least_safe() -> None:
    assert safety_of(()) is None
    assert safety_of(("camel_case_hashtags", "tidy_spaces")) == "safe"
    assert safety_of(("camel_case_hashtags", "shorten")) == "unsafe"


def test_what_only_a_person_can_do_has_no_safety() -> None:
    assert safety_of(("expand_link",)) == "person"
    assert safety_of(("drop_media", "split_media")) == "unsafe"
    assert safety_of(("expand_link", "add_utm")) == "safe"


def test_opposing_fixes_exist() -> None:
    assert {name for pair in OPPOSING for name in pair} <= FIX_NAMES.keys()
    assert {safety for safety, _ in FIX_NAMES.values()} == {"safe", "unsafe", "person"}
