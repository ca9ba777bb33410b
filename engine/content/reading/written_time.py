"""One written time: the layouts people use, and what to write when it can't be told."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime

from .cells import BadValueError

FIRST_YEAR, LAST_YEAR = 1990, 2100
"""Earlier and later years are typing errors: no platform posts in them."""

_INSTEAD = "write 2026-12-01 09:00"
_ISO = re.compile(
    r"\d{4}-\d\d?-\d\d?(?:[T ]\s*(?:\d\d?(?::\d\d|\s*[ap]\.?m).*|noon|midnight))?"
    r"|\d{8}T\d{4,6}.*",
    re.I,
)
_NAMED_HOURS = {"noon": "12:00", "midnight": "00:00"}
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d\d?)[/.](\d\d?)(?:[,T ]\s*(.+))?")
_NUMERIC = re.compile(r"(\d{1,2})([/.\-])(\d{1,2})\2(\d{4})(?:[,T ]\s*(.+))?")
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_DAY_NAME = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+)?"
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_REST = r"(?P<year>\d{4})(?:,?\s+(?:at\s+)?(?P<rest>.+))?"
_MONTH_NAMED = (
    re.compile(rf"{_DAY_NAME}{_MONTH}\s+(?P<day>\d\d?)(?:st|nd|rd|th)?,?\s+{_REST}", re.I),
    re.compile(rf"{_DAY_NAME}(?P<day>\d\d?)(?:st|nd|rd|th)?\.?[\s-]+{_MONTH},?[\s-]+{_REST}", re.I),
)
_STAMP = re.compile(
    rf"{_DAY_NAME}{_MONTH}\s+(?P<day>\d\d?)\s+(?P<rest>\d\d:\d\d:\d\d\s+\S+)\s+(?P<year>\d{{4}})",
    re.I,
)
_CLOCK = re.compile(
    r"(?P<h>\d\d?):(?P<m>\d\d)(?::(?P<s>\d\d)(?:[.,](?P<f>\d{1,9}))?)?\s*(?P<half>[ap]\.?m\.?)?"
    r"\s*(?P<zone>z|utc|gmt|(?:(?:utc|gmt)\s*)?[+-]\d\d?:?(?:\d\d)?)?|(?P<h12>\d\d?)\s*(?P<half12>[ap]\.?m\.?)",
    re.I,
)
_EPOCH = re.compile(r"(?P<seconds>\d{9,10})(?P<fraction>\.\d+)?|(?P<milliseconds>\d{12,13})")


@dataclass(frozen=True)
class WrittenTime:
    """A time in UTC, and whether it was written with its zone."""

    at: datetime
    zoned: bool


def parse_time(text: str, zone: tzinfo, day_first: bool | None = None) -> WrittenTime:
    """Return the time a text says; one without a zone is in ``zone``.

    Parameters
    ----------
    day_first : the order of day and month in 01/02/2026; None when nothing proves it

    Raises
    ------
    BadValueError
        No date, an impossible or ambiguous one, a year no platform posts in, or an hour that
        the zone skips when its clocks go forward.
    """
    bare = " ".join(text.split())
    if len(bare) > 60:
        raise _no_date(text)
    try:
        found = _read(bare, day_first)
    except (ValueError, OverflowError) as error:
        if isinstance(error, BadValueError):
            raise
        raise _no_date(text) from None
    if found is None:
        raise _no_date(text)
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise BadValueError(
            f"{text!r} is in the year {found.year}; years {FIRST_YEAR} to {LAST_YEAR} are read"
        )
    if found.tzinfo is not None:
        return WrittenTime(found.astimezone(UTC), zoned=True)
    at = found.replace(tzinfo=zone).astimezone(UTC)
    if at.astimezone(zone).replace(tzinfo=None) != found:
        raise BadValueError(
            f"{text!r} does not exist in {zone}: its clocks go forward then; write another hour"
        )
    return WrittenTime(at, zoned=False)


def day_or_month_first(text: str) -> bool | None:
    """Return True when a date with slashes proves day first, False month first, None neither."""
    match = _NUMERIC.fullmatch(" ".join(text.split()))
    if not match or match[2] == ".":
        return None
    first, second = int(match[1]), int(match[3])
    if first > 12 and 1 <= second <= 12:
        return True
    if second > 12 and 1 <= first <= 12:
        return False
    return None


def _read(text: str, day_first: bool | None) -> datetime | None:
    if epoch := _EPOCH.fullmatch(text):
        seconds = float(epoch["seconds"] or 0) + float(epoch["fraction"] or 0)
        return datetime.fromtimestamp(seconds + int(epoch["milliseconds"] or 0) / 1000, UTC)
    if _ISO.fullmatch(text):
        day, *clock = re.split("[Tt ]", text, maxsplit=1)
        if "-" not in day:
            return datetime.fromisoformat(text)
        year, month, number = (int(part) for part in day.split("-"))
        return _at(year, month, number, clock[0] if clock else None)
    if match := _YEAR_FIRST.fullmatch(text):
        return _at(int(match[1]), int(match[2]), int(match[3]), match[4])
    if match := _NUMERIC.fullmatch(text):
        day_number, month_number = _ordered(match, text, day_first)
        return _at(int(match[4]), month_number, day_number, match[5])
    for layout in (*_MONTH_NAMED, _STAMP):
        if match := layout.fullmatch(text):
            month = _MONTHS.index(match["month"].lower()) + 1
            return _at(int(match["year"]), month, int(match["day"]), match["rest"])
    return parsedate_to_datetime(text) if re.match(r"[A-Za-z]{3},? ?\d", text) else None


def _ordered(match: re.Match[str], text: str, day_first: bool | None) -> tuple[int, int]:
    first, second = int(match[1]), int(match[3])
    if match[2] == "." or first > 12:
        return first, second
    if second > 12:
        return second, first
    if first == second or day_first:
        return first, second
    if day_first is False:
        return second, first
    raise BadValueError(
        f"{text!r} can be two dates, and no other date of the file tells which; "
        f"{_INSTEAD}, or say --dates day-first or month-first"
    )


def _at(year: int, month: int, day: int, clock: str | None) -> datetime:
    if not clock:
        return datetime(year, month, day)
    match = _CLOCK.fullmatch(_NAMED_HOURS.get(clock.strip().lower(), clock.strip()))
    if not match:
        raise ValueError(clock)
    hour = int(match["h"] or match["h12"])
    half = (match["half"] or match["half12"] or "").lower()[:1]
    if half:
        if not 1 <= hour <= 12:
            raise ValueError(clock)
        hour = hour % 12 + (12 if half == "p" else 0)
    fraction = int((match["f"] or "0").ljust(6, "0")[:6])
    second = int(match["s"] or 0)
    return datetime(
        year, month, day, hour, int(match["m"] or 0), second, fraction, _zone(match["zone"])
    )


def _zone(text: str | None) -> timezone | None:
    if not text:
        return None
    offset = text.lower().removeprefix("utc").removeprefix("gmt").strip().replace(":", "")
    if offset in ("", "z"):
        return UTC
    digits = offset[1:] if len(offset) > 3 else offset[1:].zfill(2) + "00"
    digits = digits.zfill(4)
    minutes = int(digits[:2]) * 60 + int(digits[2:])
    if minutes > 15 * 60 or int(digits[2:]) > 59:
        raise ValueError(text)
    return timezone(timedelta(minutes=-minutes if offset[0] == "-" else minutes))


def _no_date(text: str) -> BadValueError:
    short = text if len(text) <= 60 else text[:60] + "…"
    if _CLOCK.fullmatch(short) or short.lower() in _NAMED_HOURS:
        return BadValueError(f"{short!r} is a time of day without a date; {_INSTEAD}")
    day, _, clock = short.partition(" ")
    if clock and _ISO.fullmatch(day):
        return BadValueError(f"{clock!r} is not a time of day; write 09:00")
    return BadValueError(f"{short!r} is not a date; {_INSTEAD}")
