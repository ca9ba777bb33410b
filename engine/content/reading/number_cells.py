"""Counts, sizes and durations as spreadsheets write them: 1,204 · 1.2K · 12.0 · 3.4 MB · 1:30."""

import math
import re
from decimal import Decimal

import polars as pl

from .cells import BadValueError, Cells, completed, without_placeholders

_LARGEST = 2**53
_GROUPED = re.compile(r"\d{1,3}(?:[,\u00a0\u202f '’]\d{3})+(?:\.\d+)?|\d{1,3}(?:\.\d{3}){2,}")
_PLAIN = re.compile(r"\d+(?:\.\d*)?|\.\d+")
_NUMBER = re.compile(r"-?\d+(?:\.0*)?")
_SCALED = re.compile(r"(?P<number>\d+(?:\.\d+)?)\s?(?P<unit>[KkMmBb])")
_CLOCK = re.compile(r"(?:(?P<h>\d{1,2}):)?(?P<m>\d{1,3}):(?P<s>[0-5]\d(?:\.\d+)?)")
_SIZE = re.compile(r"(?P<number>\d+(?:\.\d+)?)\s?(?P<unit>[kKMG]i?B|[bB]ytes|B)")
_SCALES = {"k": 10**3, "m": 10**6, "b": 10**9}
_UNITS = {"bytes": 1, "b": 1, "kb": 10**3, "mb": 10**6, "gb": 10**9}
_BINARY_UNITS = {"kib": 2**10, "mib": 2**20, "gib": 2**30}


def count_cells(column: pl.Series, smallest: int = 0) -> Cells:
    """Return whole numbers from text or numeric cells; blank and ``-`` are null.

    A negative, infinite, fractional or unreadable number is a fault.
    """
    if column.dtype.is_integer():
        return _checked(column.cast(pl.Int64, strict=False), column, smallest)
    if column.dtype.is_float():
        whole = column.is_finite() & (column == column.round()) & (column.abs() <= _LARGEST)
        read = column.set(~whole, None).cast(pl.Int64)
        return _checked(read, column, smallest)
    plain = column.str.contains(r"^[0-9]{1,15}$")
    clean = plain.all()
    texts = column if clean else without_placeholders(column)
    values = (column if clean else texts.set(~plain.fill_null(False), None)).cast(pl.Int64)
    if smallest > 0:
        values = values.set(values < smallest, None)
    return completed(texts, values, lambda text: parse_count(text, smallest))


def seconds_cells(column: pl.Series) -> Cells:
    """Return durations in seconds from numbers or ``m:ss``; 0 and blank are null."""
    if column.dtype.is_numeric():
        numbers = column.cast(pl.Float64)
        read = numbers.set(~(numbers.is_finite() & (numbers >= 0)), None)
        return _unknown_when_zero(_checked_floats(read, column))
    texts = without_placeholders(column)
    values = texts.set(~texts.str.contains(r"^\d{1,9}(\.\d+)?$"), None).cast(pl.Float64)
    return _unknown_when_zero(completed(texts, values, parse_seconds))


def size_cells(column: pl.Series) -> Cells:
    """Return sizes in bytes from numbers or ``3.4 MB`` (MB = 1,000,000, MiB = 1,048,576)."""
    if column.dtype.is_numeric():
        return count_cells(column, smallest=1)
    texts = without_placeholders(column)
    values = texts.set(~texts.str.contains(r"^[1-9]\d{0,14}$"), None).cast(pl.Int64)
    return completed(texts, values, parse_size)


def parse_count(text: str, smallest: int = 0) -> int:
    """Return the whole number a text says, as people and tools write it."""
    bare = text.strip()
    scaled = _SCALED.fullmatch(bare)
    if scaled:
        value = Decimal(scaled["number"]) * _SCALES[scaled["unit"].lower()]
    elif _GROUPED.fullmatch(bare):
        groups = bare.replace(".", "") if bare.count(".") > 1 else bare
        value = Decimal(re.sub(r"[,\u00a0\u202f '’]", "", groups))
    elif _PLAIN.fullmatch(bare) and bare.isascii():
        value = Decimal(bare)
    else:
        raise BadValueError(_not_a_count(text, smallest))
    if value != value.to_integral_value():
        raise BadValueError(f"{_quoted(text)} is not a whole number; write it without a fraction")
    if not smallest <= value <= _LARGEST:
        raise BadValueError(_not_a_count(text, smallest))
    return int(value)


def parse_seconds(text: str) -> float:
    """Return a duration in seconds from ``90``, ``90.5``, ``90s``, ``1:30`` or ``0:01:30``."""
    bare = text.strip().removesuffix("s").strip()
    clock = _CLOCK.fullmatch(bare)
    if clock:
        return int(clock["h"] or 0) * 3600 + int(clock["m"]) * 60 + float(clock["s"])
    if not (_PLAIN.fullmatch(bare) and bare.isascii() and len(bare) <= 15):
        raise BadValueError(f"{_quoted(text)} is not a duration; write seconds, as in 90 or 1:30")
    return float(bare)


def parse_size(text: str) -> int:
    """Return a size in bytes from ``3400000``, ``3.4 MB`` or ``3 MiB``."""
    size = _SIZE.fullmatch(text.strip())
    if not size:
        return parse_count(text, smallest=1)
    unit = size["unit"].lower()
    value = Decimal(size["number"]) * (_UNITS.get(unit) or _BINARY_UNITS[unit])
    if not 1 <= value <= _LARGEST:
        raise BadValueError(_not_a_count(text, 1))
    return int(value)


def _checked(read: pl.Series, given: pl.Series, smallest: int) -> Cells:
    read = read.set((read < smallest).fill_null(False), None)
    wrong = (given.is_not_null() & read.is_null()).arg_true().to_list()
    return Cells(read, {at: _not_a_count(given[at], smallest) for at in wrong})


def _checked_floats(read: pl.Series, given: pl.Series) -> Cells:
    wrong = (given.is_not_null() & read.is_null()).arg_true().to_list()
    return Cells(read, {at: f"{given[at]} is not a duration; write seconds" for at in wrong})


def _unknown_when_zero(cells: Cells) -> Cells:
    return Cells(cells.values.set((cells.values == 0).fill_null(False), None), cells.faults)


def _not_a_count(value: object, smallest: int) -> str:
    if isinstance(value, float) and not math.isfinite(value):
        return f"{value} is not a number; leave the cell empty where nothing is known"
    fault = "out of range" if _NUMBER.fullmatch(str(value).strip()) else "not a number"
    least = "0 or more" if smallest == 0 else f"{smallest} or more"
    return f"{_quoted(value)} is {fault}; write a whole number, {least}, as in 1204"


def _quoted(value: object) -> str:
    text = str(value)
    return repr(text if len(text) <= 60 else text[:60] + "…") if isinstance(value, str) else text
