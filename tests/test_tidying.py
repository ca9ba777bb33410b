"""The same text without what disturbs."""

import pytest

from sharewise.engine.content.text.tidying import (
    plain_letters,
    tidy_spaces,
    unescape,
    without_invisible,
)


@pytest.mark.parametrize(
    ("text", "tidy"),
    [
        ("two  spaces", "two spaces"),
        ("  around \n", "around"),
        ("end  \nnext", "end\nnext"),
        ("a\n\n\n\nb", "a\n\nb"),
        ("a\r\n\r\n\r\nb", "a\r\n\r\nb"),
        ("a\n \n \nb", "a\n\nb"),
        ("list:\n  indented", "list:\n  indented"),
        ("fine as it is\n\nyes", "fine as it is\n\nyes"),
    ],
)
def test_spaces(text: str, tidy: str) -> None:
    assert tidy_spaces(text) == tidy
    assert tidy_spaces(tidy) == tidy


def test_invisible_characters_go_where_they_do_nothing() -> None:
    assert without_invisible("a\u200bb\u202ec") == "abc"
    assert without_invisible("👨‍👩‍👧 می‌خواهم") == "👨‍👩‍👧 می‌خواهم"


def test_letters_become_ordinary() -> None:
    assert plain_letters("𝐁𝐨𝐥𝐝 𝓈𝒸 ＡＢ é") == "Bold sc AB é"


def test_codes_become_characters() -> None:
    assert unescape("Beans &amp; brew &lt;3 &quot;yes&quot; &#39;") == 'Beans & brew <3 "yes" \''
    assert unescape("https://example.com/?a=1&lang=en&copy=2") == (
        "https://example.com/?a=1&lang=en&copy=2"
    )
