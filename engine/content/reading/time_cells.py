"""Dates and times as people and tools write them, read as UTC."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import polars as pl

from ...errors import ReadError
from .cells import Cells, completed, without_placeholders
from .utc_seconds import utc_seconds
from .written_time import FIRST_YEAR, LAST_YEAR, day_or_month_first, parse_time

_UTC = pl.Datetime("us", "UTC")
# Layouts read without Python, tried in this order on what is still unread.
_ZONED = (
    *("%Y-%m-%d %H:%M:%S%.f%:z", "%Y-%m-%dT%H:%M:%S%.f%#z", "%Y-%m-%d %H:%M %z"),
    *("%Y-%m-%dT%H:%M%#z", "%a, %d %b %Y %H:%M:%S %z", "%a %b %d %H:%M:%S %z %Y"),
)
_NAIVE = (
    *("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M"),
    *("%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%d"),
)
_PROBED = 50
_FIRST, _LAST = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC), datetime(LAST_YEAR + 1, 1, 1, tzinfo=UTC)


@dataclass
class TimeReader:
    """How the times of one file are read; it learns the order of day and month as it goes.

    ``asked`` is the order said beforehand; then nothing is learned.
    """

    timezone: str = "UTC"
    asked: bool | None = None
    day_first: bool | None = None
    orders: Counter[bool] = field(default_factory=Counter)
    warnings: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse a time zone that isn't one."""
        try:
            ZoneInfo(self.timezone)
        except (KeyError, ValueError, OSError, TypeError):
            raise ReadError(
                f"{self.timezone!r} is not a time zone; write an IANA name such as Europe/Berlin"
            ) from None

    def cells(self, column: pl.Series, layouts: tuple[str, ...] = ()) -> Cells:
        """Return the times of a column in UTC; ``layouts`` are tried before the general ones.

        They are not where a value that they don't read proves another order of day and month.

        A time without a zone is one of `timezone`. 01/02/2026 is read by the order of day and
        month that other values of the file prove; without proof, or against it, it is a fault.
        """
        if column.dtype.is_temporal():
            return self._temporal(column)
        texts = without_placeholders(column.cast(pl.String))
        layouts = layouts if layouts and _fitting(texts, layouts) else ()
        zoned_layouts = (*(one for one in layouts if one.endswith("z")), *_ZONED)
        naive_layouts = (*(one for one in layouts if not one.endswith("z")), *_NAIVE)
        zoned = _by_layout(texts, utc_seconds(texts), zoned_layouts)
        unread = texts.set(zoned.is_not_null(), None)
        nothing = pl.Series(column.name, [None] * len(texts), dtype=pl.Datetime("us"))
        naive = _by_layout(unread, nothing, naive_layouts)
        if naive.null_count() < len(naive):
            self._warn_naive(texts, naive)
        values = self._placed(naive)
        values = values.zip_with(zoned.is_null(), zoned)
        self._learn_order(texts.filter(values.is_null() & texts.is_not_null()))
        return completed(texts, values, self._parse)

    def _temporal(self, column: pl.Series) -> Cells:
        if column.dtype == pl.Time or column.dtype == pl.Duration:
            reason = "a time of day, not a date; write 2026-12-01 09:00"
            at = column.is_not_null().arg_true().to_list()
            return Cells(
                pl.Series(column.name, [None] * len(column), dtype=_UTC), dict.fromkeys(at, reason)
            )
        if isinstance(column.dtype, pl.Datetime) and column.dtype.time_zone:
            values = column.dt.convert_time_zone("UTC").cast(_UTC)
        else:
            if column.null_count() < len(column):
                self._warn_zone()
            values = self._placed(column.cast(pl.Datetime("us")))
        values = _plausible(values)
        wrong = (column.is_not_null() & values.is_null()).arg_true().to_list()
        return Cells(values, {at: self._why_not(column, at) for at in wrong})

    def _why_not(self, column: pl.Series, at: int) -> str:
        return f"'{column[at]}' is no time in {self.timezone} between {FIRST_YEAR} and {LAST_YEAR}"

    def _placed(self, naive: pl.Series) -> pl.Series:
        placed = naive.dt.replace_time_zone(
            self.timezone, ambiguous="earliest", non_existent="null"
        )
        return _plausible(placed.dt.convert_time_zone("UTC"))

    def _parse(self, text: str) -> object:
        found = parse_time(text, ZoneInfo(self.timezone), self.day_first)
        if not found.zoned:
            self._warn_zone()
        return found.at

    def _warn_naive(self, texts: pl.Series, naive: pl.Series) -> None:
        self._warn_zone()
        if not texts.filter(naive.is_not_null()).str.contains(":", literal=True).all():
            self.warnings["date"] = "dates without a time of day were read as midnight"

    def _warn_zone(self) -> None:
        self.warnings["zone"] = (
            f"times without a zone were read in {self.timezone}; "
            "--timezone names another, or write 2026-12-01T09:00+01:00"
        )

    def _learn_order(self, unread: pl.Series) -> None:
        for text in unread.unique(maintain_order=True).to_list():
            order = day_or_month_first(text)
            if order is not None:
                self.orders[order] += 1
        learned = next(iter(self.orders)) if len(self.orders) == 1 else None
        self.day_first = learned if self.asked is None else self.asked
        if self.day_first is not None:
            order_name = "day/month/year" if self.day_first else "month/day/year"
            self.warnings["order"] = f"dates with slashes were read as {order_name}"


def combined(days: pl.Series, times: pl.Series) -> pl.Series:
    """Return date and time of day in one text; a date that has a time already stays."""
    day, time = days.cast(pl.String), times.cast(pl.String)
    return (
        pl.DataFrame({"day": day, "time": time})
        .select(
            pl.when(pl.col("day").str.contains(":") | pl.col("time").is_null())
            .then("day")
            .otherwise(pl.concat_str("day", "time", separator=" "))
        )
        .to_series()
        .alias(days.name)
    )


def _by_layout(texts: pl.Series, values: pl.Series, layouts: tuple[str, ...]) -> pl.Series:
    """Fill the values with what the layouts read, skipping layouts that a probe shows unused."""
    unread = texts.set(values.is_not_null(), None)
    probe = unread.drop_nulls().head(_PROBED)
    for layout in layouts:
        if probe.is_empty():
            break
        if probe.str.to_datetime(layout, time_unit="us", strict=False).null_count() == len(probe):
            continue
        read = unread.str.to_datetime(layout, time_unit="us", strict=False).cast(values.dtype)
        values = values.zip_with(values.is_not_null(), read)
        unread = unread.set(values.is_not_null(), None)
        probe = unread.drop_nulls().head(_PROBED)
    return values


def _fitting(texts: pl.Series, layouts: tuple[str, ...]) -> bool:
    """Return whether no value that the layouts don't read tells the order of day and month."""
    unread = texts
    for layout in layouts:
        read = unread.str.to_datetime(layout, time_unit="us", strict=False)
        unread = unread.filter(read.is_null())
    return all(day_or_month_first(text) is None for text in unread.drop_nulls().unique())


def _plausible(times: pl.Series) -> pl.Series:
    outside = ~times.is_between(_FIRST, _LAST, closed="left")
    return times.set(outside.fill_null(False), None) if outside.any() else times
