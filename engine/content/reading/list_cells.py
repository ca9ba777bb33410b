"""Cells that hold several values: links, hashtags, platforms, tags, poll options, suppressions."""

import json
import re
from typing import Any

import polars as pl

from ..schema import IGNORE_TYPE
from .cells import BadValueError, Cells, completed, stripped

_TEXTS = pl.List(pl.String)
_LINK = r"(?i)^(?:https?://[^\s/]\S*|mailto:\S+|tel:\S+|[^\s:/.]\S*\.[^\s.]\S*)$"
_ONE_LINK = r"^https?://[^\s/,;|][^\s,;|]*$"
_RULE = re.compile(r"[A-Z]{3}\d{0,3}")
NO_REASON = "no reason given"


def list_cells(column: pl.Series, separators: str, removed: str = "") -> Cells:
    """Return lists from lists, from JSON arrays, or from text with separators; blank is null.

    Parameters
    ----------
    separators : characters of a regular expression's class that part the values
    removed : characters taken off both ends of each value
    """
    if isinstance(column.dtype, pl.List):
        return Cells(_tidied(column.cast(_TEXTS), removed))
    texts = stripped(column.cast(pl.String))
    plain = texts.set(texts.str.starts_with("["), None)
    parted = plain.str.replace_all(f"[{separators}]", "\n").str.split("\n")
    return completed(texts, _tidied(parted, removed), lambda text: _from_json(text, removed))


def hashtag_cells(column: pl.Series) -> Cells:
    """Return hashtags without ``#`` from ``#one #two``, ``one, two`` or a list."""
    if isinstance(column.dtype, pl.List):
        return Cells(_tidied(column.cast(_TEXTS), "#＃"))
    return list_cells(column, r"\s,;#＃", "#＃")


def tag_cells(column: pl.Series) -> Cells:
    """Return tags from a list or from text parted by commas, or by bars where it has any."""
    return _parted_by_first_of(column, ("|", ";", ","), "\"'#")


def poll_cells(column: pl.Series) -> Cells:
    """Return poll options from a list or from text parted by bars, semicolons or commas."""
    return _parted_by_first_of(column, ("|", ";", ","), "")


def link_cells(column: pl.Series) -> Cells:
    """Return links from a list or from text parted by white space, commas or semicolons.

    A value that is no address (no host with a dot, a scheme that is not http, https, mailto
    or tel) is a fault.
    """
    if isinstance(column.dtype, pl.List):
        return _links_checked(list_cells(column, r"\s"))
    texts = stripped(column.cast(pl.String))
    single = texts.str.contains(_ONE_LINK).fill_null(False)
    alone = pl.DataFrame({"link": texts}).select(pl.concat_list("link")).to_series()
    alone = alone.set(~single, None).alias(column.name)
    rest = texts.set(single, None)
    if rest.null_count() == len(rest):
        return Cells(alone)
    lines = (
        rest.str.replace_all(r"[,;|]*\s+", "\n")
        .str.replace_all(r"[,;|]+(https?://)", "\n$1")
        .str.strip_chars_end(",;|")
    )
    split = lines.set(rest.str.starts_with("["), None).str.split("\n")
    read = _links_checked(completed(rest, _tidied(split, ""), lambda text: _from_json(text, "")))
    return Cells(read.values.zip_with(~single, alone), read.faults)


def _links_checked(read: Cells) -> Cells:
    fine = read.values.list.eval(pl.element().str.contains(_LINK)).list.all()
    wrong = (~fine).fill_null(False).arg_true().to_list()
    faults = {at: _not_a_link(read.values[at]) for at in wrong}
    return Cells(read.values, {**faults, **read.faults})


def ignore_cells(column: pl.Series) -> Cells:
    """Return suppressions from ``LNK201: campaign; TAG104`` or a list of rule and reason."""
    if column.dtype == IGNORE_TYPE:
        return Cells(column)
    texts = stripped(column.cast(pl.String))
    nothing = pl.Series(column.name, [None] * len(texts), dtype=IGNORE_TYPE)
    return completed(texts, nothing, parse_ignore)


def parse_ignore(text: str) -> list[dict[str, str]]:
    """Return ``{rule, reason}`` for each suppression; the reason is never empty."""
    if text.startswith(("[", "{")):
        entries = _json(text)
        pairs = [_pair(entry) for entry in (entries if isinstance(entries, list) else [entries])]
    else:
        parts = [part.partition(":") for part in re.split(r"[;\n]", text) if part.strip()]
        pairs = [(rule.strip(), reason.strip()) for rule, _, reason in parts]
    for rule, _ in pairs:
        if not _RULE.fullmatch(rule):
            raise BadValueError(
                f"{rule[:60]!r} is not a rule; write LNK201: reason; TAG104: reason"
            )
    return [{"rule": rule, "reason": reason or NO_REASON} for rule, reason in pairs]


def _pair(entry: object) -> tuple[str, str]:
    if isinstance(entry, dict):
        return str(entry.get("rule") or "").strip(), str(entry.get("reason") or "").strip()
    rule, _, reason = str(entry).partition(":")
    return rule.strip(), reason.strip()


def _parted_by_first_of(column: pl.Series, separators: tuple[str, ...], removed: str) -> Cells:
    if isinstance(column.dtype, pl.List):
        return Cells(_tidied(column.cast(_TEXTS), removed))
    texts = stripped(column.cast(pl.String))
    plain = texts.set(texts.str.starts_with("["), None)
    parting = pl.lit("\n")
    for separator in reversed(separators):
        has = pl.col("text").str.contains(separator, literal=True)
        parting = pl.when(has).then(pl.lit(separator)).otherwise(parting)
    parted = pl.DataFrame({"text": plain}).select(pl.col("text").str.split(parting)).to_series()
    return completed(
        texts, _tidied(parted.alias(column.name), removed), lambda text: _from_json(text, removed)
    )


def _tidied(lists: pl.Series, removed: str) -> pl.Series:
    value = pl.element().str.strip_chars()
    if removed:
        value = value.str.strip_chars(removed).str.strip_chars()
    tidy = lists.list.eval(value.filter(value.str.len_bytes() > 0))
    return tidy.set(tidy.list.len() == 0, None)


def _from_json(text: str, removed: str) -> list[str] | None:
    values = _json(text)
    if not isinstance(values, list) or any(isinstance(one, list | dict) for one in values):
        raise BadValueError(f"{text[:60]!r} is not a list of texts")
    cleaned = [
        _scalar(one).strip().strip(removed or " ").strip() for one in values if one is not None
    ]
    return [one for one in cleaned if one] or None


def _scalar(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise BadValueError(f"{text[:60]!r} starts like JSON and is not") from None


def _not_a_link(links: pl.Series) -> str:
    fine = links.str.contains(_LINK)
    wrong = links.filter(~fine)[0]
    return f"{str(wrong)[:60]!r} is not a link; write https://example.com/page"
