"""Where findings point: code points, not bytes."""

import polars as pl
import pytest

from sharewise.engine.advice.marks import mark_expressions
from sharewise.engine.advice.rule import Mark


@pytest.mark.parametrize(
    ("mark", "kind", "text", "words", "expected"),
    [
        (Mark("(?i)tag a friend"), None, "é 👩‍👩‍👧 Tag a Friend", None, (8, 20)),
        (Mark(r"\bfree\b"), None, "carefree and free", None, (13, 17)),
        (Mark("^b"), None, "a\nb", None, None),
        (Mark("x*"), None, "abc", None, None),
        (Mark("(a)(b)"), None, "zab", None, (1, 3)),
        (Mark("a"), None, None, None, None),
        (Mark(None, "hashtags.list"), "texts", "ñ #newblend", ["newblend", "x"], (2, 11)),
        (Mark(None, "hashtags.list"), "texts", "none here", ["newblend"], None),
        (Mark(None, "mentions.list"), "texts", "hi @anna", ["anna"], (3, 8)),
        (Mark(None, "links.list"), "texts", "a http://b.c/?x=(1", ["http://b.c/?x=(1"], (2, 18)),
        (Mark(None, "links.list"), "texts", "a", [], None),
        (Mark(None, "links.list"), "texts", "a", None, None),
        (
            Mark("^http:", "links.list"),
            "texts",
            "https://a http://b",
            ["https://a", "http://b"],
            (10, 18),
        ),
        (Mark(None, "text.first_line"), "text", "a.b\nc", "a.b", (0, 3)),
        (None, None, "abc", None, None),
    ],
)
def test_place(
    mark: Mark | None, kind: str | None, text: str | None, words: object,
    expected: tuple[int, int] | None,
) -> None:  # fmt: skip
    schema: dict[str, pl.DataType] = {"text.body": pl.String()}
    if mark is not None and mark.measure:
        schema[mark.measure] = pl.String() if kind == "text" else pl.List(pl.String())
    frame = pl.DataFrame(
        {name: [text if name == "text.body" else words] for name in schema}, schema
    )
    start, end = mark_expressions(mark, kind)
    found = frame.with_columns(start.alias("start"), end.alias("end")).select("start", "end").row(0)
    assert found == (expected or (None, None))
    if text is not None and expected and mark is not None and mark.measure is None:
        assert mark.pattern is not None
        assert text[slice(*expected)].lower() in text.lower()
