"""From raw rows to posts: every field read by its own rule, every bad row with its reason."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import polars as pl

from ..schema import IGNORE_TYPE, OUTCOMES, POST_SCHEMA
from .cells import Cells
from .column_names import (
    HOLDS_POST,
    WHEN,
    WHEN_TIME,
    ColumnMap,
    goal_names,
    map_columns,
    type_names,
)
from .duplicate_ids import REPEATED, SeenIds
from .export_rows import implied, posts_alone, told
from .list_cells import hashtag_cells, ignore_cells, link_cells, list_cells, poll_cells, tag_cells
from .media_cells import OF_KIND, OF_ONE, media_cells
from .number_cells import count_cells
from .post_files import FileReading, PostFiles
from .raw_cells import as_text, carried, nul_faults
from .rejects import Reject, rejects_frame, shown
from .tables import SourceNotes, Table
from .text_cells import choice_cells, flag_cells, platform_cells, text_cells
from .time_cells import TimeReader, combined

_LISTS: dict[str, Callable[[pl.Series], Cells]] = {
    "links": link_cells,
    "hashtags": hashtag_cells,
    "tags": tag_cells,
    "poll": poll_cells,
    "ignore": ignore_cells,
}
_FLAGS = ("lists_media", "rewarded", "made_for_kids", "ai_generated", "paid_partnership")
_MEDIA = ("media", *OF_KIND, *OF_ONE)


@dataclass
class PostReader:
    """Reads the tables of one source; keeps what later batches must know of earlier ones."""

    notes: SourceNotes
    times: TimeReader
    platform_names: Mapping[str, str] | None = None
    seen: SeenIds = field(default_factory=SeenIds)

    def posts(self, table: Table) -> PostFiles:
        """Return the posts of a batch and the rows that are none, ``rows = kept + rejected``."""
        columns = map_columns(table.cells.columns)
        if columns.export is not None:
            table = posts_alone(table, columns.export, columns.fields.values(), self.notes)
            self.notes.warn(told(columns.export))
        read = _Reading(table.cells, columns, self.times, self.notes, self.platform_names)
        values = read.fields()
        faults = read.faults
        if columns.export is not None:
            values = implied(values, table.cells, columns.export)
            if not any(name in columns.fields for name in ("media", *OF_KIND)):
                values.setdefault("lists_media", _all_false(len(table.rows)))
        for at in _empty_rows(values, len(table.rows)):
            faults.setdefault(
                at, ("", "", "nothing to post: no text, title, description, link or media")
            )
        frame = _frame(values, table, columns)
        kept = pl.Series([at not in faults for at in range(len(table.rows))], dtype=pl.Boolean)
        positions = kept.arg_true()
        ids = frame["id"].gather(positions)
        for at in self.seen.repeated(ids):
            place = positions[at]
            faults[place] = (read.source("id"), ids[at], REPEATED)
        if len(faults) > len(kept) - len(positions):
            kept = pl.Series([at not in faults for at in range(len(kept))], dtype=pl.Boolean)
        rejects = [
            Reject(table.files[at], table.rows[at], column, shown(value), reason)
            for at, (column, value, reason) in faults.items()
        ]
        return self._reading(frame.filter(kept), [*table.rejects, *rejects], table, columns)

    def _reading(
        self, posts: pl.DataFrame, rejects: list[Reject], table: Table, columns: ColumnMap
    ) -> PostFiles:
        rejects.sort(key=lambda reject: (reject.file, reject.row))
        warnings = (*self.notes.warnings, *self.times.warnings.values(), *columns.warnings)
        entry = FileReading(
            self.notes.name,
            table.height,
            posts.height,
            len(rejects),
            columns.shown(),
            tuple(columns.unknown.values()),
            warnings,
            self.notes.encoding,
        )
        return PostFiles(posts, rejects_frame(rejects), (entry,))


class _Reading:
    """One batch being read: the values by field, the first fault of each row."""

    def __init__(
        self,
        cells: pl.DataFrame,
        columns: ColumnMap,
        times: TimeReader,
        notes: SourceNotes,
        platform_names: Mapping[str, str] | None,
    ) -> None:
        self.cells = cells
        self.columns = columns
        self.times = times
        self.notes = notes
        self.platform_names = platform_names
        self.faults: dict[int, tuple[str, object, str]] = {}
        lists = {columns.fields.get(name) for name in (*_LISTS, "platforms", "media", *OF_KIND)}
        for column in cells:
            faults = nul_faults(column, nested=column.name in lists)
            self._note(column.name, column, faults)

    def source(self, field: str) -> str:
        """Return the column that a field is read from, the field itself where none is."""
        return self.columns.fields.get(field, field)

    def fields(self) -> dict[str, pl.Series]:
        """Return the values of every field that the file has a column for."""
        values = {
            field: self._field(field)
            for field in self.columns.fields
            if field not in (*_MEDIA, WHEN, WHEN_TIME, "scheduled_at", "published_at")
        }
        values |= self._times()
        if any(field in self.columns.fields for field in _MEDIA):
            values["media"] = self._media(values.get("type"))
        return values

    def _field(self, field: str) -> pl.Series:
        column = self.cells[self.columns.fields[field]]
        if field in OUTCOMES:
            cells = count_cells(self._flat(column, numeric=True))
        elif field in ("part", "parts"):
            cells = count_cells(self._flat(column, numeric=True), smallest=1)
        elif field in _LISTS:
            cells = _LISTS[field](self._listed(field, column))
        elif field == "platforms":
            listed = list_cells(self._listed(field, column), r",;|+&/")
            read = platform_cells(listed.values, self.platform_names)
            cells = Cells(read.values, {**read.faults, **listed.faults})
        elif field in _FLAGS:
            cells = flag_cells(column if column.dtype == pl.Boolean else self._flat(column))
        elif field in ("type", "goal"):
            names = type_names() if field == "type" else goal_names()
            cells = choice_cells(self._flat(column), names, field)
            if self.columns.export is not None:
                cells = self._unknown_choices(column, cells)
        else:
            cells = text_cells(self._flat(column), strip=field != "text")
        self._note(column.name, column, cells.faults)
        return cells.values

    def _unknown_choices(self, column: pl.Series, cells: Cells) -> Cells:
        """Return the cells without faults: a platform's new kind of post is one all the same."""
        for name in dict.fromkeys(str(column[at]) for at in cells.faults):
            self.notes.warn(
                f"{column.name} {shown(name, 40)!r} is not known here; it is left blank"
            )
        return Cells(cells.values)

    def _flat(self, column: pl.Series, *, numeric: bool = False) -> pl.Series:
        if numeric and column.dtype.is_numeric() and not column.dtype.is_decimal():
            return column
        cells = as_text(column)
        self._note(column.name, column, cells.faults)
        return cells.values

    def _listed(self, field: str, column: pl.Series) -> pl.Series:
        if column.dtype == IGNORE_TYPE:
            return column
        if field != "ignore" and isinstance(column.dtype, pl.List):
            inner = column.dtype.inner
            if inner == pl.String or inner.is_numeric() or inner == pl.Null:
                return column
        return carried(column)

    def _times(self) -> dict[str, pl.Series]:
        fields, target = self.columns.fields, self.columns.time_field()
        columns: dict[str, pl.Series] = {
            name: self.cells[fields[name]]
            for name in ("scheduled_at", "published_at")
            if name in fields
        }
        if WHEN in fields:
            columns[target] = self.cells[fields[WHEN]]
        if WHEN_TIME in fields:
            clock = self.cells[fields[WHEN_TIME]]
            columns[target] = combined(columns[target], clock) if target in columns else clock
        values: dict[str, pl.Series] = {}
        for name, column in columns.items():
            flat = column if column.dtype.is_temporal() else self._flat(column)
            layouts = self.columns.export.times if self.columns.export else ()
            cells = self.times.cells(flat, layouts)
            self._note(column.name, column, cells.faults)
            values[name] = cells.values
        return values

    def _media(self, types: pl.Series | None) -> pl.Series:
        fields = self.columns.fields
        columns = {field: self.cells[fields[field]] for field in _MEDIA if field in fields}
        flat = {
            field: _items(column)
            if field in ("media", *OF_KIND)
            else self._flat(column, numeric=True)
            for field, column in columns.items()
        }
        if types is not None:
            flat["type"] = types
        read = media_cells(flat)
        for name, column in columns.items():
            if name in read:
                self._note(column.name, column, read[name].faults)
        return read["media"].values

    def _note(self, name: str, column: pl.Series, faults: Mapping[int, str]) -> None:
        for at, reason in faults.items():
            self.faults.setdefault(at, (name, _raw(column, at), reason))


def _items(column: pl.Series) -> pl.Series:
    """Return a column of media: lists and objects stay, the rest becomes text."""
    return column if column.dtype.is_nested() else carried(column)


def _raw(column: pl.Series, at: int) -> object:
    value = column[at]
    if isinstance(value, pl.Series):
        value = value.to_list()
    return "" if value is None else value


def _empty_rows(values: Mapping[str, pl.Series], height: int) -> list[int]:
    """Return the rows that hold no post; what was published and has outcomes is one."""
    present = [values[name] for name in HOLDS_POST if name in values]
    outcomes = [values[name] for name in OUTCOMES if name in values]
    if outcomes and "published_at" in values:
        known = pl.DataFrame(outcomes).select(pl.any_horizontal(pl.all().is_not_null()))
        both = known.to_series() & values["published_at"].is_not_null()
        present.append(both.set(~both, None))
    if not present:
        return list(range(height))
    nothing = pl.DataFrame([one.is_null().alias(str(at)) for at, one in enumerate(present)])
    return nothing.select(pl.all_horizontal(pl.all())).to_series().arg_true().to_list()


def _all_false(height: int) -> pl.Series:
    return pl.Series([False]).new_from_index(0, height)


def _frame(values: Mapping[str, pl.Series], table: Table, columns: ColumnMap) -> pl.DataFrame:
    """Return the posts frame of all rows, the faulty ones too."""
    height = len(table.rows)
    series = [table.files.alias("file"), table.rows.alias("row")]
    for name, dtype in list(POST_SCHEMA.items())[2:]:
        if name in values:
            series.append(values[name].alias(name).cast(dtype))
        else:
            series.append(pl.Series(name, [None], dtype=dtype).new_from_index(0, height))
    series += [carried(table.cells[theirs]).alias(ours) for theirs, ours in columns.unknown.items()]
    return pl.DataFrame(series)
