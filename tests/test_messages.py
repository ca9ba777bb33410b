"""Advice templates: what they show of measured values."""

import re
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


@pytest.mark.parametrize(
    ("measure", "value", "expected"),
    [
        ("text.length", 1, "1 word is left"),
        ("text.length", 2.0, "2 words are left"),
        ("text.length", 0, "0 words are left"),
        ("text.length", None, "unknown words are left"),
        ("mentions.list", ["ada"], "@ada word is left"),
        ("mentions.list", ["ada", "ben"], "@ada, @ben words are left"),
    ],
)
def test_one_and_more_have_their_forms(measure: str, value: Any, expected: str) -> None:
    template = f"{{{measure}|# word|# words}} {{{measure}|is|are}} left"
    assert written(template, measure, value) == expected


def test_none_can_have_a_form_of_its_own() -> None:
    told = "{text.length|today|# day ago|# days ago}"
    shown = [written(told, "text.length", days) for days in (0, 1, 2)]
    assert shown == ["today", "1 day ago", "2 days ago"]


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("{text.length|words}", "1 forms; write two"),
        ("{text.length|a|b|c|d}", "4 forms"),
        ("{text.body|a|b}", "forms are for numbers and lists"),
        ("{text.lenght|a|b}", "text.lenght} is no measure"),
    ],
)
def test_wrong_forms_are_refused(template: str, said: str) -> None:
    with pytest.raises(TemplateError, match=re.escape(said)):
        parse_template(template, KINDS)


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
