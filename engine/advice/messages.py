"""Advice templates: ``{text.length} of {limit.text}`` with the measured values in it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from .condition_nodes import NUMBER, TEXT, TEXTS, TRUTH
from .did_you_mean import did_you_mean

SHOWN_IN_LIST = 5
SHOWN_OF_TEXT = 80
UNKNOWN = "unknown"

_PLACEHOLDER = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
_CONTROLS = r"[\x00-\x1f\x7f-\x9f\u2028\u2029]"
_SIGNS = {"hashtags": "#", "mentions": "@"}
_BYTES = (("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000))


class TemplateError(ValueError):
    """A template that is wrong; the message says what, and what is allowed."""


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A measure to show in a message.

    ``forms`` are what to write for one and for more, or for none, one and more; ``#`` in them is
    the measure itself, and a list counts its elements. Empty: the measure alone.
    """

    measure: str
    kind: str
    forms: tuple[str, ...] = ()


Template = tuple[str | Placeholder, ...]


def parse_template(text: str, kinds: Mapping[str, str]) -> Template:
    """Split a template into plain texts and placeholders; ``{{`` and ``}}`` are braces.

    ``{media.without_alt|# image|# images}`` has a form for one and one for more;
    ``{calendar.gap_days|today|# day|# days}`` one for none as well.

    Raises
    ------
    TemplateError
        A placeholder that is no measure (arithmetic is not allowed), or a single brace.
    """
    parts: list[str | Placeholder] = []
    plain, end = "", 0
    for found in _PLACEHOLDER.finditer(text):
        plain += text[end : found.start()]
        end = found.end()
        name, *forms = found.group(1).split("|") if found.group(1) is not None else (None,)
        if found.group() in ("{{", "}}"):
            plain += found.group()[0]
        elif name is None:
            raise TemplateError(f"a single {found.group()!r}; write {found.group() * 2!r}")
        elif name not in kinds:
            raise TemplateError(f"{{{name}}} is no measure{did_you_mean(name, kinds)}")
        else:
            placeholder = Placeholder(name, kinds[name], _forms(found.group(), forms, kinds[name]))
            parts += [plain, placeholder] if plain else [placeholder]
            plain = ""
    plain += text[end:]
    return (*parts, plain) if plain else tuple(parts)


def _forms(written: str, forms: list[str], kind: str) -> tuple[str, ...]:
    if forms and kind not in (NUMBER, TEXTS):
        raise TemplateError(f"{written}: forms are for numbers and lists")
    if len(forms) not in (0, 2, 3):
        raise TemplateError(f"{written}: {len(forms)} forms; write two (one|more) or three")
    return tuple(forms)


def template_measures(template: Template) -> frozenset[str]:
    """Return the measures that a template shows."""
    return frozenset(part.measure for part in template if isinstance(part, Placeholder))


@lru_cache(maxsize=2048)
def message_expression(template: Template) -> pl.Expr:
    """Return the expression that writes the message, never null, on one line.

    Numbers have at most two decimals and no trailing ``.0``; ``*_bytes`` are written as
    5.2 MB, rounded up, ``*_minutes`` as 45 minutes or 8.8 hours; lists
    show their first 5; null is ``unknown``.
    """
    parts = [pl.lit(part) if isinstance(part, str) else _told(part) for part in template]
    return pl.concat_str(parts) if parts else pl.lit("")


def number_text(value: pl.Expr) -> pl.Expr:
    """Return a number as text: at most two decimals, no trailing zeros, null stays null."""
    rounded = value.cast(pl.Float64).round(2)
    whole = rounded == rounded.floor()
    small = whole & (rounded.abs() < 1e15)
    return (
        pl.when(small)
        .then(rounded.cast(pl.Int64, strict=False).cast(pl.String))
        .otherwise(rounded.cast(pl.String))
    )


def one_line(text: pl.Expr) -> pl.Expr:
    """Return the text with each control character and line break as a space."""
    return text.str.replace_all(_CONTROLS, " ")


def _told(part: Placeholder) -> pl.Expr:
    shown = _shown(part).fill_null(UNKNOWN)
    if not part.forms:
        return shown
    *none, one, more = (pl.concat_str(_with_value(form, shown)) for form in part.forms)
    column = pl.col(part.measure)
    count = column.list.len() if part.kind == TEXTS else column
    told = pl.when(count == 1).then(one).otherwise(more)
    return pl.when(count == 0).then(none[0]).otherwise(told) if none else told


def _with_value(form: str, shown: pl.Expr) -> list[pl.Expr]:
    """Return the pieces of a form, the measure in the place of each ``#``."""
    pieces = [shown] * (2 * form.count("#") + 1)
    pieces[::2] = [pl.lit(piece) for piece in form.split("#")]
    return pieces


def _shown(part: Placeholder) -> pl.Expr:
    column = pl.col(part.measure)
    if part.kind == TRUTH:
        return pl.when(column).then(pl.lit("yes")).when(~column).then(pl.lit("no"))
    if part.kind == TEXT:
        return one_line(_shortened(column))
    if part.kind == TEXTS:
        return _list_text(column, _SIGNS.get(part.measure.partition(".")[0], ""))
    assert part.kind == NUMBER  # noqa: S101 - the four kinds
    if part.measure.endswith("_minutes"):
        return _time_text(column)
    return _bytes_text(column) if _is_size(part.measure) else number_text(column)


def _time_text(minutes: pl.Expr) -> pl.Expr:
    hours = pl.format("{} hours", number_text((minutes / 60).round(1)))
    return (
        pl.when(minutes < 120).then(pl.format("{} minutes", number_text(minutes))).otherwise(hours)
    )


def _is_size(measure: str) -> bool:
    return measure.endswith("_bytes") and measure != "limit.text_bytes"


def _bytes_text(column: pl.Expr) -> pl.Expr:
    size = column.cast(pl.Int64, strict=False)
    written = pl.format("{} bytes", size)
    for unit, factor in reversed(_BYTES):
        tenths = (size + (factor // 10 - 1)) // (factor // 10)
        amount = (
            pl.when(tenths % 10 == 0)
            .then((tenths // 10).cast(pl.String))
            .otherwise(pl.format("{}.{}", tenths // 10, tenths % 10))
        )
        written = pl.when(size >= factor).then(pl.format("{} " + unit, amount)).otherwise(written)
    return written


def _shortened(column: pl.Expr) -> pl.Expr:
    long = column.str.len_chars() > SHOWN_OF_TEXT
    return pl.when(long).then(column.str.head(SHOWN_OF_TEXT) + "…").otherwise(column)


def _list_text(column: pl.Expr, sign: str) -> pl.Expr:
    element = one_line(_shortened(pl.element()))
    shown = column.list.head(SHOWN_IN_LIST).list.eval(pl.lit(sign) + element).list.join(", ")
    return pl.when(column.list.len() > SHOWN_IN_LIST).then(shown + " …").otherwise(shown)
