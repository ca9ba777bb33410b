"""One batch of raw rows as interactions: every field read by its rule, every bad row rejected."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import polars as pl

from ...content.reading.cells import BadValueError, Cells, completed, without_placeholders
from ...content.reading.number_cells import count_cells
from ...content.reading.raw_cells import as_text
from ...content.reading.rejects import Reject, shown
from ...content.reading.tables import SourceNotes, Table
from ...content.reading.text_cells import text_cells
from ...content.reading.time_cells import TimeReader
from ..kinds import OTHER, kind_key, kind_names, kinds
from ..schema import INTERACTION_SCHEMA
from .columns import fields_of

_SCIENTIFIC = r"^[0-9](?:\.[0-9]+)?[eE]\+?[0-9]+$"
_MOODS = {"positive": 1.0, "pos": 1.0, "neutral": 0.0, "mixed": 0.0, "negative": -1.0, "neg": -1.0}
_EXACT = 2**53
KIND_TYPE = pl.Enum(list(kinds()))
"""Kinds while a file is read; each stands for its code."""


@dataclass
class BatchReader:
    """Reads the tables of one source; keeps what is told of the whole source."""

    notes: SourceNotes
    times: TimeReader
    unknown_kinds: Counter[str] = field(default_factory=Counter)
    mapped: dict[str, str] = field(default_factory=dict)
    unused: tuple[str, ...] = ()

    def read(self, table: Table) -> tuple[pl.DataFrame, list[Reject]]:
        """Return the interactions of a batch, kinds as `KIND_TYPE`, and its rows that are none."""
        fields = fields_of(table.cells.columns)
        self.mapped |= {theirs: ours for ours, theirs in fields.items()}
        used = set(fields.values())
        self.unused = tuple(name for name in table.cells.columns if name not in used)
        reading = _Batch(table, fields, self)
        values = reading.values()
        rows = table.cells.height
        columns = [
            values[name].alias(name) if name in values else pl.lit(None, dtype=kind).alias(name)
            for name, kind in INTERACTION_SCHEMA.items()
            if name not in ("file", "row")
        ]
        frame = pl.select(pl.int_range(rows).alias("_")).with_columns(columns).drop("_")
        frame = frame.with_columns(table.files.alias("file"), table.rows.alias("row"))
        if reading.faults:
            good = pl.repeat(True, rows, eager=True).scatter(list(reading.faults), False)
            frame = frame.filter(good)
        rejects = [
            Reject(table.files[at], table.rows[at], column, shown(value), reason)
            for at, (column, value, reason) in sorted(reading.faults.items())
        ]
        return frame, [*table.rejects, *rejects]


@dataclass
class _Batch:
    """One batch being read: the first fault of each row by its position."""

    table: Table
    fields: dict[str, str]
    reader: BatchReader
    faults: dict[int, tuple[str, object, str]] = field(default_factory=dict)

    def values(self) -> dict[str, pl.Series]:
        """Return the columns that the file has, by field."""
        read: dict[str, Callable[[pl.Series], Cells]] = {
            "from": self._handles,
            "to": self._handles,
            "kind": self._kinds,
            "at": self._times,
            "post": lambda column: text_cells(self._text(column)),
            "text": lambda column: text_cells(self._text(column), strip=False),
            "sentiment": _sentiment,
            "followers": lambda column: count_cells(self._number(column)),
        }
        values: dict[str, pl.Series] = {}
        for name, theirs in self.fields.items():
            column = self.table.cells[theirs]
            cells = read[name](column)
            self._note(column, cells.faults)
            values[name] = (
                cells.values if name == "kind" else cells.values.cast(INTERACTION_SCHEMA[name])
            )
        if "kind" not in values:
            self.reader.notes.warn("no column for the kind of interaction; all count as one kind")
            values["kind"] = pl.Series("kind", [OTHER], dtype=KIND_TYPE).new_from_index(
                0, self.table.cells.height
            )
        self._require(values)
        return values

    def _require(self, values: dict[str, pl.Series]) -> None:
        """Reject rows without a person, and those that say neither on whom nor on what."""
        for at in values["from"].is_null().arg_true().to_list():
            self.faults.setdefault(at, (self.fields["from"], "", "blank; write who acted"))
        given = [values[name].is_null() for name in ("to", "post") if name in values]
        nothing = given[0] if len(given) == 1 else given[0] & given[1]
        name = self.fields.get("to", self.fields.get("post", ""))
        for at in nothing.arg_true().to_list():
            self.faults.setdefault(at, (name, "", "blank; write on whom, or on which post"))

    def _handles(self, column: pl.Series) -> Cells:
        if column.dtype.is_float() and ((column.abs() > _EXACT).any()):
            reason = "an id as a fraction this large has lost digits; write ids as text"
            large = (column.abs() > _EXACT).fill_null(False).arg_true().to_list()
            return Cells(self._text(column), dict.fromkeys(large, reason))
        texts = self._text(column)
        if column.dtype != pl.String:
            return Cells(texts)
        texts = texts.set(texts == "", None) if (texts == "").any() else texts
        if not ((texts >= "0") & (texts < ":")).any():  # None begins with a digit.
            return Cells(texts)
        wrong = texts.str.contains(_SCIENTIFIC)
        if not wrong.any():
            return Cells(texts)
        reason = "an id in this form has lost digits; format the column as text and export again"
        return Cells(texts, dict.fromkeys(wrong.fill_null(False).arg_true().to_list(), reason))

    def _kinds(self, column: pl.Series) -> Cells:
        texts = self._text(column).fill_null("")
        spellings = texts.unique()
        # Each cell as the number of its spelling, so that every spelling is looked at once.
        written = texts.cast(pl.Enum(spellings)).to_physical().to_numpy()
        names, codes = kind_names(), {name: code for code, name in enumerate(kinds())}
        found = [names.get(kind_key(spelling)) for spelling in spellings]
        if None in found:
            counts = np.bincount(written, minlength=len(found))
            for spelling, kind, count in zip(spellings, found, counts, strict=True):
                if kind is None:
                    self.reader.unknown_kinds[spelling.strip()] += int(count)
        known = np.array([codes[kind or OTHER] for kind in found], dtype=np.uint8)
        return Cells(pl.Series(column.name, known[written]).cat.to(KIND_TYPE))

    def _times(self, column: pl.Series) -> Cells:
        epochs = _epochs(column)
        if epochs is not None:
            return epochs
        return self.reader.times.cells(column if column.dtype.is_temporal() else self._text(column))

    def _text(self, column: pl.Series) -> pl.Series:
        cells = as_text(column)
        self._note(column, cells.faults)
        return cells.values

    def _number(self, column: pl.Series) -> pl.Series:
        plain = column.dtype.is_numeric() and not column.dtype.is_decimal()
        return column if plain else self._text(column)

    def _note(self, column: pl.Series, faults: dict[int, str]) -> None:
        for at, reason in faults.items():
            self.faults.setdefault(at, (column.name, column[at], reason))


def _epochs(column: pl.Series) -> Cells | None:
    """Return times that are all whole numbers since 1970, in a unit that their size shows."""
    numbers = column
    if column.dtype == pl.String:
        sample = column.drop_nulls().head(50)
        if sample.is_empty() or not sample.str.contains(r"^\d{9,16}$").all():
            return None
        if not column.str.contains(r"^\d{9,16}$").all():
            return None
        numbers = column.cast(pl.Int64)
    elif column.dtype.is_float():
        numbers = column.fill_nan(None).cast(pl.Float64)
    elif column.dtype.is_integer():
        numbers = column.cast(pl.Int64, strict=False)
    else:
        return None
    largest = numbers.abs().max()
    if not isinstance(largest, int | float) or not 1e8 <= largest < 1e17:
        return None
    scale = 1_000_000 if largest < 1e11 else 1_000 if largest < 1e14 else 1
    return Cells(
        (numbers * scale).cast(pl.Int64).cast(pl.Datetime("us")).dt.replace_time_zone("UTC")
    )


def _sentiment(column: pl.Series) -> Cells:
    """Return numbers in [-1, 1]; words for moods are -1, 0 and 1."""
    if column.dtype.is_numeric():
        values = column.cast(pl.Float64).fill_nan(None)
        outside = (values.abs() > 1).fill_null(False).arg_true().to_list()
        return Cells(values, dict.fromkeys(outside, "not between -1 and 1"))
    texts = without_placeholders(as_text(column).values)
    unknown = texts.str.to_lowercase() == "nan"  # As pandas writes it.
    texts = texts.set(unknown, None) if unknown.any() else texts
    plain = texts.set(~texts.str.contains(r"^[+-]?(?:0?\.\d+|[01](?:\.0*)?)$"), None)
    return completed(texts, plain.cast(pl.Float64, strict=False), _mood)


def _mood(text: str) -> float:
    mood = _MOODS.get(text.strip().lower())
    if mood is None:
        try:
            mood = float(text)
        except ValueError:
            mood = 2.0
    if not -1 <= mood <= 1:
        raise BadValueError(f"{text[:60]!r} is no sentiment; write -1 to 1, or negative, positive")
    return mood
