"""Reading interactions: files, standard input, frames; then cleaning them, and saying so."""

import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

import polars as pl

from ...content.reading.post_files import FileReading
from ...content.reading.rejects import Reject, rejects_frame
from ...content.reading.sources import said
from ...content.reading.tables import SourceNotes, Table, one_file
from ...content.reading.time_cells import TimeReader
from ...errors import ReadError
from ..cleaning import cleaned, last_plausible, tomorrow
from ..edges import EdgeBuilder, Edges
from ..kinds import kinds
from ..lookalike_people import lookalike_people
from ..schema import INTERACTION_SCHEMA, TIME, empty_interactions
from .ahead import ahead
from .batches import BatchReader
from .columns import INTERACTIONS
from .files import Cleaning, InteractionFiles
from .interaction_tables import interaction_tables
from .saved_table import is_saved_table, read_saved_table

_SHOWN = 5
_TOLD = ("text", "followers")
Kept = Literal["all", "told", "edges"]


def read_interactions(
    sources: Sequence[str | Path],
    *,
    timezone: str = "UTC",
    encoding: str | None = None,
    day_first: bool | None = None,
    keep: Kept = "all",
    on_rows: Callable[[int], None] | None = None,
) -> InteractionFiles:
    """Return the interactions of all sources, cleaned.

    Parameters
    ----------
    sources : paths of files, ``-`` for standard input; ``.gz`` is unpacked. Or one folder: a
        table that `day_table` counted by day
    timezone : IANA name of the zone of times that are written without one
    encoding : of text files; None finds it out
    day_first : whether 05/06/2026 is in June; None leaves it to the other dates of the file
    keep : ``all`` columns of interactions; what is ``told`` beyond the edges, texts and followers,
        where any row has some; the ``edges`` alone, for files that are larger than memory as text
    on_rows : called with the rows read so far, to show progress

    Raises
    ------
    ReadError
        A source that can't be read at all; rows that can't be are in ``rejects``.
    """
    tables = [str(source) for source in sources if is_saved_table(Path(source))]
    if tables:
        if len(sources) > 1:
            raise ReadError(
                f"{tables[0]}: a saved table goes alone; sharewise community aggregate FILE "
                f"--update {tables[0]} adds files to it"
            )
        files = read_saved_table(Path(tables[0]))
        alike = lookalike_people(files.edges.people)
        some = tuple(alike.head(_SHOWN).iter_rows())
        told = replace(files.cleaning, lookalikes=some, lookalike_count=alike.height)
        return replace(files, cleaning=told)
    reading = _Reading(keep, on_rows)
    for source in sources:
        notes = SourceNotes("<stdin>" if str(source) == "-" else str(source), subject=INTERACTIONS)
        try:
            times = TimeReader(timezone, day_first)
            reading.take(interaction_tables(source, notes, encoding), notes, times)
        except OSError as error:
            raise ReadError(f"{notes.name}: {said(error)}") from None
        except (EOFError, zlib.error):
            raise ReadError(f"{notes.name}: a damaged .gz file; pack it again") from None
    return reading.finished()


def interactions_from_frame(
    frame: pl.DataFrame, file: str = "<frame>", *, timezone: str = "UTC", keep: Kept = "all"
) -> InteractionFiles:
    """Return the interactions of a frame with the checks of a file; columns by their names.

    ``keep`` as `read_interactions` has it.
    """
    notes = SourceNotes(file, subject=INTERACTIONS)
    if not INTERACTIONS.holds(frame.columns):
        raise ReadError(f"{file}: {INTERACTIONS.needs}; found {', '.join(frame.columns[:12])}")
    rows = pl.int_range(1, frame.height + 1, dtype=pl.Int64, eager=True).alias("row")
    files = one_file(file, frame.height)
    if frame.schema.get("file") == pl.String and frame.schema.get("row") == pl.Int64:
        rows, files = frame["row"], frame["file"]
        frame = frame.drop("file", "row")
    reading = _Reading(keep, None)
    reading.take(iter([Table(frame, rows, files)]), notes, TimeReader(timezone))
    return reading.finished()


class _Reading:
    """Everything read so far: frames, edges, rejects, notes."""

    def __init__(self, keep: Kept, on_rows: Callable[[int], None] | None) -> None:
        self._kept = keep
        self._telling = keep == "all"
        self._on_rows = on_rows
        self._frames: list[pl.DataFrame | int] = []
        self._builder = EdgeBuilder()
        self._rejects: list[Reject] = []
        self._files: dict[str, FileReading] = {}
        self._unknown: Counter[str] = Counter()

    def take(self, tables: Iterator[Table], notes: SourceNotes, times: TimeReader) -> None:
        """Read the tables of one source."""
        reader = BatchReader(notes, times)
        rows = rejected = 0
        for height, frame, rejects in ahead(
            (table.height, *reader.read(table)) for table in ahead(tables)
        ):
            rows, rejected = rows + height, rejected + len(rejects)
            self._rejects += rejects
            self._builder.add(frame)
            if self._kept != "edges":
                self._keep(frame)
            if self._on_rows:
                self._on_rows(self._builder.rows)
        self._unknown += reader.unknown_kinds
        warnings = (*notes.warnings, *times.warnings.values())
        self._files[notes.name] = FileReading(
            notes.name,
            rows,
            rows - rejected,
            rejected,
            reader.mapped,
            reader.unused,
            warnings,
            notes.encoding,
        )

    def _keep(self, frame: pl.DataFrame) -> None:
        """Keep a batch; of one with nothing to tell beyond the edges, the height alone."""
        if self._kept == "all":
            self._frames.append(frame)
            return
        told = frame.select(_TOLD)
        telling = any(told[name].null_count() < told.height for name in _TOLD)
        self._telling |= telling
        self._frames.append(told if telling else told.height)

    def finished(self) -> InteractionFiles:
        """Return all of it, cleaned."""
        edges, people = self._builder.built(loops=self._telling)
        loops = self._builder.rows - edges.acts.height
        clean = cleaned(edges, last_plausible(edges.acts["at"], tomorrow()))
        frame = empty_interactions()
        if self._frames and self._telling:
            frames = [_bare(one) if isinstance(one, int) else one for one in self._frames]
            self._frames = []
            whole = pl.concat(frames)
            del frames
            frame = (_with_names(whole, edges) if self._kept == "all" else whole).filter(clean.kept)
        alike = lookalike_people(people.names)
        return InteractionFiles(
            frame,
            clean.edges,
            rejects_frame(self._rejects),
            tuple(self._files.values()),
            Cleaning(
                clean.self_loops + loops,
                clean.doubles,
                clean.future,
                dict(self._unknown.most_common()),
                tuple(people.merged.head(_SHOWN).iter_rows()),
                people.merged.height,
                tuple(alike.head(_SHOWN).iter_rows()),
                alike.height,
                clean.edges.acts["at"].null_count(),
            ),
        )


def _bare(height: int) -> pl.DataFrame:
    """Return what is told in a batch of a height without a value."""
    return pl.DataFrame(schema={name: INTERACTION_SCHEMA[name] for name in _TOLD}).clear(height)


def _with_names(frame: pl.DataFrame, edges: Edges) -> pl.DataFrame:
    """Return the frame with each person under one name; kinds and times are those of the edges."""
    names, acts = edges.people, edges.acts
    return frame.with_columns(
        names.gather(acts["from"]).alias("from"),
        names.gather(acts["to"]).alias("to"),
        pl.Series(list(kinds())).gather(acts["kind"]).alias("kind"),
        acts["at"].cast(TIME),
    ).select(list(INTERACTION_SCHEMA))
