"""Advice templates: what they show of measured values."""

from typing import Any

import polars as pl
import pytest

from sharewise.engine.advice.messages import (
    Placeholder,
    TemplateError,
    message_expression,
    parse_template,
    template_measures,
)

KINDS = {
    "text.length": "number", "limit.text": "number", "text.body": "text", "time.known": "truth",
    "hashtags.uncased": "texts", "mentions.list": "texts", "links.list": "texts",
    "media.image_bytes": "number", "limit.text_bytes": "number", "calendar.gap_minutes": "number",
}  # fmt: skip


def written(template: str, measure: str, value: Any) -> str:
    types = {"number": pl.Float64(), "text": pl.String(), "truth": pl.Boolean()}
    dtype = types.get(KINDS[measure], pl.List(pl.String()))
    frame = pl.DataFrame({measure: [value]}, schema={measure: dtype})
    expression = message_expression(parse_template(template, KINDS))
    return str(frame.select(expression.alias("m"))["m"].item())


@pytest.mark.parametrize(
    ("measure", "value", "expected"),
    [
        ("text.length", 281, "281"),
        ("text.length", 25_000.0, "25000"),
        ("text.length", -3, "-3"),
        ("text.length", 1.914, "1.91"),
        ("text.length", 0.5, "0.5"),
        ("text.length", 2.999, "3"),
        ("text.length", None, "unknown"),
        ("text.length", float("inf"), "inf"),
        ("media.image_bytes", 999, "999 bytes"),
        ("media.image_bytes", 5_000_000, "5 MB"),
        ("media.image_bytes", 5_200_000, "5.2 MB"),
        # Rounded up, so that more than a limit never reads as the limit.
        ("media.image_bytes", 5_000_001, "5.1 MB"),
        ("media.image_bytes", 1_500, "1.5 kB"),
        ("media.image_bytes", 4_000_000_000, "4 GB"),
        ("media.image_bytes", None, "unknown"),
        ("calendar.gap_minutes", 119.0, "119 minutes"),
        ("calendar.gap_minutes", 120.0, "2 hours"),
        ("calendar.gap_minutes", 525.0, "8.8 hours"),
        ("calendar.gap_minutes", None, "unknown"),
        ("limit.text_bytes", 3_000, "3000"),
        ("time.known", True, "yes"),
        ("time.known", False, "no"),
        ("time.known", None, "unknown"),
        ("text.body", "a\nb\x1b[31m", "a b [31m"),
        ("text.body", "a" * 81, "a" * 80 + "…"),
        ("text.body", None, "unknown"),
        ("hashtags.uncased", ["newblend", "freshroast"], "#newblend, #freshroast"),
        ("mentions.list", ["anna"], "@anna"),
        ("links.list", list("abcde"), "a, b, c, d, e"),
        ("links.list", list("abcdef"), "a, b, c, d, e …"),
        ("links.list", [], ""),
        ("links.list", None, "unknown"),
    ],
)
def test_value(measure: str, value: Any, expected: str) -> None:
    assert written(f"<{{{measure}}}>", measure, value) == f"<{expected}>"


def test_braces_and_plain_text() -> None:
    assert written("{{{text.length}}} of 100 %", "text.length", 7) == "{7} of 100 %"


def test_parts_and_measures() -> None:
    template = parse_template("{text.length} of {limit.text}", KINDS)
    assert template == (
        Placeholder("text.length", "number"),
        " of ",
        Placeholder("limit.text", "number"),
    )
    assert template_measures(template) == {"text.length", "limit.text"}


@pytest.mark.parametrize(
    ("template", "told"),
    [
        ("{text.lenght}", "{text.lenght} is no measure; did you mean 'text.length'"),
        ("{}", "{} is no measure"),
        ("{text.length - limit.text}", "is no measure"),
        ("{text.length:>9}", "is no measure"),
        ("{text.length", "a single '{'"),
        ("text.length}", "a single '}'"),
    ],
)
def test_refused(template: str, told: str) -> None:
    with pytest.raises(TemplateError, match=told):
        parse_template(template, KINDS)
