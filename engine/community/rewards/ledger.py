"""The ledger: who was rewarded or held out, when, with what, why, and what they must disclose."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl

from ...advice.reports.json_text import json_text
from ...content.writing import write_beside
from ...errors import RewardsError
from ..schema import TIME

REWARD, HELD_OUT = "reward", "held out"
ROLES = (REWARD, HELD_OUT)
MAX_BYTES = 200_000_000

LEDGER_SCHEMA: dict[str, pl.DataType] = {
    "round": pl.String(),
    "at": TIME,
    "person": pl.String(),
    "role": pl.String(),
    "tier": pl.String(),
    "gift": pl.String(),
    "cost": pl.Float64(),
    "currency": pl.String(),
    "stratum": pl.Int64(),
    "rank": pl.Int64(),
    "score": pl.Float64(),
    "group": pl.String(),
    "reason": pl.String(),
    "disclosure": pl.String(),
    "disclosed": pl.Boolean(),
    "seed": pl.Int64(),
}
"""One row a person and round, JSON lines in the file.

``role`` is one of `ROLES`; ``tier``, ``gift``, ``cost``, ``disclosure`` are null for the held
out. ``stratum`` numbers the people of near ranks among whom the held out were drawn. ``at`` is
the newest interaction known then. ``disclosed`` is null until somebody has looked.
"""


def empty_ledger() -> pl.DataFrame:
    """Return a ledger without rows."""
    return pl.DataFrame(schema=LEDGER_SCHEMA)


def read_ledger(path: Path, *, needed: bool = False) -> pl.DataFrame:
    """Return the ledger as `LEDGER_SCHEMA`; empty where there is no such file, unless ``needed``.

    Raises
    ------
    RewardsError
        It can't be read, or a line is no entry; the message names the line. A ledger is never
        read in part: a reward that is overlooked would be given twice.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise RewardsError(f"{path}: larger than {MAX_BYTES:,} bytes")
        lines = path.read_text(encoding="utf-8").split("\n")
    except FileNotFoundError:
        if needed:
            raise RewardsError(
                f"{path}: no such ledger; `sharewise rewards assign` writes it"
            ) from None
        return empty_ledger()
    except (OSError, UnicodeDecodeError) as error:
        told = getattr(error, "strerror", None) or "not UTF-8"
        raise RewardsError(f"{path}: can't be read: {told}") from None
    entries = [
        _entry(line, f"{path}: line {number}")
        for number, line in enumerate(lines, 1)
        if line.strip()
    ]
    return pl.DataFrame(entries, schema=LEDGER_SCHEMA)


def write_ledger(ledger: pl.DataFrame, path: Path) -> None:
    """Write the whole ledger, or leave what is there as it is."""
    write_beside(path, "".join(f"{line}\n" for line in ledger_lines(ledger)).encode())


def ledger_lines(ledger: pl.DataFrame) -> list[str]:
    """Return the entries as JSON, times in ISO 8601, without the fields that are null."""
    lines = []
    for row in ledger.iter_rows(named=True):
        entry = {key: value for key, value in row.items() if value is not None}
        if "at" in entry:
            entry["at"] = entry["at"].astimezone(UTC).isoformat().replace("+00:00", "Z")
        lines.append(json_text(entry))
    return lines


def _entry(line: str, where: str) -> dict[str, Any]:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        raise RewardsError(f"{where}: not JSON; mend or delete the line") from None
    if not isinstance(data, dict) or not set(data) <= set(LEDGER_SCHEMA):
        raise RewardsError(f"{where}: no entry; allowed: {', '.join(LEDGER_SCHEMA)}")
    for key in ("round", "person", "at", "role"):
        if not isinstance(data.get(key), str):
            raise RewardsError(f"{where}: no {key}")
    if data["role"] not in ROLES:
        raise RewardsError(f"{where}: role {data['role'][:40]!r} is none of {', '.join(ROLES)}")
    for key, kind in LEDGER_SCHEMA.items():
        if not _fits(data.get(key), kind):
            raise RewardsError(f"{where}: {key} {str(data[key])[:40]!r} is no {_KINDS[kind]}")
    return {**data, "at": _time(data["at"], where)}


_KINDS = {
    pl.String(): "text",
    pl.Float64(): "number",
    pl.Int64(): "whole number",
    pl.Boolean(): "yes or no",
    TIME: "text",
}


def _fits(value: object, kind: pl.DataType) -> bool:
    if value is None:
        return True
    if kind == pl.Float64:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if kind == pl.Int64:
        return type(value) is int and abs(value) < 2**63
    if kind == pl.Boolean:
        return isinstance(value, bool)
    return isinstance(value, str)


def _time(text: str, where: str) -> datetime:
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        raise RewardsError(f"{where}: at {text[:40]!r} is no time like 2026-11-30T12:00Z") from None
    return read.replace(tzinfo=read.tzinfo or UTC).astimezone(UTC)
